using Bunit;
using FederationConsole.Data;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Promotion;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static FederationConsole.Tests.Features.Promotion.PromotionWorld;

namespace FederationConsole.Tests.Features.Promotion;

/// <summary>同步到生产环境 as an administrator walks it.</summary>
public sealed class PromotionPageTests : ProjectPages
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Browser.Services.AddSingleton(World.Get<PromotionService>());
        Browser.Services.AddSingleton(World.Get<PromotionRequests>());
        Browser.Services.AddSingleton(World.Get<ProductionLacks>());
        Browser.Services.AddSingleton(World.Get<Signals>());
    }

    private static void Press(IRenderedComponent<PromotionPage> page, string selector)
    {
        page.Until(() => Assert.False(page.Find(selector).HasAttribute("disabled")));
        page.Find(selector).Click();
    }

    [Fact]
    public void With_nothing_to_publish_the_page_says_what_to_do_first()
    {
        var page = Open<PromotionPage>(Role.Manager);
        Assert.Contains("没有可同步的改动", page.Await(".difference .empty").TextContent, StringComparison.Ordinal);
        Assert.Contains("还没有版本", page.Find(".history").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-publish]"));
    }

    [Fact]
    public async Task The_difference_its_users_a_comment_the_code_typed_and_it_is_in_force()
    {
        await World.PeopleAsync(Level, "g", "g", "s");
        await World.EditAsync(Level);
        await World.PublishAsync();
        await World.EditAsync(Level with { Name = "级别", Options = [new("s", "银")] });
        await World.SetAsync(new Policies { PasswordMinLength = 12 });
        var page = Open<PromotionPage>(Role.Manager);

        page.Until(() => Assert.Contains("2 位用户选择了被删除的选项 g", page.Find("[data-change=level]").TextContent, StringComparison.Ordinal));
        Assert.Contains("等级", page.Find("[data-change=level]").TextContent, StringComparison.Ordinal);
        Assert.Contains("对下一次设置的密码生效", page.Find("[data-change=passwordMinLength]").TextContent, StringComparison.Ordinal);

        Press(page, "[data-publish]");
        Assert.Empty(page.FindAll("dialog"));
        Assert.True(page.Find("#field-comment").HasAttribute("aria-invalid"));
        page.On("#field-comment").Input("删掉金级");
        Press(page, "[data-publish]");
        Assert.Contains("成为版本 2", page.Await("dialog").TextContent, StringComparison.Ordinal);
        page.Confirm("acme");

        page.Until(() => Assert.Contains("生产环境现在是版本 2", page.Markup, StringComparison.Ordinal));
        page.Until(() => Assert.Contains("删掉金级", page.Find("[data-version='2']").TextContent, StringComparison.Ordinal));
        Assert.Contains("没有可同步的改动", page.Find(".difference").TextContent, StringComparison.Ordinal);
        Assert.Equal("级别", World.Get<AttributeCatalog>().Of(World.Production.Id).Attributes.Single().Name);
    }

    [Fact]
    public async Task Whoever_is_overtaken_sees_what_they_saw_beside_what_is()
    {
        await World.EditAsync(Badge);
        var page = Open<PromotionPage>(Role.Manager);
        page.On("#field-comment").Input("x");
        Press(page, "[data-publish]");
        page.Await("dialog");
        await World.EditAsync(Badge, Age);
        page.Confirm("acme");

        page.Until(() => Assert.Contains("您查看期间内容已变动", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".then [data-change=age]"));
        page.Until(() => Assert.NotEmpty(page.FindAll(".now [data-change=age]")));
        Assert.Empty(page.FindAll("[data-publish]"));
        Assert.Empty(await World.HistoryAsync());
        page.On("[data-seen]").Click();
        Assert.NotEmpty(page.FindAll("[data-publish]"));
    }

    [Fact]
    public async Task An_earlier_version_is_looked_at_compared_and_restored()
    {
        await World.EditAsync(Badge);
        await World.PublishAsync("一");
        await World.EditAsync(Age);
        await World.PublishAsync("二");

        var card = Open<PromotionPage>(Role.Manager, "?version=1");
        card.Await(".side [data-change=badge]");
        Assert.Contains("target=1", card.Find("[data-restore]").GetAttribute("href")!, StringComparison.Ordinal);

        var compare = Open<PromotionPage>(Role.Manager, "?left=1&right=2");
        compare.Await(".side [data-change=badge]");
        Assert.NotEmpty(compare.FindAll(".side [data-change=age]"));

        var page = Open<PromotionPage>(Role.Manager, "?target=1");
        page.On("#field-comment").Input("回到一");
        Press(page, "[data-publish]");
        Assert.Contains("恢复版本 1 的内容，作为版本 3", page.Await("dialog").TextContent, StringComparison.Ordinal);
        page.Confirm("acme");
        page.Until(() => Assert.Contains("恢复自版本 1", page.Find("[data-version='3']").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_approval_is_required_one_asks_and_another_approves()
    {
        await World.EditAsync(Badge);
        var owner = Open<PromotionPage>(Role.Owner);
        owner.On("[data-switch]").Click();
        owner.Until(() => Assert.Contains("已开启", owner.Find(".switch").TextContent, StringComparison.Ordinal));
        owner.On("#field-comment").Input("请看");
        Press(owner, "[data-publish]");

        // Their own: only to be taken back.
        owner.Await("[data-decline]");
        Assert.Contains("撤回", owner.Find("[data-decline]").TextContent, StringComparison.Ordinal);
        Assert.Empty(owner.FindAll("[data-approve]"));
        Assert.Empty(owner.FindAll("[data-publish]"));

        // Another's.
        owner.On("#field-answer").Input("算了");
        owner.On("[data-decline]").Click();
        owner.Until(() => Assert.Contains("已撤回", owner.Find(".decided").TextContent, StringComparison.Ordinal));
        World.Done(await World.Get<PromotionRequests>().AskAsync(World.Admin("99"), await World.PreviewAsync(), "别人的"));
        var page = Open<PromotionPage>(Role.Manager);
        page.On("#field-answer").Input("好");
        page.On("[data-approve]").Click();
        page.Confirm("acme");
        page.Until(() => Assert.Contains("Test 批准", page.Find("[data-version='1']").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_that_something_moved_under_says_so_and_cannot_be_approved()
    {
        World.Done(await World.Get<PromotionRequests>().RequireApprovalAsync(Actor.Host, World.Project(), true));
        await World.EditAsync(Badge);
        World.Done(await World.Get<PromotionRequests>().AskAsync(World.Admin("99"), await World.PreviewAsync(), "别人的"));
        await World.EditAsync(Age);
        var page = Open<PromotionPage>(Role.Manager);
        Assert.Contains("开发环境又有改动", page.Await(".request .notice").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-approve]"));
    }

    [Fact]
    public async Task Production_only_shows_its_versions()
    {
        await World.EditAsync(Badge);
        await World.PublishAsync();
        await World.EditAsync(Age);
        var production = Open<PromotionPage>(Role.Owner, "?version=1", EnvironmentKind.Production);
        production.Await("[data-version='1']");
        Assert.Contains("去开发环境修改", production.Markup, StringComparison.Ordinal);
        Assert.Empty(production.FindAll("[data-publish], [data-restore], [data-switch], .difference"));
    }

    [Fact]
    public async Task A_reader_only_looks()
    {
        await World.EditAsync(Age);
        var reader = Open<PromotionPage>(Role.ReadOnly);
        reader.Await("[data-change=age]");
        Assert.Empty(reader.FindAll("[data-publish], [data-switch]"));
        Assert.Contains("管理员及以上角色可以同步", reader.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_production_lacks_is_listed_with_the_way_to_its_page()
    {
        var app = World.Value(await World.Get<AppService>().ListAsync(Actor.Host, World.Project())).Single(a => a.Code == "shop");
        World.Done(await World.Get<AppService>().SetAddressesAsync(Actor.Host, World.Project(), app.Credentials[0].Id, ["https://a.example/cb"], [], app.Credentials[0].Version));
        var page = Open<PromotionPage>(Role.Manager);
        page.Await(".lacks li");
        var lines = page.FindAll(".lacks li").Select(l => l.TextContent.Trim()).ToList();
        Assert.Equal(["应用“客户管理”未开启账号及用户服务", "应用“商城”的回调地址"], lines);
        Assert.Equal("/p/acme/production/apps?app=shop&tab=production", page.FindAll(".lacks a")[1].GetAttribute("href"));
    }
}
