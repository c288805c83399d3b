using System.Collections.Concurrent;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.SignIn;

/// <summary>
/// Counts logins in memory and adds them to the database every two seconds and at a graceful stop: a login pays nothing for
/// its statistics, and a killed host loses two seconds of them.
/// </summary>
public sealed partial class SignInCounters(Store store, ProjectCatalog projects, TimeProvider clock, ILogger<SignInCounters> logger)
    : PeriodicWork(Period, clock)
{
    /// <summary>The signal's topic: counts of an environment moved.</summary>
    public const string Topic = "sign-ins";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private ConcurrentDictionary<Key, Tally> _waiting = new();

    /// <param name="fault">Null for a login that worked.</param>
    public void Count(EnvironmentId environment, int source, FaultKind? fault, bool isNew)
    {
        var hour = new DateTimeOffset(Clock.GetUtcNow().Ticks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
        var tally = _waiting.GetOrAdd(new(environment, hour, source, fault), static _ => new());
        Interlocked.Increment(ref tally.Count);
        if (isNew)
        {
            Interlocked.Increment(ref tally.NewUsers);
        }
    }

    public async Task FlushAsync()
    {
        var taken = Interlocked.Exchange(ref _waiting, new());
        foreach (var group in taken.GroupBy(pair => pair.Key.Environment))
        {
            if (projects.Environment(group.Key) is { } environment)
            {
                await store.WriteAsync(environment.Scope, db => AddAsync(db, [.. group]));
            }
        }
    }

    protected override Task RoundAsync(CancellationToken stop) => FlushAsync();

    // The next round goes on: a chart must not stop the host.
    protected override void RoundFailed(Exception exception) => FlushFailed(exception);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync();
    }

    private static async Task<Outcome> AddAsync(ConsoleDb db, IReadOnlyList<KeyValuePair<Key, Tally>> tallies)
    {
        foreach (var (key, tally) in tallies)
        {
            var result = key.Fault?.ToString() ?? "";
            var row = await db.Set<SignInCount>().FirstOrDefaultAsync(c => c.Hour == key.Hour && c.Source == key.Source && c.Result == result);
            if (row is null)
            {
                row = new() { EnvironmentId = key.Environment, Hour = key.Hour, Source = key.Source, Result = result };
                db.Add(row);
            }

            row.Count += Volatile.Read(ref tally.Count);
            row.NewUsers += Volatile.Read(ref tally.NewUsers);
        }

        db.Signal(Topic);
        return Outcome.Done;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-in counts were not written; they are lost")]
    private partial void FlushFailed(Exception exception);

    private readonly record struct Key(EnvironmentId Environment, DateTimeOffset Hour, int Source, FaultKind? Fault);

    private sealed class Tally
    {
        public int Count;
        public int NewUsers;
    }
}
