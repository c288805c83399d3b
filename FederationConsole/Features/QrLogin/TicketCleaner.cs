using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.QrLogin;

/// <summary>
/// Forgets tickets after two days, in small writes, so that no login waits behind a big one. Until then a second use of an
/// auth_code is known for what it is, and so is an access token that came by a scan (24 hours at most).
/// </summary>
internal sealed partial class TicketCleaner(Store store, TimeProvider clock, ILogger<TicketCleaner> logger)
    : PeriodicWork(Period, clock)
{
    private const int Batch = 500;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    public async Task CleanAsync(CancellationToken stop)
    {
        // Keys rise with time: a span of time is a span of the keys.
        var floor = Ids.Floor(Clock.GetUtcNow() - Kept);
        while (!stop.IsCancellationRequested && await DeleteAsync(floor) == Batch)
        {
        }
    }

    protected override Task RoundAsync(CancellationToken stop) => CleanAsync(stop);

    // The next hour tries again.
    protected override void RoundFailed(Exception exception) => CleaningFailed(exception);

    /// <summary>Of every environment: retention is the host's.</summary>
    private Task<int> DeleteAsync(long floor) => store.WriteAsync(Scope.Host, db =>
        db.Set<ScanTicket>().IgnoreQueryFilters().Where(t => t.Id < floor).OrderBy(t => t.Id).Take(Batch).ExecuteDeleteAsync());

    [LoggerMessage(Level = LogLevel.Error, Message = "Old tickets were not forgotten; the next hour tries again")]
    private partial void CleaningFailed(Exception exception);
}
