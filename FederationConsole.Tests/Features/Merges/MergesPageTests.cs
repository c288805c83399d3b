using Bunit;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Merges;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.Merges;

/// <summary>账号合并 as an operator uses it.</summary>
public sealed class MergesPageTests : ProjectPages
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Browser.Services.AddSingleton(World.Get<PairReader>());
        Browser.Services.AddSingleton(World.Get<MergeService>());
        Browser.Services.AddSingleton(World.Get<Signals>());
    }

    /// <summary>小明 and 大明: one person by their unionid.</summary>
    private async Task<(UserId Small, UserId Big)> PairAsync()
    {
        var small = await World.EnterAsync(new(4, "wx-a", "open-a") { Nickname = "小明" });
        var big = await World.EnterAsync(new(4, "wx-b", "open-b") { Nickname = "大明", UnionId = "u-1" });
        await World.EnterAsync(new(4, "wx-a", "open-a") { UnionId = "u-1" });
        return (small, big);
    }

    [Fact]
    public void With_nothing_to_merge_the_page_says_how_a_pair_comes_to_be()
    {
        var page = Open<MergesPage>(Role.Operator);

        Assert.Contains("没有待合并的用户", page.Await(".empty").TextContent, StringComparison.Ordinal);
        Assert.Contains("不会自动合并", page.Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pair_stands_side_by_side_and_is_merged_after_the_name_is_typed()
    {
        var (small, big) = await PairAsync();
        var page = Open<MergesPage>(Role.Operator);
        page.Await(".keep");
        Assert.Equal(["小明", "大明"], page.FindAll(".side-by h2").Select(h => h.TextContent));
        Assert.Equal(["open-a", "open-b"], page.FindAll(".identity .mono").Select(i => i.TextContent.Trim()));

        page.FindAll(".keep")[0].Click();

        Assert.Contains("open-b", page.Await("dialog .fates").TextContent, StringComparison.Ordinal);
        Assert.Contains("“大明”将并入“小明”", page.Find("dialog").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("dialog button[type=submit]").HasAttribute("disabled"));
        page.Confirm("大明");

        page.Until(() => Assert.Contains("没有待合并的用户", page.Markup, StringComparison.Ordinal));
        Assert.Equal(small, await World.ReadAsync(db => db.Set<User>().Where(u => u.Id == big).Select(u => u.MergedInto).SingleAsync()));
        Assert.Contains("可撤销至", page.Find("table").TextContent, StringComparison.Ordinal);

        page.On("table .btn-quiet").Click();
        page.Confirm("大明");

        page.Until(() => Assert.Contains("已撤销", page.Find("table").TextContent, StringComparison.Ordinal));
        Assert.Equal(2, page.FindAll(".keep").Count);
        Assert.Null(await World.ReadAsync(db => db.Set<User>().Where(u => u.Id == big).Select(u => u.MergedInto).SingleAsync()));
    }

    [Fact]
    public async Task What_changed_since_the_preview_is_not_merged()
    {
        var (_, big) = await PairAsync();
        var page = Open<MergesPage>(Role.Operator);
        page.On(".keep").Click();
        page.Await("dialog");
        World.Done(await World.Get<Store>().WriteAsync(World.Development.Scope, db => World.Get<UserIdentities>().BindAsync(db, big, new(6, "", "weibo"), Actor.Host)));

        page.Confirm("大明");

        page.Until(() => Assert.Contains("刚刚有人修改过", page.Find("dialog").TextContent, StringComparison.Ordinal));
        Assert.Equal(0, await World.ReadAsync(db => db.Set<Merge>().CountAsync()));
    }

    [Fact]
    public async Task Who_only_reads_sees_masks_and_no_buttons()
    {
        var (small, big) = await PairAsync();
        World.Done(await World.Get<Store>().WriteAsync(World.Development.Scope, async db => await UserContacts.SetPhoneAsync(
            db, await db.Set<User>().SingleAsync(u => u.Id == small), PhoneNumber.Parse("13838383388")!.Value, Actor.Host)));
        var preview = World.Value(await World.Get<MergeService>().PreviewAsync(Actor.Host, World.Development.Id, small, big));

        var page = Open<MergesPage>(Role.ReadOnly);
        page.Await(".sides");
        Assert.Contains("+86138****3388", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("13838383388", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".keep"));

        World.Done(await World.Get<MergeService>().MergeAsync(Actor.Host, World.Development.Id, small, big, preview.Stamp));
        page.Until(() => Assert.Contains("已合并", page.Find("table").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("table button"));
    }

    [Fact]
    public async Task A_disabled_user_is_not_merged_away()
    {
        var (small, _) = await PairAsync();
        World.Done(await World.Get<FederationConsole.Features.Sessions.UserSessions>().DisableAsync(Actor.Host, World.Development.Id, small));

        var page = Open<MergesPage>(Role.Operator);

        Assert.Contains("已禁用的用户不能合并", page.Await(".panel").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".keep"));
    }
}
