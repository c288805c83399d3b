using System.Text;
using FederationConsole.Data;
using FederationConsole.Features.Audit;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.Audit;

public sealed class AuditReaderTests
{
    private static readonly Scope Dev = new(new(70), new(7));
    private static readonly Scope Prod = new(new(71), new(7));
    private static readonly Scope Neighbour = new(new(80), new(8));

    [Theory, BothDatabases]
    public async Task A_reader_of_one_project_sees_nothing_of_another_or_of_the_host(DatabaseKind database)
    {
        await using var host = await AuditBench.HostAsync(database);
        var audit = new AuditBench(host);
        await audit.LineAsync(Dev, "dev.done");
        await audit.LineAsync(Prod, "prod.done");
        await audit.LineAsync(Scope.Of(Dev.Project), "project.done");
        await audit.LineAsync(Neighbour, "neighbour.done");
        await audit.LineAsync(Scope.Host, "host.done");
        var reader = Administrator(new Grant(7, Role.ReadOnly));

        Assert.Equal(["project.done", "dev.done"], await ActionsAsync(new AuditFilter()));
        Assert.Equal(["project.done", "prod.done", "dev.done"], await ActionsAsync(new AuditFilter { Range = AuditRange.Project }));
        foreach (var (where, filter) in new[] { (Dev, new AuditFilter { Range = AuditRange.Host }), (Neighbour, new AuditFilter()) })
        {
            Assert.Equal(FaultKind.Forbidden, (await audit.Reader.FindAsync(reader, where, filter, null, default)).Fault?.Kind);
            Assert.Equal(FaultKind.Forbidden, (await audit.Reader.ExportAsync(reader, where, filter, Stream.Null, default)).Fault?.Kind);
        }

        var all = Administrator(new Grant(null, Role.ReadOnly));
        Assert.Equal("host.done", Assert.Single((await audit.Reader.FindAsync(all, Dev, new() { Range = AuditRange.Host }, null, default)).Value!.Lines).Action);
        foreach (var line in await audit.LinesAsync())
        {
            var seen = (await audit.Reader.GetAsync(reader, Dev, line.Id, default)).Ok;
            Assert.Equal(line.ProjectId == Dev.Project, seen);
            // Not by the address of another project either.
            Assert.False((await audit.Reader.GetAsync(reader, Neighbour, line.Id, default)).Ok);
        }

        async Task<List<string>> ActionsAsync(AuditFilter filter) =>
            [.. (await audit.Reader.FindAsync(reader, Dev, filter, null, default)).Value!.Lines.Select(l => l.Action)];
    }

