using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FederationConsole.Features.Events;

/// <summary>
/// Forgets events, deliveries and tries after <see cref="EventOptions.KeepDays"/>, in small writes, so that no login waits behind a big one.
/// </summary>
internal sealed partial class EventCleaner(Store store, IOptions<EventOptions> options, TimeProvider clock, ILogger<EventCleaner> logger)
    : PeriodicWork(Period, clock)
{
    private const int Batch = 500;

    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    public async Task CleanAsync(CancellationToken stop)
    {
        // Keys rise with time: a span of time is a span of the keys.
        var floor = Ids.Floor(Clock.GetUtcNow() - TimeSpan.FromDays(options.Value.KeepDays));
        while (!stop.IsCancellationRequested && await DeleteAsync<EventDelivery>(all => all.Where(d => d.EventId < floor).OrderBy(d => d.EventId)) == Batch)
        {
            // Their tries go with them; the events after them, since a delivery without its event could not be sent.
        }

        while (!stop.IsCancellationRequested && await DeleteAsync<OutboxEvent>(all => all.Where(e => e.Id < floor).OrderBy(e => e.Id)) == Batch)
        {
        }
    }

    protected override Task RoundAsync(CancellationToken stop) => CleanAsync(stop);

    // The next hour tries again.
    protected override void RoundFailed(Exception exception) => CleaningFailed(exception);

    /// <summary>Of every environment: retention is the host's.</summary>
    private Task<int> DeleteAsync<T>(Func<IQueryable<T>, IQueryable<T>> old)
        where T : class => store.WriteAsync(Scope.Host, db => old(db.Set<T>().IgnoreQueryFilters()).Take(Batch).ExecuteDeleteAsync());

    [LoggerMessage(Level = LogLevel.Error, Message = "Old events were not forgotten; the next hour tries again")]
    private partial void CleaningFailed(Exception exception);
}
