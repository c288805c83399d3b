using Bunit;
using FederationConsole.Data;
using FederationConsole.Features.Overview;
using FederationConsole.Features.SignIn;
using FederationConsole.Platform;
using FederationConsole.Tests.Features.Audit;
using FederationConsole.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.Overview;

public sealed class OverviewPageTests
{
    [Fact]
    public async Task A_newcomer_sees_the_way_to_the_first_login()
    {
        await using var host = await AuditBench.HostAsync();
        var bench = await OverviewBench.CreateAsync(host);
        await using var pages = new ConsolePages(host);
        pages.Serve<OverviewReader>();
        pages.Hold();
        var page = pages.Show<OverviewPage>(pages.ContextOf(bench.Development, bench.Production, Role.ReadOnly), "overview");
        Assert.NotNull(page.Find(".skeleton"));

        pages.Release();
        page.WaitForAssertion(() => Assert.Equal(5, page.FindAll(".checklist li").Count));
        Assert.Equal(
            ["/p/over-view/development/apps", "/p/over-view/development/apps", "/p/over-view/development/sources", "/p/over-view/development/users"],
            page.FindAll(".checklist a").Select(a => a.GetAttribute("href")));
        Assert.Contains("还没有开启来源", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_are_shown_and_follow_the_logins()
    {
        await using var host = await AuditBench.HostAsync();
        var bench = await OverviewBench.CreateAsync(host);
        await bench.SourceAsync(enabled: true);
        await bench.AddAsync(0, 10, "", count: 1234);
        await bench.AddAsync(1, 4, nameof(FaultKind.ThirdPartyFailed), count: 6);
        await bench.UserAsync(bench.Development, SessionState.Live);
        await using var pages = new ConsolePages(host);
        pages.Serve<OverviewReader>();
        var page = pages.Show<OverviewPage>(pages.ContextOf(bench.Development, bench.Production, Role.ReadOnly), "overview");

        page.WaitForAssertion(() => Assert.Equal("1", page.Find(".figure").TextContent));
        Assert.Contains("标准第三方", page.Markup, StringComparison.Ordinal);
        Assert.Contains("1234", page.Find(".chart table").TextContent, StringComparison.Ordinal);
        Assert.Contains("未调用", page.Markup, StringComparison.Ordinal);

        await bench.UserAsync(bench.Development, SessionState.Live);
        await host.Services.GetRequiredService<Signals>().PublishAsync(new(SignInCounters.Topic, bench.Production.Id.Value, 0));
        await host.Services.GetRequiredService<Signals>().PublishAsync(new(SignInCounters.Topic, bench.Development.Id.Value, 0));
        page.WaitForAssertion(() => Assert.Equal("2", page.Find(".figure").TextContent), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_refused_read_is_shown_with_a_way_to_try_again()
    {
        await using var host = await AuditBench.HostAsync();
        var bench = await OverviewBench.CreateAsync(host);
        await using var pages = new ConsolePages(host);
        pages.Serve<OverviewReader>();
        var page = pages.Show<OverviewPage>(pages.ContextOf(bench.Development, bench.Production, null), "overview");
        page.WaitForAssertion(() => Assert.NotNull(page.Find("[role=alert] button")));
        Assert.Empty(page.FindAll(".figure"));
    }
}
