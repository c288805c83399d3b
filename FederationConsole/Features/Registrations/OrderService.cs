using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Registrations;

/// <summary>An order, who comes by it, and to what.</summary>
public sealed record OrderDetail(Order Order, Attendee Attendee, MeetingEntry Meeting);

/// <summary>
/// Orders once they are made, of an environment that the caller has proved to be in (an app's token, a ticket's code); what administrators
/// do goes through <see cref="RegistrationAdmin"/>. No payment gateway is connected: somebody says that an order was paid.
/// </summary>
public sealed class OrderService(Store store, MeetingCatalog meetings, TimeProvider clock)
{
    /// <summary>The event of an order that was paid, closed or cancelled.</summary>
    public const string ChangedEvent = "meeting.order_changed";

    /// <summary>By orderNo. Fault: <see cref="FaultKind.NotFound"/>, also for a neighbour's.</summary>
    public Task<Outcome<OrderDetail>> FindAsync(EnvironmentEntry environment, string number) =>
        store.ReadAsync(environment.Scope, db => FindAsync(db, environment, number));

    /// <summary>Faults: <see cref="FaultKind.NotFound"/>, <see cref="FaultKind.NotAllowedNow"/> where it does not wait for a payment.</summary>
    public Task<Outcome<OrderDetail>> PayAsync(Actor actor, EnvironmentEntry environment, string number) => ChangeAsync(environment, number, async (db, detail) =>
    {
        var now = Kept(db.Now);
        var paid = await db.Set<Order>().Where(o => o.Id == detail.Order.Id && o.Status == OrderStatus.PendingPayment)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Status, OrderStatus.Paid).SetProperty(o => o.PaidAt, now));
        if (paid == 0)
        {
            return new Fault(FaultKind.NotAllowedNow, null, RegistrationTexts.Get("NotWaiting"));
        }

        (detail.Order.Status, detail.Order.PaidAt) = (OrderStatus.Paid, now);
        await Notices.OweAsync(db, detail.Meeting.Meeting, detail.Attendee, MeetingMessageKind.Confirmation);
        Tell(db, actor, detail, "order.paid");
        return detail;
    });

    /// <summary>
    /// Gives all of it back. Faults: <see cref="FaultKind.NotFound"/>, <see cref="FaultKind.NotAllowedNow"/> where it is over already or its
    /// attendee was let in.
    /// </summary>
    public Task<Outcome<OrderDetail>> CancelAsync(Actor actor, EnvironmentEntry environment, string number) => ChangeAsync(environment, number, async (db, detail) =>
        detail.Attendee.CheckedInAt is not null ? new Fault(FaultKind.NotAllowedNow, null, RegistrationTexts.Get("CheckedInAlready"))
        : await EndAsync(db, actor, detail, OrderStatus.Cancelled) ? detail
        : new Fault(FaultKind.NotAllowedNow, null, RegistrationTexts.Get("OrderOver")));

    /// <summary>
    /// As part of the caller's write: closed or cancelled, its stock back, its attendee's mobile and e-mail free for another registration. Exactly
    /// once, whoever else tries: the order's own conditional update decides.
    /// </summary>
    internal static async Task<bool> EndAsync(ConsoleDb db, Actor actor, OrderDetail detail, OrderStatus status)
    {
        var (order, attendee, now) = (detail.Order, detail.Attendee, Kept(db.Now));
        var ended = await db.Set<Order>()
            .Where(o => o.Id == order.Id && (o.Status == OrderStatus.PendingPayment || (o.Status == OrderStatus.Paid && status == OrderStatus.Cancelled)))
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Status, status).SetProperty(o => o.EndedAt, now));
        if (ended == 0)
        {
            return false;
        }

        await Stock.GiveBackAsync(db, order, attendee.Agendas);
        await db.Set<Attendee>().Where(a => a.OrderId == order.Id).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.EndedAt, now).SetProperty(a => a.HeldMobile, (string?)null).SetProperty(a => a.HeldEmail, (string?)null));
        await Notices.DropAsync(db, attendee.Id);
        if (status == OrderStatus.Cancelled && order.Status == OrderStatus.Paid)
        {
            await Notices.OweAsync(db, detail.Meeting.Meeting, attendee, MeetingMessageKind.Cancellation);
        }

        (order.Status, order.EndedAt, attendee.EndedAt) = (status, now, now);
        Tell(db, actor, detail, status == OrderStatus.Cancelled ? "order.cancelled" : "order.closed");
        return true;
    }

    /// <summary>Whether the order waits for a payment that can still come; null when it does not wait.</summary>
    public TimeSpan? Waits(Order order) => order is { Status: OrderStatus.PendingPayment, ExpiresAt: { } until } ? TimeSpan.FromTicks(Math.Max(0, (until - clock.GetUtcNow()).Ticks)) : null;

    internal async Task<Outcome<OrderDetail>> FindAsync(ConsoleDb db, EnvironmentEntry environment, string number)
    {
        var found = await db.Set<Order>().AsNoTracking().Where(o => o.Number == number)
            .Join(db.Set<Attendee>().AsNoTracking(), o => o.Id, a => a.OrderId, (o, a) => new { Order = o, Attendee = a }).FirstOrDefaultAsync();
        return found is not null && Meeting(environment, found.Order.MeetingId) is { } meeting ? new OrderDetail(found.Order, found.Attendee, meeting) : FaultKind.NotFound;
    }

    internal MeetingEntry? Meeting(EnvironmentEntry environment, long id) => meetings.Of(environment.Id).FirstOrDefault(m => m.Meeting.Id == id);

    private Task<Outcome<OrderDetail>> ChangeAsync(EnvironmentEntry environment, string number, Func<ConsoleDb, OrderDetail, Task<Outcome<OrderDetail>>> change) =>
        store.WriteAsync(environment.Scope, async db =>
        {
            var found = await FindAsync(db, environment, number);
            return found.Ok ? await change(db, found.Value) : found;
        });

    /// <summary>To the millisecond, which is what the database keeps: the answer says what a later look does.</summary>
    private static DateTimeOffset Kept(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    private static void Tell(ConsoleDb db, Actor actor, OrderDetail detail, string action)
    {
        db.Audit(actor, action, "order", detail.Order.Number);
        db.Publish(ChangedEvent, detail.Attendee.UserId ?? default, RegistrationService.EventOf(detail.Meeting, detail.Order, detail.Attendee));
        db.Signal(RegistrationService.Topic, detail.Order.MeetingId);
    }
}
