using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Events;

/// <summary>What the list asks for; null for all.</summary>
/// <param name="Before">Deliveries older than this key; null for the newest.</param>
public sealed record DeliveryFilter(string? Type = null, DeliveryState? State = null, long? Receiver = null, UserId? User = null, long? Before = null);

/// <param name="Receiver">Its address; null when it was deleted: then what waits is never sent.</param>
/// <param name="At">When the event happened.</param>
/// <param name="DueAt">While it waits: when the next try is due.</param>
public sealed record DeliveryRow(
    long Id, long EventId, string Type, UserId UserId, long ReceiverId, string? Receiver, DateTimeOffset At, DeliveryState State, int Tries, int? Status, DateTimeOffset DueAt);

/// <param name="Older">The key to ask before for the next page; null on the last one.</param>
public sealed record DeliveryPage(IReadOnlyList<DeliveryRow> Rows, long? Older);

/// <param name="Body">As it is posted.</param>
/// <param name="Tries">The newest first.</param>
public sealed record DeliveryCard(DeliveryRow Delivery, string Body, IReadOnlyList<EventTry> Tries);

/// <summary>Finds deliveries for the console, and sends them again.</summary>
public sealed class DeliveryService(Store store, ProjectCatalog projects)
{
    public const int PageSize = 50;

    public async Task<Outcome<DeliveryPage>> FindAsync(Actor actor, EnvironmentId id, DeliveryFilter filter, CancellationToken cancellation = default)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var rows = await store.ReadAsync(environment.Value.Scope, db =>
            Rows(db, Narrow(db.Set<EventDelivery>(), filter).OrderByDescending(d => d.Id).Take(PageSize + 1)).ToListAsync(cancellation));
        return rows.Count > PageSize ? new DeliveryPage(rows[..PageSize], rows[PageSize - 1].Id) : new DeliveryPage(rows, null);
    }

    public async Task<Outcome<DeliveryCard>> GetAsync(Actor actor, EnvironmentId id, long delivery, CancellationToken cancellation = default)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return await store.ReadAsync<Outcome<DeliveryCard>>(environment.Value.Scope, async db =>
        {
            if (await Rows(db, db.Set<EventDelivery>().Where(d => d.Id == delivery)).FirstOrDefaultAsync(cancellation) is not { } row)
            {
                return FaultKind.NotFound;
            }

            var happened = await db.Set<OutboxEvent>().FirstAsync(e => e.Id == row.EventId, cancellation);
            var tries = await db.Set<EventTry>().Where(t => t.DeliveryId == delivery).OrderByDescending(t => t.Id).ToListAsync(cancellation);
            return new DeliveryCard(row, System.Text.Encoding.UTF8.GetString(EventBody.Of(happened, environment.Value)), tries);
        });
    }

    /// <summary>
    /// One more try at once, of a delivery that was given up, waits, or went through. If it fails, one that was given up or through is
    /// given up again, so that it does not hold the user's later events back for a day. Faults: the receiver is deleted or off.
    /// </summary>
    public async Task<Outcome> ResendAsync(Actor actor, EnvironmentId id, long delivery)
    {
        var environment = projects.For(actor, Role.Operator, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return await store.WriteAsync<Outcome>(environment.Value.Scope, async db =>
        {
            if (await db.Set<EventDelivery>().FirstOrDefaultAsync(d => d.Id == delivery) is not { } row)
            {
                return FaultKind.NotFound;
            }

            if (!await db.Set<EventReceiver>().AnyAsync(r => r.Id == row.ReceiverId && r.Enabled))
            {
                return FaultKind.NotAllowedNow;
            }

            row.Step = row.State == DeliveryState.Waiting ? row.Step : RetrySchedule.LastStep;
            (row.State, row.DueAt) = (DeliveryState.Waiting, db.Now);
            db.Audit(actor, "event.resent", "event", EventBody.Id(row.EventId));
            db.Signal(DeliveryQueue.DueTopic, row.ReceiverId);
            return Outcome.Done;
        });
    }

    private static IQueryable<EventDelivery> Narrow(IQueryable<EventDelivery> all, DeliveryFilter filter)
    {
        all = filter.Before is { } before ? all.Where(d => d.Id < before) : all;
        all = filter.Type is { } type ? all.Where(d => d.Type == type) : all;
        all = filter.Receiver is { } receiver ? all.Where(d => d.ReceiverId == receiver) : all;
        all = filter.User is { } user ? all.Where(d => d.UserId == user) : all;
        // Constants and not a parameter: an index that holds one state alone is used only where the query names it.
        return filter.State switch
        {
            DeliveryState.Waiting => all.Where(d => d.State == DeliveryState.Waiting),
            DeliveryState.Parked => all.Where(d => d.State == DeliveryState.Parked),
            DeliveryState.Delivered => all.Where(d => d.State == DeliveryState.Delivered),
            null => all,
        };
    }

    /// <summary>The newest first.</summary>
    private static IQueryable<DeliveryRow> Rows(ConsoleDb db, IQueryable<EventDelivery> deliveries) =>
        from d in deliveries
        join e in db.Set<OutboxEvent>() on d.EventId equals e.Id
        from r in db.Set<EventReceiver>().Where(r => r.Id == d.ReceiverId).DefaultIfEmpty()
        orderby d.Id descending
        select new DeliveryRow(d.Id, d.EventId, d.Type, d.UserId, d.ReceiverId, r == null ? null : r.Url, e.At, d.State, d.Tries, d.Status, d.DueAt);
}
