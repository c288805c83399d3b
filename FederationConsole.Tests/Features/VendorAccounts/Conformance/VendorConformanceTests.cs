using Bunit;
using FederationConsole.Features.Projects;
using FederationConsole.Features.VendorAccounts;
using FederationConsole.Features.VendorAccounts.Conformance;
using FederationConsole.Features.VendorAccounts.Reference;
using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Tests.Features.VendorAccounts.Conformance;

/// <summary>The panel on the card of 自有账号对接, and the reference that it links.</summary>
public sealed class VendorConformanceTests : ProjectPages
{
    [Fact]
    public async Task It_examines_the_vendor_as_it_is_saved_and_says_what_does_not_hold_first()
    {
        await using var vendor = await ExaminedVendor.StartAsync();
        vendor.TakesAnyOpenId = true;
        var app = await SetUpAsync(vendor);
        var panel = Panel(Role.Operator, app);

        panel.On("input").Input("the-code");
        await panel.Find("form").SubmitAsync();

        panel.Await(".rules li");
        Assert.Equal(Enum.GetValues<ConformanceRule>().Length, panel.FindAll(".rules li").Count);
        Assert.Contains(ConformanceTexts.Of(ConformanceRule.OpenIdWrong), panel.Find(".rules li").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(ExaminedVendor.ClientSecret, panel.Markup, StringComparison.Ordinal);
        Assert.Empty(panel.Find("input").GetAttribute("value") ?? "");
    }

    [Theory]
    [InlineData(Role.ReadOnly, FaultKind.Forbidden)]
    [InlineData(Role.Operator, null)]
    public async Task Operators_may_and_readers_may_not(Role role, FaultKind? refused)
    {
        await using var vendor = await ExaminedVendor.StartAsync();
        var app = await SetUpAsync(vendor);
        var outcome = await World.Get<ConformanceService>().RunAsync(Admin(role), World.Development.Id, app, "the-code", default);
        Assert.Equal(refused, outcome.Fault?.Kind);
        Assert.Equal(refused is null, vendor.Methods.Count > 0);
    }

    [Fact]
    public async Task Without_a_code_or_a_set_up_nobody_is_asked()
    {
        var (service, app) = (World.Get<ConformanceService>(), World.Get<ProjectCatalog>().App(World.AppKey)!.Id);
        Assert.Equal(FaultKind.Missing, (await service.RunAsync(Admin(Role.Operator), World.Development.Id, app, " ", default)).Fault!.Kind);
        Assert.Equal(FaultKind.Invalid, (await service.RunAsync(Admin(Role.Operator), World.Development.Id, app, new string('x', 5000), default)).Fault!.Kind);
        Assert.Equal(FaultKind.SourceNotSetUp, (await service.RunAsync(Admin(Role.Operator), World.Development.Id, app, "x", default)).Fault!.Kind);
    }

    [Theory]
    [InlineData("zh-CN", "结果码")]
    [InlineData("en", "Result codes")]
    public void The_reference_is_the_file_of_the_repository_in_the_consoles_language(string language, string heading)
    {
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo(language);
        var page = Open<VendorReference>(Role.ReadOnly);
        Assert.Contains(heading, page.FindAll("h2").Select(h => h.TextContent.Trim()));
        Assert.True(page.FindAll("table").Count >= 4);
        foreach (var code in new[] { "0", "100001", "100002", "100003", "100004", "100005", "100006", "110000" })
        {
            Assert.Contains(page.FindAll("td"), cell => cell.TextContent.Trim() == code);
        }

        Assert.Single(page.FindAll("h1"));
    }

    private async Task<AppId> SetUpAsync(ExaminedVendor vendor)
    {
        var app = World.Get<ProjectCatalog>().App(World.AppKey)!.Id;
        World.Done(await World.Get<VendorService>().SaveAsync(Actor.Host, World.Development.Id, new(
            app, vendor.TokenUrl.AbsoluteUri, vendor.UserInfoUrl.AbsoluteUri, ExaminedVendor.ClientId, ExaminedVendor.ClientSecret, TokenMethod.Post, new Dictionary<string, string>(),
            MobileVerified: false, Version: 0)));
        return app;
    }

    private IRenderedComponent<VendorConformance> Panel(Role role, AppId app)
    {
        Browser.RenderTree.TryAdd<CascadingValue<ConsoleContext>>(with => with.Add(v => v.Value, Stand(role)));
        return Browser.Render<VendorConformance>(with => with.Add(p => p.AppId, app));
    }
}
