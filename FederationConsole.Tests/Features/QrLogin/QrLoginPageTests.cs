using Bunit;
using FederationConsole.Data;
using FederationConsole.Features.QrLogin;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.QrLogin;

/// <summary>扫码登录 by hand, over the services of a real host.</summary>
public sealed class QrLoginPageTests : ProjectPages
{
    private AppId App => World.AppOf(World.Development);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Browser.Services.AddSingleton(World.Get<QrSettings>());
        Browser.Services.AddSingleton(World.Get<QrReader>());
        Browser.Services.AddSingleton(World.Get<ScanTargets>());
        Browser.Services.AddSingleton(World.Get<Signals>());
    }

    [Fact]
    public void The_preview_and_the_snippet_are_filled_with_the_app_of_this_environment()
    {
        var page = Open<QrLoginPage>(Role.ReadOnly, "?app=shop&preview=phone");
        var source = page.Await("iframe").GetAttribute("src")!;
        Assert.Contains($"app_id={World.AppKey}&", source, StringComparison.Ordinal);
        Assert.Contains("preview=phone", source, StringComparison.Ordinal);
        Assert.Contains($"app_id: \"{World.AppKey}\"", page.Find("figure.code code").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(World.ProductionAppKey, page.Markup, StringComparison.Ordinal);
        // Who may only read changes nothing.
        Assert.Empty(page.FindAll("button[type=submit]"));
    }

    [Fact]
    public async Task A_policy_is_saved_and_one_that_was_saved_in_between_is_shown_beside()
    {
        var page = Open<QrLoginPage>(Role.Manager, "?app=shop");
        page.On("#field-refreshes").Input("11");
        Assert.Equal("true", page.Find("#field-refreshes").GetAttribute("aria-invalid"));
        page.On("#field-refreshes").Input("3");
        Policy(page).Submit();
        page.Until(() => Assert.Contains("已保存", Policy(page).TextContent, StringComparison.Ordinal));
        Assert.Equal(3, (await SavedAsync()).Refreshes);

        page.On("#field-refreshes").Input("4");
        World.Done(await World.Get<QrSettings>().SetPolicyAsync(Actor.Host, World.Development.Id, App, numberMatching: false, refreshes: 9, version: 1));
        Policy(page).Submit();
        page.On("[data-mine]").Click();
        page.Until(() => Assert.Contains("已保存", Policy(page).TextContent, StringComparison.Ordinal));
        Assert.Equal((4, true, 3), ((await SavedAsync()).Refreshes, (await SavedAsync()).NumberMatching, (await SavedAsync()).Version));
    }

    [Fact]
    public async Task The_tenant_s_details_are_saved_for_the_project()
    {
        var page = Open<QrLoginPage>(Role.Manager, "?app=shop");
        page.On("#field-CustomerId").Input(new string('1', TenantCard.MaxText + 1));
        Assert.Equal("true", page.Find("#field-CustomerId").GetAttribute("aria-invalid"));
        page.On("#field-CustomerId").Input("1212312312");
        page.On("#field-ErpVersions").Input("352,360");
        var form = page.FindAll("form").Single(f => f.QuerySelector("#field-CustomerId") is not null);
        form.Submit();
        page.Until(() => Assert.Contains("已保存", page.FindAll("form").Single(f => f.QuerySelector("#field-CustomerId") is not null).TextContent, StringComparison.Ordinal));
        var saved = World.Value(await World.Get<QrSettings>().TenantAsync(Actor.Host, World.Development.ProjectId));
        Assert.Equal(("1212312312", "352,360", TenantCard.Erp), (saved.CustomerId, saved.ErpVersions, saved.AddressType));

        page.On("#field-AddressType").Change(TenantCard.Ad);
        page.Until(() => Assert.Empty(page.FindAll("#field-ErpVersions")));
    }

    [Fact]
    public async Task A_code_appears_while_one_looks_and_its_state_follows_the_clock()
    {
        var page = Open<QrLoginPage>(Role.ReadOnly, "?app=shop");
        page.Until(() => Assert.Contains("最近一小时没有二维码", page.Markup, StringComparison.Ordinal));
        var app = World.Get<FederationConsole.Features.Projects.ProjectCatalog>().App(World.AppKey)!;
        World.Value(await World.Get<TicketService>().IssueAsync(app, null, null, new("Edge 140", "Windows", "深圳", "192.0.2.7", null)));
        await World.Get<QrCounters>().FlushAsync();
        page.Until(() => Assert.Contains("等待扫描", page.FindAll("tbody")[^1].TextContent, StringComparison.Ordinal));
        Assert.Contains("深圳", page.FindAll("tbody")[^1].TextContent, StringComparison.Ordinal);
        Assert.Equal("1", page.Find("[data-step=Shown] .figure").TextContent);

        World.Host.Time.Advance(TimeSpan.FromMinutes(5));
        page.Until(() => Assert.Contains("已过期", page.FindAll("tbody")[^1].TextContent, StringComparison.Ordinal));
    }

    private async Task<QrPolicy> SavedAsync() => World.Value(await World.Get<QrSettings>().PolicyAsync(Actor.Host, World.Development.Id, App));

    private static AngleSharp.Dom.IElement Policy(IRenderedComponent<QrLoginPage> page) => page.FindAll("form").Single(f => f.QuerySelector("#field-refreshes") is not null);
}
