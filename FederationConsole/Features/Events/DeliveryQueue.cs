using FederationConsole.Data;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Events;

/// <summary>A delivery that this node holds until its lease is over.</summary>
internal sealed record ClaimedDelivery(long Id, long ClaimId, OutboxEvent Event);

/// <param name="Next">Nothing to claim: when there may be something, if nobody rings before.</param>
internal sealed record Claim(IReadOnlyList<ClaimedDelivery> Deliveries, DateTimeOffset? Next);

/// <summary>The queue of each receiver, in the database: claimed in batches, by one node at a time, and in order for each user.</summary>
internal sealed class DeliveryQueue(Store store, TimeProvider clock)
{
    /// <summary>The signal's topic: a delivery of the environment went on; the id is the delivery's.</summary>
    public const string Topic = Signal.LocalPrefix + "deliveries";

    /// <summary>The signal's topic: something was put back into the queue of the receiver whose id this is.</summary>
    public const string DueTopic = Signal.LocalPrefix + "delivery-due";

    /// <summary>Deliveries to one receiver under way at once, at most.</summary>
    public const int Batch = 16;

    /// <summary>A call takes five seconds at most; what a dead node held is free after this.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    public async Task<Claim> ClaimAsync(ReceiverEntry receiver)
    {
        var (scope, id, now) = (receiver.Environment.Scope, receiver.Id, clock.GetUtcNow());
        // A look first: an idle receiver costs no write.
        if (await store.ReadAsync(scope, db => Due(db, id, now).AnyAsync()))
        {
            var claimed = await store.WriteAsync(scope, db => TakeAsync(db, id));
            if (claimed.Count > 0)
            {
                return new(claimed, null);
            }
        }

        // What is due but stands behind another of its user goes when that one does, which is due later or held by another node.
        return new([], await store.ReadAsync(scope, db => db.Set<EventDelivery>()
            .Where(d => d.ReceiverId == id && d.State == DeliveryState.Waiting && d.DueAt > now).MinAsync(d => (DateTimeOffset?)d.DueAt)));
    }

    /// <summary>Writes what came of a try, unless another node has taken the delivery over meanwhile.</summary>
    public Task RecordAsync(ReceiverEntry receiver, ClaimedDelivery claimed, OutboundResult result, DateTimeOffset at) =>
        store.WriteAsync(receiver.Environment.Scope, async db =>
        {
            if (await HeldAsync(db, claimed) is not { } delivery)
            {
                return Outcome.Done;
            }

            var answer = result as OutboundResult.Answered;
            db.Add(new EventTry
            {
                Id = db.NextId(),
                DeliveryId = delivery.Id,
                At = at,
                Milliseconds = (int)result.Elapsed.TotalMilliseconds,
                Status = answer?.Status,
                Failure = (result as OutboundResult.Failed)?.Reason.ToString(),
                Excerpt = answer is null ? null : AnswerExcerpt.Of(answer, receiver.Secret),
            });
            delivery.Tries++;
            delivery.Status = answer?.Status;
            if (answer is { Status: >= 200 and < 300 })
            {
                delivery.State = DeliveryState.Delivered;
            }
            else if (RetrySchedule.After(delivery.Step) is { } wait)
            {
                delivery.Step++;
                delivery.DueAt = db.Now + wait;
            }
            else
            {
                delivery.State = DeliveryState.Parked;
            }

            db.Signal(Topic, delivery.Id);
            return Outcome.Done;
        });

    /// <summary>Gives a delivery back that was not tried: it counts as no try.</summary>
    public Task ReleaseAsync(ReceiverEntry receiver, ClaimedDelivery claimed, DateTimeOffset until) =>
        store.WriteAsync(receiver.Environment.Scope, async db =>
        {
            if (await HeldAsync(db, claimed) is { } delivery)
            {
                delivery.DueAt = until;
            }

            return Outcome.Done;
        });

    private static async Task<List<ClaimedDelivery>> TakeAsync(ConsoleDb db, long receiver)
    {
        var now = db.Now;
        var due = await Due(db, receiver, now).OrderBy(d => d.DueAt).ThenBy(d => d.EventId).Take(Batch).ToListAsync();
        var ids = due.ConvertAll(d => d.EventId);
        var events = await db.Set<OutboxEvent>().AsNoTracking().Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id);
        var claim = db.NextId();
        foreach (var delivery in due)
        {
            (delivery.ClaimId, delivery.DueAt) = (claim, now + Lease);
        }

        return due.ConvertAll(d => new ClaimedDelivery(d.Id, claim, events[d.EventId]));
    }

    /// <summary>The first of each user that waits, if its time has come. What concerns no user has no order.</summary>
    private static IQueryable<EventDelivery> Due(ConsoleDb db, long receiver, DateTimeOffset now) => db.Set<EventDelivery>()
        .Where(d => d.ReceiverId == receiver && d.State == DeliveryState.Waiting && d.DueAt <= now)
        .Where(d => d.UserId == default(UserId) || !db.Set<EventDelivery>().Any(
            b => b.ReceiverId == receiver && b.State == DeliveryState.Waiting && b.UserId == d.UserId && b.EventId < d.EventId));

    private static Task<EventDelivery?> HeldAsync(ConsoleDb db, ClaimedDelivery claimed) => db.Set<EventDelivery>()
        .FirstOrDefaultAsync(d => d.Id == claimed.Id && d.ClaimId == claimed.ClaimId && d.State == DeliveryState.Waiting);
}
