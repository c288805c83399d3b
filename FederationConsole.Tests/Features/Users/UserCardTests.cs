using Bunit;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.Users;
using FederationConsole.Platform;
using FederationConsole.Tests.Faces.OpenApi;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.Users;

public sealed class UserCardTests : UsersContext
{
    [Fact]
    public async Task A_row_opens_the_card_and_closing_it_keeps_the_filters()
    {
        var ming = await LoginAsync("ming", "小明", "13838383388");
        var page = Open("?status=active");
        Assert.Empty(page.FindAll(".side"));

        Navigate.NavigateTo(page.Find("a.row-link").GetAttribute("href")!);
        page.WaitForAssertion(() => Assert.Contains("小明", page.Find("#side-title").TextContent, StringComparison.Ordinal));
        Assert.EndsWith($"users?status=active&user={ming.UserId}", Navigate.Uri, StringComparison.Ordinal);
        var card = page.Find(".side").TextContent;
        Assert.Contains("+8613838383388", card, StringComparison.Ordinal);
        Assert.Contains("ming", card, StringComparison.Ordinal);
        Assert.Contains("会话（1 个有效）", card, StringComparison.Ordinal);
        Assert.EndsWith($"audit?kind=user&q={ming.UserId}", page.Find(".side footer a").GetAttribute("href"), StringComparison.Ordinal);
        Assert.EndsWith($"traces?q={ming.UserId}", page.FindAll(".side footer a")[1].GetAttribute("href"), StringComparison.Ordinal);

        Navigate.NavigateTo(page.Find("[data-escape]").GetAttribute("href")!);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".side")));
        Assert.EndsWith("users?status=active", Navigate.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_apps_server_said_of_a_user_is_shown_until_a_code_proves_it()
    {
        var token = await World.AppTokenAsync(World.AppKey);
        (await World.CreateAsync(token, new { accountName = "ming", mobile = "13838383388", email = "ming@example.com", isEmailActivated = true, source = 4 })).IsDone();
        var ming = await World.ReadAsync(db => db.Set<User>().SingleAsync());
        var page = Open($"?user={ming.Id}");
        page.Until(() => Assert.Contains("4 主办方添加", page.Find(".side").TextContent, StringComparison.Ordinal));
        Assert.Contains("未验证", Row(page, "手机").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("未验证", Row(page, "邮箱").TextContent, StringComparison.Ordinal);

        World.Done(await World.Get<Store>().WriteAsync<Outcome>(World.Development.Scope, async db =>
        {
            await AccountDetail.ProveAsync(db, ming.Id, ming.Phone!);
            return Outcome.Done;
        }));
        var proven = Open($"?user={ming.Id}", Role.ReadOnly);
        proven.Until(() => Assert.Contains("4 主办方添加", proven.Find(".side").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("未验证", proven.Find(".side").TextContent, StringComparison.Ordinal);

        // Nobody's server made this one.
        var hong = await LoginAsync("hong", "小红", "13900000000");
        var own = Open($"?user={hong.UserId}");
        own.Until(() => Assert.Contains("小红", own.Find(".side").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("联合登录来源", own.Find(".side").TextContent, StringComparison.Ordinal);

        static AngleSharp.Dom.IElement Row(IRenderedComponent<UsersPage> page, string label) =>
            page.FindAll(".side dt").Single(dt => dt.TextContent.Trim() == label).NextElementSibling!;
    }

    [Fact]
    public void Nobody_by_that_id_is_said_in_the_card()
    {
        var page = Open("?user=42");
        page.WaitForAssertion(() => Assert.Contains("没有这位用户", page.Find(".side [role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ending_a_session_ends_its_token_and_shows_it()
    {
        var ming = await LoginAsync("ming", "小明");
        var page = Open($"?user={ming.UserId}");
        page.On(".side [data-end]").Click();

        page.WaitForAssertion(() => Assert.Contains("被管理员结束", page.Find(".side").TextContent, StringComparison.Ordinal));
        Assert.Contains("会话（0 个有效）", page.Find(".side").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".side [data-end]"));
        var answer = await World.SendAsync(HttpMethod.Get, $"/v2/user/{ming.UserId}", accessToken: ming.AccessToken);
        Assert.NotEqual(System.Net.HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task Disabling_asks_for_the_name_then_shows_in_card_and_list_and_enabling_undoes_it()
    {
        var ming = await LoginAsync("ming", "小明");
        var page = Open($"?user={ming.UserId}");
        page.On(".side footer .btn-danger").Click();
        Assert.True(page.Find("dialog button[type=submit]").HasAttribute("disabled"));
        page.On("#confirm-name").Input("小明");
        page.On("dialog form").Submit();

        page.WaitForAssertion(() => Assert.Contains("已禁用", page.Find("table tbody tr").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("dialog"));
        Assert.Contains("因禁用结束", page.Find(".side").TextContent, StringComparison.Ordinal);

        page.On(".side footer button").Click();
        page.WaitForAssertion(() => Assert.Contains("正常", page.Find("table tbody tr").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ending_all_asks_for_the_name()
    {
        var ming = await LoginAsync("ming", "小明");
        await LoginAsync("ming", "小明");
        var page = Open($"?user={ming.UserId}");
        page.WaitForAssertion(() => Assert.Contains("会话（2 个有效）", page.Find(".side").TextContent, StringComparison.Ordinal));
        page.On(".side [data-end-all]").Click();
        page.On("#confirm-name").Input("小明");
        page.On("dialog form").Submit();
        page.WaitForAssertion(() => Assert.Contains("会话（0 个有效）", page.Find(".side").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_read_only_role_sees_masks_and_no_buttons_and_the_services_refuse()
    {
        var ming = await LoginAsync("ming", "小明", "13838383388");
        var page = Open($"?user={ming.UserId}", Role.ReadOnly);
        page.WaitForAssertion(() => Assert.Contains("+86138****3388", page.Find(".side").TextContent, StringComparison.Ordinal));

        Assert.DoesNotContain("13838383388", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".side footer button"));
        Assert.Empty(page.FindAll(".side [data-end]"));
        var (sessions, reader, user) = (World.Get<UserSessions>(), As(Role.ReadOnly), new UserId(ming.UserId));
        var session = World.Value(await sessions.ListAsync(reader, World.Development.Id, user))[0].Id;
        Outcome[] refused =
        [
            await sessions.EndAsync(reader, World.Development.Id, user, session), await sessions.EndAllAsync(reader, World.Development.Id, user),
            await sessions.DisableAsync(reader, World.Development.Id, user), await sessions.EnableAsync(reader, World.Development.Id, user),
        ];
        Assert.All(refused, outcome => Assert.Equal(FaultKind.Forbidden, outcome.Fault?.Kind));
    }

    [Fact]
    public async Task Another_administrators_work_shows_in_the_open_card()
    {
        var ming = await LoginAsync("ming", "小明");
        var page = Open($"?user={ming.UserId}");
        page.WaitForAssertion(() => Assert.Contains("会话（1 个有效）", page.Find(".side").TextContent, StringComparison.Ordinal));
        World.Done(await World.Get<UserSessions>().EndAllAsync(Actor.Host, World.Development.Id, new(ming.UserId)));
        page.WaitForAssertion(() => Assert.Contains("会话（0 个有效）", page.Find(".side").TextContent, StringComparison.Ordinal));
    }
}
