using FederationConsole.Data;
using FederationConsole.Features.AppTokens;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.JointLogin;

/// <summary>
/// Forgets codes after 31 days, when the sessions that they became are over at the default policy, and families of app tokens whose last
/// one is over; in small writes, so that no login waits behind a big one.
/// </summary>
internal sealed partial class JointLoginCleaner(Store store, AppTokenService tokens, TimeProvider clock, ILogger<JointLoginCleaner> logger)
    : PeriodicWork(Period, clock)
{
    private const int Batch = 500;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(31);
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    public async Task CleanAsync(CancellationToken stop)
    {
        // Keys rise with time: a span of time is a span of the keys.
        var floor = Ids.Floor(Clock.GetUtcNow() - Kept);
        while (!stop.IsCancellationRequested && await DeleteAsync(floor) == Batch)
        {
        }

        while (!stop.IsCancellationRequested && await tokens.ForgetAsync(Batch) == Batch)
        {
        }
    }

    protected override Task RoundAsync(CancellationToken stop) => CleanAsync(stop);

    // The next hour tries again.
    protected override void RoundFailed(Exception exception) => CleaningFailed(exception);

    /// <summary>Of every environment: retention is the host's.</summary>
    private Task<int> DeleteAsync(long floor) => store.WriteAsync(Scope.Host, db =>
        db.Set<JointCode>().IgnoreQueryFilters().Where(c => c.Id < floor).OrderBy(c => c.Id).Take(Batch).ExecuteDeleteAsync());

    [LoggerMessage(Level = LogLevel.Error, Message = "Old login codes were not forgotten; the next hour tries again")]
    private partial void CleaningFailed(Exception exception);
}
