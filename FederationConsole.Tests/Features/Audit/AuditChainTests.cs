using System.Diagnostics;
using FederationConsole.Data;
using FederationConsole.Features.Audit;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.Audit;

public sealed class AuditChainTests
{
    private static readonly ProjectId Project = new(7);

    [Theory, BothDatabases]
    public async Task Lines_are_sealed_in_order_of_their_ids(DatabaseKind database)
    {
        await using var host = await AuditBench.HostAsync(database);
        var audit = new AuditBench(host);
        await audit.WriteAsync(5);

        Assert.Equal(5, (await audit.VerifyAsync()).Unsealed);
        Assert.Equal(5, await audit.Sealer.SealAsync(default));
        Assert.Equal(0, await audit.Sealer.SealAsync(default));
        await audit.WriteAsync(2);
        Assert.Equal(2, await audit.Sealer.SealAsync(default));

        var lines = await audit.LinesAsync();
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], lines.Select(l => l.Position!.Value));
        Assert.Equal(lines.OrderBy(l => l.Id), lines);
        Assert.Equal(new byte[32], lines[0].PreviousHash);
        Assert.All(lines.Zip(lines.Skip(1)), pair => Assert.Equal(pair.First.Hash, pair.Second.PreviousHash));
        var report = await audit.VerifyAsync();
        Assert.Equal(new ChainReport(7, Convert.ToHexStringLower(lines[^1].Hash!), null, 0), report);
    }

    [Fact]
    public async Task The_clock_seals_without_being_asked()
    {
        await using var host = await AuditBench.HostAsync();
        var audit = new AuditBench(host);
        await audit.WriteAsync(3);
        var told = new TaskCompletionSource();
        using var listening = audit.Signals.Listen(signal =>
        {
            if (signal.Topic == AuditSealer.Topic)
            {
                told.TrySetResult();
            }

            return ValueTask.CompletedTask;
        });

        host.Time.Advance(TimeSpan.FromSeconds(1));

        await told.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(3, (await audit.VerifyAsync()).Checked);
    }

    [Theory, BothDatabases]
    public async Task A_change_of_any_column_is_found_where_it_was_made(DatabaseKind database)
    {
        await using var host = await AuditBench.HostAsync(database);
        var audit = new AuditBench(host);
        await audit.WriteAsync(6);
        await audit.Sealer.SealAsync(default);
        await audit.ExecuteAsync("CREATE TABLE kept AS SELECT * FROM \"AuditLines\"");

        foreach (var column in await audit.ColumnsAsync())
        {
            var change = column.Type switch
            {
                var type when type == typeof(string) => $"COALESCE(\"{column.Name}\", '') || 'x'",
                var type when type == typeof(byte[]) => "{0}",
                _ => $"\"{column.Name}\" + 1000000",
            };
            await audit.ExecuteAsync($"UPDATE \"AuditLines\" SET \"{column.Name}\" = {change} WHERE \"Position\" = 3", new byte[32]);

            var found = (await audit.VerifyAsync()).Break;
            Assert.True(found?.Position == 3, $"{column.Name}: {found}");
            Assert.Equal(column.Name == nameof(AuditLine.Position) ? ChainFault.LineMissing : ChainFault.LineChanged, found.Fault);

            await audit.ExecuteAsync("DELETE FROM \"AuditLines\"");
            await audit.ExecuteAsync("INSERT INTO \"AuditLines\" SELECT * FROM kept");
            Assert.Null((await audit.VerifyAsync()).Break);
        }
    }

    [Theory, BothDatabases]
    public async Task A_line_sealed_anew_breaks_the_link_of_the_next(DatabaseKind database)
    {
        await using var host = await AuditBench.HostAsync(database);
        var audit = new AuditBench(host);
        await audit.WriteAsync(4);
        await audit.Sealer.SealAsync(default);
        var second = (await audit.LinesAsync())[1];
        var forged = new AuditSeal().Hash(2, second.PreviousHash, new AuditLine
        {
            Id = second.Id, At = second.At, ProjectId = second.ProjectId, EnvironmentId = second.EnvironmentId, ActorKind = second.ActorKind,
            ActorId = second.ActorId, ActorName = "somebody else", Address = second.Address, RequestId = second.RequestId, Action = second.Action,
            SubjectKind = second.SubjectKind, SubjectId = second.SubjectId, Changes = second.Changes,
        });
        await audit.ExecuteAsync("UPDATE \"AuditLines\" SET \"ActorName\" = 'somebody else', \"Hash\" = {0} WHERE \"Position\" = 2", forged);

        Assert.Equal(new(3, ChainFault.LinkBroken, (await audit.LinesAsync())[2].Id), (await audit.VerifyAsync()).Break);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, 1)]
    [InlineData(DatabaseKind.Sqlite, 3)]
    [InlineData(DatabaseKind.Sqlite, 5)]
    [InlineData(DatabaseKind.PostgreSql, 5)]
    public async Task A_deleted_line_is_missed_the_last_one_too(DatabaseKind database, int position)
    {
        await using var host = await AuditBench.HostAsync(database);
        var audit = new AuditBench(host);
        await audit.WriteAsync(5);
        await audit.Sealer.SealAsync(default);

        await audit.ExecuteAsync("DELETE FROM \"AuditLines\" WHERE \"Position\" = {0}", position);
        Assert.Equal(new(position, ChainFault.LineMissing, null), (await audit.VerifyAsync()).Break);

        // The gap stays: a later line does not slip into it.
        await audit.WriteAsync(1);
        await audit.Sealer.SealAsync(default);
        Assert.Equal(new(position, ChainFault.LineMissing, null), (await audit.VerifyAsync()).Break);
    }

    [Theory, BothDatabases]
    public async Task Two_sealers_at_once_make_one_chain(DatabaseKind database)
    {
        // Writes that meet on PostgreSQL wait by the clock before they run again.
        await using var host = await TestHost.StartAsync(new TestHostOptions { Database = database, RealTime = true, Environment = "Production" });
        var audit = new AuditBench(host);
        var other = ActivatorUtilities.CreateInstance<AuditSealer>(host.Services);
        using var sealing = new CancellationTokenSource();
        var sealers = new[] { audit.Sealer, other, audit.Sealer, other }.Select(sealer => Task.Run(async () =>
        {
            var count = 0;
            while (!sealing.IsCancellationRequested)
            {
                count += await sealer.SealAsync(default);
                await Task.Yield();
            }

            return count;
        })).ToList();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
            {
                await audit.WriteAsync(1);
            }
        })));
        await sealing.CancelAsync();
        var count = (await Task.WhenAll(sealers)).Sum();
        while ((await audit.VerifyAsync()).Unsealed > 0)
        {
            count += await audit.Sealer.SealAsync(default);
        }

        // The host's own round may have sealed some, so what counts is that none was sealed twice.
        Assert.InRange(count, 1, 320);
        var report = await audit.VerifyAsync();
        Assert.Equal((320, null, 0), (report.Checked, report.Break, report.Unsealed));
    }

    [Theory, BothDatabases]
    public async Task Ten_thousand_lines_are_sealed_well_within_five_seconds(DatabaseKind database)
    {
        await using var host = await AuditBench.HostAsync(database);
        var audit = new AuditBench(host);
        await audit.WriteAsync(10_000);

        var started = Stopwatch.GetTimestamp();
        Assert.Equal(10_000, await audit.Sealer.SealAsync(default));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 2.5);

        var steps = new List<ChainProgress>();
        var report = await audit.VerifyAsync(new Steps(steps));
        Assert.Equal((10_000, null), (report.Checked, report.Break));
        Assert.Equal([0, 5000, 10_000], steps.Select(s => s.Checked));
        Assert.All(steps, s => Assert.Equal(10_000, s.Total));
    }

    [Fact]
    public async Task The_walk_stops_when_it_is_told_and_is_for_managers()
    {
        await using var host = await AuditBench.HostAsync();
        var audit = new AuditBench(host);
        await audit.WriteAsync(3);
        await audit.Sealer.SealAsync(default);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => audit.Chain.VerifyAsync(Actor.Host, Project, null, new CancellationToken(canceled: true)));
        var reader = new Actor(ActorKind.Administrator, "1", "reader", null, null) { Grants = [new(Project.Value, Role.Operator), new(8, Role.Owner)] };
        Assert.Equal(FaultKind.Forbidden, (await audit.Chain.VerifyAsync(reader, Project, null, default)).Fault?.Kind);
    }

    private sealed class Steps(List<ChainProgress> steps) : IProgress<ChainProgress>
    {
        public void Report(ChainProgress value) => steps.Add(value);
    }
}

