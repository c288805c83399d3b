using Bunit;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Users;
using FederationConsole.Features.Users.Imports;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.Users;

/// <summary>What administrators do on 用户 besides looking.</summary>
public sealed class UserWorkPageTests : UsersContext
{
    [Fact]
    public async Task A_new_user_is_typed_told_what_is_wrong_and_opened()
    {
        var page = Open("?new=user");
        page.On("#field-Phone").Input("123");
        page.On(".side form").Submit();
        page.WaitForAssertion(() => Assert.Contains("填写的内容不符合要求", page.Find("#field-Phone-error").TextContent, StringComparison.Ordinal));

        page.On("#field-Phone").Input("13838383388");
        page.On("#field-Nickname").Input("小明");
        page.On(".side form").Submit();

        page.WaitForAssertion(() => Assert.Contains("小明", page.Find("#side-title").TextContent, StringComparison.Ordinal));
        Assert.EndsWith($"users?user={Assert.Single(await IdsAsync())}", Navigate.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_save_that_meets_another_shows_both_and_loses_neither()
    {
        var ming = await LoginAsync("ming", "小明", "13838383388");
        var id = new UserId(ming.UserId);
        var page = Open($"?user={id}");
        page.On("[data-edit]").Click();
        page.On("#field-Nickname").Input("大明");
        World.Done(await World.Get<UserEditor>().SaveAsync(Actor.Host, World.Development.Id, id, new(Phone: "13838383388", Nickname: "老明"), (await World.UserAsync(id)).Version));

        page.WaitForElement("[data-mine]");
        Assert.Contains("老明", page.Find(".columns").TextContent, StringComparison.Ordinal);
        Assert.Contains("大明", page.Find(".columns").TextContent, StringComparison.Ordinal);
        page.On("[data-mine]").Click();

        page.WaitForAssertion(() => Assert.Contains("大明", page.Find("#side-title").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#field-Nickname")));
    }

    [Fact]
    public async Task Attributes_are_asked_for_shown_by_their_labels_and_edited()
    {
        await World.SchemaAsync(Schemas.City with { Required = true }, Schemas.Size, Schemas.Level);
        var page = Open("?new=user");
        page.On("#field-AccountName").Input("ming");
        Assert.Empty(page.FindAll("#field-size"));
        page.On(".side form").Submit();
        page.WaitForElement("#field-city-error");

        page.On("#field-city").Input("上海");
        page.On(".side form").Submit();
        page.On("[data-edit]").Click();
        page.On("#field-size").Change("l");
        page.On("#field-level").Input("11");
        page.On(".side form").Submit();
        page.WaitForAssertion(() => Assert.Contains("0 至 9", page.Find("#field-level-error").TextContent, StringComparison.Ordinal));
        page.On("#field-level").Input("7");
        page.On(".side form").Submit();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#field-level")), ProjectPages.Patience);
        Assert.Contains("大号", page.Find(".side").TextContent, StringComparison.Ordinal);
        var id = Assert.Single(await IdsAsync());
        Assert.Equal(["city=上海", "level=7", "size=l"], await World.AttributesAsync(id));
    }

    [Fact]
    public async Task A_value_that_no_longer_fits_is_shown_as_it_is_and_left_alone_by_a_save_of_others()
    {
        await World.SchemaAsync(Schemas.City, Schemas.Size, Schemas.Level);
        var ming = await LoginAsync("ming", "小明");
        var id = new UserId(ming.UserId);
        await World.GiveAsync(id, ("city", "很长的城市名"), ("size", "l"));
        await World.SchemaAsync(Schemas.City with { MaxLength = 2 }, Schemas.Size with { Options = [new("s", "小号")] }, Schemas.Level);

        var page = Open($"?user={id}");
        page.WaitForAssertion(() => Assert.Contains("很长的城市名", page.Find(".side").TextContent, StringComparison.Ordinal));
        Assert.Contains("不再符合现在的定义", page.Find(".side").TextContent, StringComparison.Ordinal);
        page.On("[data-edit]").Click();
        page.On("#field-level").Input("1");
        page.On(".side form").Submit();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#field-level")), ProjectPages.Patience);
        Assert.Equal(["city=很长的城市名", "level=1", "size=l"], await World.AttributesAsync(id));
    }

    [Fact]
    public async Task An_attribute_named_like_a_field_has_its_own_error()
    {
        await World.SchemaAsync(new FederationConsole.Features.Attributes.AttributeDefinition { Id = "nickname", Name = "绰号", Type = FederationConsole.Features.Attributes.AttributeType.String, MaxLength = 2 });
        var ming = await LoginAsync("ming", "小明");
        var page = Open($"?user={ming.UserId}");
        page.On("[data-edit]").Click();
        page.On("#field-nickname").Input("三个字");
        page.On(".side form").Submit();
        page.WaitForElement("#field-nickname-error");
        Assert.Empty(page.FindAll("#field-Nickname-error"));
    }

    [Fact]
    public async Task A_reader_sees_masks_of_attributes()
    {
        await World.SchemaAsync(Schemas.City, Schemas.Hobbies);
        var ming = await LoginAsync("ming", "小明");
        await World.GiveAsync(new(ming.UserId), ("city", "上海"), ("hobbies", "run"));
        var page = Open($"?user={ming.UserId}", Role.ReadOnly);
        page.WaitForAssertion(() => Assert.Contains("上***", page.Find(".side").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("上海", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("run", page.Find(".side").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_identity_is_bound_and_the_last_one_is_not_parted()
    {
        var ming = await LoginAsync("ming", "小明");
        var page = Open($"?user={ming.UserId}");
        page.On("[data-bind]").Click();
        page.On("#field-Source").Change("6");
        page.On("#field-OpenId").Input("weibo-ming");
        page.On(".side form").Submit();
        page.WaitForAssertion(() => Assert.Contains("weibo-ming", page.Find(".side").TextContent, StringComparison.Ordinal));

        page.On("[data-unbind='10']").Click();
        page.Confirm("小明");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-unbind='10']")));
        page.On("[data-unbind='6']").Click();
        page.Confirm("小明");
        page.WaitForAssertion(() => Assert.Contains("最后一种登录方式", page.Find("dialog").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reset_password_is_shown_in_the_card_until_it_is_left()
    {
        var ming = await LoginAsync("ming", "小明", "13838383388");
        var page = Open($"?user={ming.UserId}");
        page.On("[data-reset]").Click();
        page.Confirm("小明");
        page.WaitForAssertion(() => Assert.Contains("新密码只显示这一次", page.Find(".side .stack").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Contains("已设置", page.Find(".side").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_an_owner_sees_the_erasure_and_the_card_is_gone_after_it()
    {
        var ming = await LoginAsync("ming", "小明");
        var manager = Open($"?user={ming.UserId}", Role.Manager);
        manager.WaitForElement("[data-edit]");
        Assert.Empty(manager.FindAll("[data-erase]"));

        var page = Open($"?user={ming.UserId}", Role.Owner);
        page.On("[data-erase]").Click();
        page.Confirm("小明");
        page.WaitForAssertion(() => Assert.True(page.FindAll(".side").Count == 0, page.Markup));
        Assert.Empty(await IdsAsync());
    }

    [Fact]
    public void The_export_is_the_lists_filters_and_a_reader_has_none_of_the_buttons()
    {
        Assert.Equal("/p/acme/development/users.csv?status=active&origin=10", Open("?status=active&origin=10").Find("a[download]").GetAttribute("href"));
        var reader = Open("", Role.ReadOnly);
        Assert.Empty(reader.FindAll(".page-header a[download], .page-header .btn-primary"));
    }

    [Fact]
    public async Task A_file_is_checked_shown_imported_and_its_end_told()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Navigate.NavigateTo("/p/acme/development/users/import");
        var page = Render<UserImportPage>(with => with.AddCascadingValue(Seen(As(Role.Manager))));
        page.WaitForElement("input[type=file]");
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("account,mobile\nli,1", "bad.csv"));
        page.WaitForAssertion(() => Assert.Contains("没有这个列", page.Find("tbody").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[data-start]"));

        await World.SchemaAsync(Schemas.Size, Schemas.Level);
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("account,level\nli,11", "bad.csv"));
        page.WaitForAssertion(() => Assert.Contains("0 至 9", page.Find("tbody").TextContent, StringComparison.Ordinal));

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("account,nickname,size\nli,李雷,l\nhan,韩梅梅,", "good.csv"));
        page.WaitForElement("[data-start]");
        Assert.Contains("大号", page.Find("tbody").TextContent, StringComparison.Ordinal);
        page.On("[data-start]").Click();
        page.WaitForAssertion(() =>
        {
            // The page follows twice a second.
            World.Host.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Contains("已导入 2 位用户", page.Markup, StringComparison.Ordinal);
        }, ProjectPages.Patience);
        Assert.Equal(2, (await IdsAsync()).Count);
    }

    [Fact]
    public void Who_may_not_import_is_told_so()
    {
        var page = Render<UserImportPage>(with => with.AddCascadingValue(Seen(As(Role.Operator))));
        page.WaitForAssertion(() => Assert.Contains("您的角色没有此权限", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<UserId>> IdsAsync() =>
        [.. World.Value(await World.Get<UserService>().ListAsync(As(Role.ReadOnly), World.Development.Id, new())).Rows.Select(r => r.Id)];
}