    [Theory, BothDatabases]
    public async Task Each_filter_keeps_what_it_names(DatabaseKind database)
    {
        await using var host = await AuditBench.HostAsync(database);
        var audit = new AuditBench(host);
        await audit.LineAsync(Dev, "app.created", "app", "shop", Administrator() with { Id = "12", Name = "Li Na" });
        var noon = host.Time.GetUtcNow();
        host.Time.Advance(TimeSpan.FromHours(1));
        await audit.LineAsync(Dev, "app.renamed", "app", "shop_50%", Administrator() with { Id = "13", Name = "Wang" });
        host.Time.Advance(TimeSpan.FromHours(1));
        await audit.LineAsync(Dev, "user.created", "user", "9001", Administrator() with { Id = "12", Name = "Li Na" });

        await FindsAsync(new() { Action = "app." }, "app.renamed", "app.created");
        await FindsAsync(new() { Action = "app.created" }, "app.created");
        await FindsAsync(new() { Action = "a%" });
        await FindsAsync(new() { Actor = "12" }, "user.created", "app.created");
        await FindsAsync(new() { Actor = "Wa" }, "app.renamed");
        await FindsAsync(new() { SubjectKind = "user" }, "user.created");
        await FindsAsync(new() { Subject = "900" }, "user.created");
        await FindsAsync(new() { Subject = "50%" }, "app.renamed");
        await FindsAsync(new() { From = noon.AddMinutes(30) }, "user.created", "app.renamed");
        await FindsAsync(new() { From = noon.AddMinutes(30), To = noon.AddMinutes(90) }, "app.renamed");
        await FindsAsync(new() { Action = "app.", Actor = "12", SubjectKind = "app", Subject = "shop" }, "app.created");

        async Task FindsAsync(AuditFilter filter, params string[] actions) => Assert.Equal(
            actions, (await audit.Reader.FindAsync(Actor.Host, Dev, filter, null, default)).Value!.Lines.Select(l => l.Action));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_while_lines_come_in()
    {
        await using var host = await AuditBench.HostAsync();
        var audit = new AuditBench(host);
        await audit.WriteAsync((2 * AuditReader.PageSize) + 1);
        var seen = new List<long>();
        var page = (await audit.Reader.FindAsync(Actor.Host, Dev, new(), null, default)).Value!;
        while (true)
        {
            seen.AddRange(page.Lines.Select(l => l.Id));
            if (page.Older is not { } older)
            {
                break;
            }

            await audit.WriteAsync(3);
            page = (await audit.Reader.FindAsync(Actor.Host, Dev, new(), older, default)).Value!;
        }

        Assert.Equal((2 * AuditReader.PageSize) + 1, seen.Count);
        Assert.Equal(seen.OrderDescending(), seen);
    }

    [Fact]
    public async Task The_export_runs_no_formula_and_leaves_a_line()
    {
        await using var host = await AuditBench.HostAsync();
        var audit = new AuditBench(host);
        foreach (var name in (string[])["=1+1", "@SUM(A1)", "-2", "+3", "＝1", "plain, \"quoted\"", "=\"a\",b"])
        {
            await audit.LineAsync(Dev, "app.renamed", "app", name, Administrator() with { Name = name });
        }

        using var file = new MemoryStream();
        var manager = Administrator(new Grant(7, Role.Manager));
        Assert.True((await audit.Reader.ExportAsync(manager, Dev, new() { Action = "app." }, file, default)).Ok);

        Assert.Equal(Encoding.UTF8.GetPreamble(), file.ToArray()[..3]);
        var rows = Encoding.UTF8.GetString(file.ToArray()[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("Id,Time,ActorKind,ActorId,ActorName,", rows[0], StringComparison.Ordinal);
        Assert.Equal(8, rows.Length);
        Assert.Contains(rows, row => row.Contains("\"plain, \"\"quoted\"\"\"", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Contains("'＝1", StringComparison.Ordinal));
        Assert.All(rows, row => Assert.DoesNotMatch("(^|,)\"?[=+@＝-]", row));
        Assert.Equal("audit.exported", (await audit.Reader.FindAsync(manager, Dev, new(), null, default)).Value!.Lines[0].Action);
    }

    [Fact]
    public async Task The_export_of_many_lines_has_each_once()
    {
        await using var host = await AuditBench.HostAsync();
        var audit = new AuditBench(host);
        await audit.WriteAsync(2100);

        using var file = new MemoryStream();
        await audit.Reader.ExportAsync(Actor.Host, Dev, new() { Action = "test." }, file, default);
        var ids = Encoding.UTF8.GetString(file.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..].Select(row => row.Split(',')[0]).ToList();
        Assert.Equal(2100, ids.Distinct().Count());
        Assert.Equal(2100, ids.Count);
    }

    [Theory]
    [InlineData("2026-01-31", "Asia/Shanghai", "2026-01-30T16:00:00Z")]
    [InlineData("2026-01-31", null, "2026-01-31T00:00:00Z")]
    [InlineData("2026-01-31", "nowhere", "2026-01-31T00:00:00Z")]
    [InlineData("31.1.2026", null, null)]
    public void A_day_begins_in_the_zone_of_the_project(string day, string? zone, string? instant)
    {
        var filter = new AuditQuery(" ", "HOST", null, null, null, day, day, zone).ToFilter();
        Assert.Equal(instant is null ? null : DateTimeOffset.Parse(instant, null), filter.From);
        Assert.Equal(instant is null ? null : DateTimeOffset.Parse(instant, null).AddDays(1), filter.To);
        Assert.Equal((AuditRange.Host, null), (filter.Range, filter.Subject));
    }

    private static Actor Administrator(params Grant[] grants) => new(ActorKind.Administrator, "1", "li", "10.0.0.9", "r9") { Grants = grants };
}