/// <summary>Audit lines to order.</summary>
internal sealed class AuditBench(TestHost host)
{
    /// <summary>A host that writes no line of its own: Development makes an administrator.</summary>
    public static Task<TestHost> HostAsync(DatabaseKind database = DatabaseKind.Sqlite) =>
        TestHost.StartAsync(new TestHostOptions { Database = database, Environment = "Production" });

    public Store Store { get; } = host.Services.GetRequiredService<Store>();
    public Signals Signals { get; } = host.Services.GetRequiredService<Signals>();
    public AuditSealer Sealer { get; } = host.Services.GetRequiredService<AuditSealer>();
    public AuditChain Chain { get; } = host.Services.GetRequiredService<AuditChain>();
    public AuditReader Reader { get; } = host.Services.GetRequiredService<AuditReader>();

    public async Task WriteAsync(int count)
    {
        for (var written = 0; written < count; written += 10)
        {
            var from = written;
            await Store.WriteAsync(new Scope(new(70), new(7)), db =>
            {
                for (var i = from; i < Math.Min(count, from + 10); i++)
                {
                    db.Audit(new(ActorKind.App, "key", "名字", "10.0.0.1", "r1"), "test.done", "thing", $"{i}");
                }

                return Task.FromResult(Outcome.Done);
            });
        }
    }

    public Task LineAsync(Scope scope, string action, string subjectKind = "app", string subject = "shop", Actor? actor = null) =>
        Store.WriteAsync(scope, db =>
        {
            db.Audit(actor ?? Actor.Host, action, subjectKind, subject);
            return Task.FromResult(Outcome.Done);
        });

    public Task<List<AuditLine>> LinesAsync() =>
        Store.ReadAsync(Scope.Host, db => db.Set<AuditLine>().OrderBy(l => l.Position).ToListAsync());

    public async Task<ChainReport> VerifyAsync(IProgress<ChainProgress>? progress = null)
    {
        var outcome = await Chain.VerifyAsync(Actor.Host, new(7), progress, default);
        Assert.Null(outcome.Fault);
        return outcome.Value!;
    }

    /// <summary>As somebody with the database's password would.</summary>
    public Task ExecuteAsync(string sql, params object[] values) => Store.WriteAsync(Scope.Host, async db =>
    {
        await db.Database.ExecuteSqlRawAsync(sql, values);
        return Outcome.Done;
    });

    public Task<List<(string Name, Type Type)>> ColumnsAsync() => Store.ReadAsync(Scope.Host, db => Task.FromResult(
        db.Model.FindEntityType(typeof(AuditLine))!.GetProperties().Select(p => (p.Name, p.ClrType)).ToList()));
}
