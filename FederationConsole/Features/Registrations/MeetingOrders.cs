using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Registrations;

/// <summary>Orders that end without anybody's asking for each: unpaid ones, and those of a meeting that was called off.</summary>
public sealed class MeetingOrders(Store store, ProjectCatalog projects, MeetingCatalog meetings, TimeProvider clock)
{
    private const int Batch = 50;

    /// <summary>
    /// After a meeting was called off: cancels its orders, those who were let in included, and owes each attendee the message. In small writes,
    /// so that no registration elsewhere waits behind a big one; what was done stays done, and a second run goes on. Faults:
    /// <see cref="FaultKind.Forbidden"/>, <see cref="FaultKind.UnknownMeeting"/>, <see cref="FaultKind.NotAllowedNow"/> where the meeting stands.
    /// </summary>
    /// <param name="progress">Told how many were cancelled so far.</param>
    /// <returns>How many were.</returns>
    public async Task<Outcome<int>> CancelMeetingAsync(Actor actor, EnvironmentId id, string meeting, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var environment = projects.For(actor, Role.Manager, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        if (meetings.Find(meeting) is not { } entry || entry.Environment.Id != id)
        {
            return FaultKind.UnknownMeeting;
        }

        return entry.Meeting.CancelledAt is null ? FaultKind.NotAllowedNow : await CancelAllAsync(actor, entry, progress, cancellation);
    }

    internal async Task<int> CancelAllAsync(Actor actor, MeetingEntry meeting, IProgress<int>? progress, CancellationToken cancellation)
    {
        var total = 0;
        int found;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            found = await EndAsync(actor, meeting, OrderStatus.Cancelled, o => o.Status == OrderStatus.PendingPayment || o.Status == OrderStatus.Paid);
            progress?.Report(total += found);
        }
        while (found == Batch);
        return total;
    }

    /// <summary>Closes what was not paid in time, on all environments.</summary>
    public async Task CloseUnpaidAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var due = await store.ReadAsync(Scope.Host, db => db.Set<Order>().IgnoreQueryFilters()
            .Where(o => o.Status == OrderStatus.PendingPayment && o.ExpiresAt <= now).Select(o => o.MeetingId).Distinct().ToListAsync(cancellation));
        foreach (var meeting in meetings.All.Where(m => due.Contains(m.Meeting.Id)))
        {
            while (!cancellation.IsCancellationRequested
                && await EndAsync(Actor.Host, meeting, OrderStatus.Closed, o => o.Status == OrderStatus.PendingPayment && o.ExpiresAt <= now) == Batch)
            {
            }
        }
    }

    /// <summary>One batch. Asked for inside the write: what was paid a moment ago is none of it.</summary>
    private Task<int> EndAsync(Actor actor, MeetingEntry meeting, OrderStatus status, System.Linq.Expressions.Expression<Func<Order, bool>> which) =>
        store.WriteAsync(meeting.Environment.Scope, async db =>
        {
            var orders = await db.Set<Order>().AsNoTracking().Where(o => o.MeetingId == meeting.Meeting.Id).Where(which).OrderBy(o => o.Id).Take(Batch)
                .Join(db.Set<Attendee>().AsNoTracking(), o => o.Id, a => a.OrderId, (o, a) => new { Order = o, Attendee = a }).ToListAsync();
            foreach (var order in orders)
            {
                await OrderService.EndAsync(db, actor, new(order.Order, order.Attendee, meeting), status);
            }

            return orders.Count;
        }, meeting.Meeting.Id);
}
