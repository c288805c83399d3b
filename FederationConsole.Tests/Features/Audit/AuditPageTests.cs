using Bunit;
using FederationConsole.Data;
using FederationConsole.Features.Audit;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Tests.Features.Overview;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.Audit;

public sealed class AuditPageTests
{
    [Fact]
    public async Task The_page_loads_then_lists_then_opens_a_card()
    {
        await using var stage = await StageAsync();
        await stage.Host.Services.GetRequiredService<AppService>().CreateAsync(Actor.Host, stage.Environment.ProjectId, "shop", "商店");
        await stage.Audit.Sealer.SealAsync(default);
        stage.Pages.Hold();
        var page = stage.Pages.Show<AuditPage>(stage.As(Role.Manager), "audit");
        Assert.Equal("true", page.Find(".table-wrap").GetAttribute("aria-busy"));
        Assert.NotEmpty(page.FindAll(".bone"));

        stage.Pages.Release();
        page.WaitForAssertion(() => Assert.Contains("创建应用", page.Find("tbody tr").TextContent, StringComparison.Ordinal));
        Assert.Contains("已封存", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("/audit.csv?", page.Find("a[download]").GetAttribute("href"), StringComparison.Ordinal);

        stage.Pages.Services.GetRequiredService<NavigationManager>().NavigateTo(page.Find("a.row-link").GetAttribute("href")!);
        page.WaitForAssertion(() => Assert.Contains("App.Code", page.Find("[role=dialog]").TextContent, StringComparison.Ordinal));
        Assert.Equal("商店", page.FindAll("[role=dialog] tbody tr").Single(row => row.QuerySelector("th")!.TextContent.Contains("App.Name", StringComparison.Ordinal)).QuerySelector("ins")!.TextContent);
        var line = (await stage.Audit.LinesAsync())[^1];
        Assert.Contains(Convert.ToHexStringLower(line.Hash!), page.Find("[role=dialog]").TextContent, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(line.PreviousHash!), page.Find("[role=dialog]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_found_is_told_from_nothing_there()
    {
        await using var stage = await StageAsync();
        var page = stage.Pages.Show<AuditPage>(stage.As(Role.ReadOnly), "audit");
        page.WaitForAssertion(() => Assert.Equal("还没有审计记录", page.Find(".empty h2").TextContent));
        Assert.Empty(page.FindAll("a[download]"));

        page = stage.Pages.Show<AuditPage>(stage.As(Role.ReadOnly), "audit?action=app.");
        page.WaitForAssertion(() => Assert.Equal("没有符合条件的记录", page.Find(".empty h2").TextContent));
    }

    [Fact]
    public async Task A_refused_read_is_shown_with_a_way_to_try_again()
    {
        await using var stage = await StageAsync();
        var page = stage.Pages.Show<AuditPage>(stage.As(null), "audit");
        page.WaitForAssertion(() => Assert.NotNull(page.Find("[role=alert] button")));
        Assert.Empty(page.FindAll("table"));
    }

    [Fact]
    public async Task A_new_line_appears_by_itself()
    {
        await using var stage = await StageAsync();
        var page = stage.Pages.Show<AuditPage>(stage.As(Role.ReadOnly), "audit");
        page.WaitForAssertion(() => Assert.NotNull(page.Find(".empty")));

        await stage.Audit.LineAsync(stage.Environment.Scope, "source.disabled");
        await stage.Audit.Sealer.SealAsync(default);

        page.WaitForAssertion(() => Assert.Contains("关闭来源", page.Find("tbody tr").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task The_check_says_what_it_found()
    {
        await using var stage = await StageAsync();
        await stage.Audit.LineAsync(stage.Environment.Scope, "source.enabled");
        await stage.Audit.LineAsync(stage.Environment.Scope, "source.disabled");
        await stage.Audit.Sealer.SealAsync(default);
        var count = (await stage.Audit.LinesAsync()).Count;
        var page = stage.Pages.Show<AuditPage>(stage.As(Role.Manager), "audit");

        await Button().ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains($"{count} 条记录未被改动", page.Find("[role=status]").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(10));

        await stage.Audit.ExecuteAsync("UPDATE \"AuditLines\" SET \"Address\" = 'elsewhere' WHERE \"Position\" = {0}", count);
        await Button().ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains($"第 {count} 条被改动", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(10));

        AngleSharp.Dom.IElement Button() => page.FindAll("button").First(b => b.TextContent == "校验哈希链");
    }

    private static async Task<Stage> StageAsync()
    {
        var host = await AuditBench.HostAsync();
        var bench = await OverviewBench.CreateAsync(host);
        var pages = new ConsolePages(host);
        pages.Serve<AuditReader>();
        pages.Serve<AuditChain>();
        return new(host, pages, new AuditBench(host), bench.Development, bench.Production);
    }

    private sealed record Stage(TestHost Host, ConsolePages Pages, AuditBench Audit, EnvironmentEntry Environment, EnvironmentEntry Other) : IAsyncDisposable
    {
        public ConsoleContext As(Role? role) => Pages.ContextOf(Environment, Other, role);

        public async ValueTask DisposeAsync()
        {
            await Pages.DisposeAsync();
            await Host.DisposeAsync();
        }
    }
}
