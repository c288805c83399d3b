using FederationConsole.Data;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.VendorAccounts;

/// <summary>Forgets vendors' refresh tokens whose session ended or can be renewed no longer: they are good for nothing but theft. In small writes.</summary>
internal sealed partial class VendorGrantCleaner(Store store, TimeProvider clock, ILogger<VendorGrantCleaner> logger)
    : PeriodicWork(Period, clock)
{
    private const int Batch = 500;

    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <returns>How many.</returns>
    public async Task<int> CleanAsync(CancellationToken stop)
    {
        var all = 0;
        for (var last = Batch; last == Batch && !stop.IsCancellationRequested; all += last)
        {
            // Looked for outside the write, so that nobody waits behind the search. Of every environment: retention is the host's.
            var over = await store.ReadAsync(Scope.Host, db =>
            {
                var now = db.Now;
                return db.Set<VendorGrant>().IgnoreQueryFilters()
                    .Join(db.Set<Session>(), g => g.SessionId, s => s.Id, (g, s) => s)
                    .Where(s => s.EndedAt != null || s.RefreshExpiresAt <= now)
                    .Select(s => s.Id).Take(Batch).ToListAsync(stop);
            });
            last = over.Count == 0 ? 0 : await store.WriteAsync(Scope.Host, db => db.Set<VendorGrant>().IgnoreQueryFilters().Where(g => over.Contains(g.SessionId)).ExecuteDeleteAsync());
        }

        return all;
    }

    protected override Task RoundAsync(CancellationToken stop) => CleanAsync(stop);

    // The next hour tries again.
    protected override void RoundFailed(Exception exception) => CleaningFailed(exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Vendors' old refresh tokens were not forgotten; the next hour tries again")]
    private partial void CleaningFailed(Exception exception);
}
