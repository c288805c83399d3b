using AngleSharp.Dom;
using Bunit;
using FederationConsole.Features.Projects;
using FederationConsole.Features.VendorAccounts;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.VendorAccounts;

public sealed class VendorAccountsPageTests : ProjectPages
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Browser.Services.AddSingleton(World.Get<VendorService>());
    }

    [Fact]
    public async Task Each_app_says_how_far_it_is()
    {
        Assert.Equal(["未配置", "未配置"], States(Open<VendorAccountsPage>(Role.ReadOnly)));
        await using var vendor = await World.AddVendorAsync();
        Assert.Contains("未验证", States(Open<VendorAccountsPage>(Role.ReadOnly)));
        World.Value(await World.Get<VendorService>().TryAsync(Actor.Host, World.Development.Id, World.AppOf(World.Development), vendor.Authorize("o-1"), CancellationToken.None));
        Assert.Contains("已验证", States(Open<VendorAccountsPage>(Role.ReadOnly)));
        World.Done(await World.Get<VendorService>().SwitchAsync(Actor.Host, World.Development.Id, World.AppOf(World.Development), enabled: false));
        Assert.Contains("停用", States(Open<VendorAccountsPage>(Role.ReadOnly)));
    }

    [Fact]
    public async Task An_app_is_set_up_and_a_wrong_address_is_told_while_it_is_typed()
    {
        await using var vendor = await VendorParty.StartAsync();
        var page = Open<VendorAccountsPage>(Role.Manager, "?app=shop");
        page.On("#field-tokenUrl").Input("ftp://vendor.example");
        Assert.Equal("true", page.Find("#field-tokenUrl").GetAttribute("aria-invalid"));
        page.On("#field-tokenUrl").Input(vendor.TokenUrl);
        page.On("#field-userInfoUrl").Input(vendor.UserInfoUrl);
        page.On("#field-clientId").Input(vendor.ClientId);
        page.On("#field-clientSecret").Input(vendor.ClientSecret);
        Setup(page).QuerySelectorAll("input").Single(i => i.Id == "field-fields.openid").Input("uid");
        Setup(page).Submit();
        page.Until(() => Assert.Contains("已保存", Setup(page).TextContent, StringComparison.Ordinal));

        var saved = await World.VendorAsync();
        Assert.Equal((vendor.TokenUrl, true, "uid"), (saved.TokenUrl, saved.Enabled, saved.Fields["openid"]));
        Assert.DoesNotContain(vendor.ClientSecret, page.Markup, StringComparison.Ordinal);
        Assert.Equal("已设置", page.Find("#field-clientSecret").GetAttribute("placeholder"));
        page.Until(() => Assert.Contains("还没有通过测试", page.Find(".side").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_test_walks_step_by_step_and_takes_the_mark_away()
    {
        await using var vendor = await World.AddVendorAsync();
        var page = Open<VendorAccountsPage>(Role.Operator, "?app=shop");
        Try(page, "unknown");
        page.Until(() => Assert.Contains("100002", page.Find(".steps li:last-child").TextContent, StringComparison.Ordinal));
        Assert.Contains("重新领取", page.Find(".steps li:last-child").TextContent, StringComparison.Ordinal);
        Assert.Equal(["取得授权码", "用授权码换取令牌", "刷新令牌", "读取用户信息", "厂商返回 100002"], page.FindAll(".steps li strong").Select(s => s.TextContent));

        var code = vendor.Authorize("o-1");
        Try(page, code);
        page.Until(() => Assert.Contains("已标记为已验证", page.Find(".steps li:last-child").TextContent, StringComparison.Ordinal));
        page.Until(() => Assert.Contains("已验证", States(page)));
        Assert.DoesNotContain(code, page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("还没有通过测试", page.Find(".side").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_stays_unverified_says_so_and_asks_before_it_is_switched()
    {
        await using var vendor = await World.AddVendorAsync(World.Production);
        var page = Open<VendorAccountsPage>(Role.Manager, "?app=shop", EnvironmentKind.Production);
        Assert.Contains("1 个应用的对接在生产环境未验证", page.Await(".notice-warn").TextContent, StringComparison.Ordinal);
        page.On("[role=switch]").Click();
        Assert.True((await World.VendorAsync(World.Production)).Enabled);
        page.Confirm("商城");
        page.Until(() => Assert.Equal("false", page.Find("[role=switch]").GetAttribute("aria-checked")));
        Assert.False((await World.VendorAsync(World.Production)).Enabled);
    }

    [Fact]
    public async Task Who_saved_in_between_is_shown()
    {
        await using var vendor = await World.AddVendorAsync();
        var page = Open<VendorAccountsPage>(Role.Manager, "?app=shop");
        page.On("#field-clientId").Input("mine");
        World.Done(await World.Get<VendorService>().SaveAsync(Actor.Host, World.Development.Id, World.EditOf(vendor, version: 1) with { ClientId = "theirs" }));
        Setup(page).Submit();
        page.Until(() => Assert.Contains("theirs", Setup(page).TextContent, StringComparison.Ordinal));
        Assert.Equal("theirs", (await World.VendorAsync()).ClientId);
    }

    [Fact]
    public async Task Who_may_not_change_it_sees_it()
    {
        await using var vendor = await World.AddVendorAsync();
        var reader = Open<VendorAccountsPage>(Role.ReadOnly, "?app=shop");
        Assert.True(reader.Await("#field-tokenUrl").HasAttribute("readonly"));
        Assert.Empty(reader.FindAll("[role=switch], [data-try], .save"));
    }

    [Fact]
    public void An_app_without_the_service_is_sent_to_enable_it() =>
        Assert.Contains("未开启服务", Open<VendorAccountsPage>(Role.Manager, "?app=crm").Await(".side .empty, .side").TextContent, StringComparison.Ordinal);

    private static IElement Setup(IRenderedComponent<VendorAccountsPage> page) => page.FindAll(".side form").First(form => form.QuerySelector("#field-tokenUrl") is not null);

    private static void Try(IRenderedComponent<VendorAccountsPage> page, string code)
    {
        page.On("#field-code").Input(code);
        page.FindAll(".side form").Single(form => form.QuerySelector("[data-try]") is not null).Submit();
    }

    private static List<string> States(IRenderedComponent<VendorAccountsPage> page)
    {
        page.Await("tbody tr .tag");
        return [.. page.FindAll("tbody tr .tag").Select(t => t.TextContent.Trim())];
    }
}
