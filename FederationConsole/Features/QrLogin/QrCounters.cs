using System.Collections.Concurrent;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.QrLogin;

/// <summary>
/// Counts codes in memory and adds them to the database every two seconds and at a graceful stop, as sign-ins are counted: a code
/// pays nothing for its statistics, and a killed host loses two seconds of them.
/// </summary>
public sealed partial class QrCounters(Store store, ProjectCatalog projects, TimeProvider clock, ILogger<QrCounters> logger)
    : PeriodicWork(Period, clock)
{
    /// <summary>The signal's topic: counts of an environment moved.</summary>
    public const string Topic = "qr-counts";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private ConcurrentDictionary<Key, Tally> _waiting = new();

    public void CountShown(EnvironmentId environment, AppId app) => Interlocked.Increment(ref Of(environment, app, Clock.GetUtcNow()).Shown);

    /// <param name="before">The ticket as it was; null for one that was not found.</param>
    internal void CountDecision(ScanTicket? before, ScanResult result)
    {
        if (before is not { Purpose: TicketPurpose.App } ticket)
        {
            return;
        }

        switch (result)
        {
            case ScanResult.Open when ticket.Status == TicketStatus.Waiting:
                Interlocked.Increment(ref Of(ticket.EnvironmentId, ticket.AppId, ticket.CreatedAt).Scanned);
                break;
            case ScanResult.Confirmed:
                Interlocked.Increment(ref Of(ticket.EnvironmentId, ticket.AppId, ticket.CreatedAt).Confirmed);
                break;
            case ScanResult.Cancelled or ScanResult.NumberWrong:
                Interlocked.Increment(ref Of(ticket.EnvironmentId, ticket.AppId, ticket.CreatedAt).Cancelled);
                break;
            default:
                break; // Nothing moved.
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

    private Tally Of(EnvironmentId environment, AppId app, DateTimeOffset at) =>
        _waiting.GetOrAdd(new(environment, app, new(at.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero)), static _ => new());

    private static async Task<Outcome> AddAsync(ConsoleDb db, IReadOnlyList<KeyValuePair<Key, Tally>> tallies)
    {
        foreach (var (key, tally) in tallies)
        {
            var row = await db.Set<QrCount>().FirstOrDefaultAsync(c => c.Hour == key.Hour && c.AppId == key.App);
            if (row is null)
            {
                row = new() { EnvironmentId = key.Environment, Hour = key.Hour, AppId = key.App };
                db.Add(row);
            }

            row.Shown += Volatile.Read(ref tally.Shown);
            row.Scanned += Volatile.Read(ref tally.Scanned);
            row.Confirmed += Volatile.Read(ref tally.Confirmed);
            row.Cancelled += Volatile.Read(ref tally.Cancelled);
        }

        db.Signal(Topic);
        return Outcome.Done;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Counts of QR codes were not written; they are lost")]
    private partial void FlushFailed(Exception exception);

    private readonly record struct Key(EnvironmentId Environment, AppId App, DateTimeOffset Hour);

    private sealed class Tally
    {
        public int Shown;
        public int Scanned;
        public int Confirmed;
        public int Cancelled;
    }
}
