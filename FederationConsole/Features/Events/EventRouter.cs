using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Events;

/// <summary>
/// Makes deliveries of events, outside of the writes that made the events: a login pays for one row at most, however many receivers
/// there are. Finds its work by what is not routed yet and not by a mark of how far it got: rows of PostgreSQL become visible in
/// another order than that of their keys.
/// </summary>
internal sealed class EventRouter(Store store, ReceiverCatalog receivers)
{
    private const int Batch = 200;

    /// <summary>Routes all that waits in an environment.</summary>
    /// <returns>The receivers that were given something.</returns>
    public async Task<IReadOnlySet<long>> RouteAsync(EnvironmentId environment)
    {
        var given = new HashSet<long>();
        while (receivers.Of(environment).ToList() is { Count: > 0 } wanting && await RouteBatchAsync(wanting, given) == Batch)
        {
            // A full batch: there may be more.
        }

        return given;
    }

    private async Task<int> RouteBatchAsync(List<ReceiverEntry> wanting, HashSet<long> given)
    {
        var (scope, since) = (wanting[0].Environment.Scope, wanting.Min(r => r.Since));
        if (!await store.ReadAsync(scope, db => Unrouted(db, since).AnyAsync()))
        {
            return 0;
        }

        var (routed, told) = await store.WriteAsync(scope, async db =>
        {
            var told = new HashSet<long>();
            var events = await Unrouted(db, since).OrderBy(e => e.Id).Take(Batch).Select(e => new { e.Id, e.Type, e.UserId }).ToListAsync();
            foreach (var happened in events)
            {
                foreach (var receiver in wanting.Where(r => happened.Id > r.Since && EventPattern.Wants(r.Events, happened.Type)))
                {
                    db.Add(New(db, receiver.Id, happened.Id, happened.Type, happened.UserId));
                    told.Add(receiver.Id);
                }
            }

            var (ids, now) = (events.ConvertAll(e => e.Id), db.Now);
            await db.Set<OutboxEvent>().Where(e => ids.Contains(e.Id)).ExecuteUpdateAsync(set => set.SetProperty(e => e.RoutedAt, now));
            return (events.Count, told);
        });
        given.UnionWith(told);
        return routed;
    }

    /// <summary>Due at once.</summary>
    public static EventDelivery New(ConsoleDb db, long receiver, long happened, string type, UserId user) =>
        new() { Id = db.NextId(), ReceiverId = receiver, EventId = happened, Type = type, UserId = user, DueAt = db.Now };

    private static IQueryable<OutboxEvent> Unrouted(ConsoleDb db, long since) => db.Set<OutboxEvent>().Where(e => e.RoutedAt == null && e.Id > since);
}
