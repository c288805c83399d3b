using System.Security.Cryptography;
using System.Text;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Meetings;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Registrations;

/// <summary>Registers people for meetings (seed 001, Register): by a call, by the page, by an administrator.</summary>
public sealed class RegistrationService(Store store, TimeProvider clock)
{
    /// <summary>The signal's topic: an order was made or changed; the id is the meeting's.</summary>
    public const string Topic = "registrations";

    /// <summary>The event.</summary>
    public const string RegisteredEvent = "meeting.registered";

    /// <summary>By its index each, which an OR over both would not promise.</summary>
    private const string Earlier = """
        SELECT "Id" FROM "Attendees" WHERE "MeetingId" = @p0 AND "HeldMobile" = @p1
        UNION ALL SELECT "Id" FROM "Attendees" WHERE "MeetingId" = @p0 AND "HeldEmail" = @p2
        """;

    /// <summary>
    /// One order with one attendee, or the one who has this mobile or e-mail in the meeting already. Faults, in this order:
    /// <see cref="FaultKind.RegistrationClosed"/>, <see cref="FaultKind.UnknownAttendeeType"/>, <see cref="FaultKind.Missing"/>,
    /// <see cref="FaultKind.Invalid"/> and <see cref="FaultKind.OptionUnknown"/> with the field's label, <see cref="FaultKind.ContactMissing"/>,
    /// <see cref="FaultKind.TicketUnknown"/>, <see cref="FaultKind.AgendaRefused"/>, <see cref="FaultKind.InvitationRefused"/>,
    /// <see cref="FaultKind.SoldOut"/> with the name of what is.
    /// </summary>
    /// <param name="idempotencyKey">For <see cref="RegisterKey.Life"/> the same call with the same key is answered the same; another call with it is <see cref="FaultKind.Invalid"/>.</param>
    public async Task<Outcome<Registration>> RegisterAsync(MeetingEntry meeting, RegistrationAsked asked, OrderOrigin origin, string? idempotencyKey = null)
    {
        if (idempotencyKey is { Length: 0 or > RegistrationAsked.MaxKey })
        {
            return new Fault(FaultKind.Invalid, KeyField, RegistrationTexts.Get("KeyLength"));
        }

        var repeat = idempotencyKey is null ? null : new Repeat(Sha(idempotencyKey), Sha(JsonColumn.Text(asked)));
        var plan = RegistrationPlan.Of(meeting, asked, clock.GetUtcNow());
        if (plan.Ok)
        {
            return await store.WriteAsync(meeting.Environment.Scope, db => TakeAsync(db, plan.Value, origin, repeat), meeting.Meeting.Id);
        }

        // A call that was answered yes is answered so again, though the same would be refused by now.
        return repeat is not null && await store.ReadAsync(meeting.Environment.Scope, db => RepeatedAsync(db, meeting.Meeting.Id, repeat)) is { Ok: true, Value: { } answered }
            ? answered
            : plan.Fault;
    }

    internal const string KeyField = "Idempotency-Key";

    private static async Task<Outcome<Registration>> TakeAsync(ConsoleDb db, RegistrationPlan plan, OrderOrigin origin, Repeat? repeat)
    {
        var meeting = plan.Meeting.Meeting;
        if (repeat is not null && await RepeatedAsync(db, meeting.Id, repeat) is { } repeated)
        {
            return repeated;
        }

        var (mobile, email) = (plan.Form.Mobile, plan.Form.Email);
        if (await db.RunAsync(Earlier, static row => row.GetInt64(0), meeting.Id, mobile ?? "", email ?? "") is [var earlier, ..])
        {
            var (order, attendee) = await LoadAsync(db, a => a.Id == earlier);
            return new Existing(order, attendee);
        }

        var taken = await Stock.TakeAsync(db, plan);
        return taken.Ok ? await InsertAsync(db, plan, taken.Value, origin, repeat) : taken.Fault;
    }

    private static async Task<Registered> InsertAsync(ConsoleDb db, RegistrationPlan plan, long invitation, OrderOrigin origin, Repeat? repeat)
    {
        var (meeting, now, key) = (plan.Meeting.Meeting, db.Now, db.NextId());
        var paid = plan.AmountFen == 0;
        var order = new Order
        {
            Id = key,
            MeetingId = meeting.Id,
            PublicId = db.NextGuid(),
            Number = Order.NumberOf(key),
            Status = paid ? OrderStatus.Paid : OrderStatus.PendingPayment,
            AmountFen = plan.AmountFen,
            Origin = origin,
            Purchaser = plan.Purchaser,
            Items = [.. plan.Tickets.Select(t => new OrderItem(t.Ticket.Key, t.Ticket.Name, t.Ticket.PriceFen, t.Quantity))],
            InvitationCodeId = invitation == 0 ? null : invitation,
            CreatedAt = now,
            ExpiresAt = paid ? null : now + Order.PaymentTime,
            PaidAt = paid ? now : null,
        };
        var attendee = new Attendee
        {
            Id = db.NextId(),
            MeetingId = meeting.Id,
            OrderId = key,
            PublicId = db.NextGuid(),
            Type = plan.Type.Key,
            Name = plan.Form.Name,
            Mobile = plan.Form.Mobile,
            Email = plan.Form.Email,
            HeldMobile = plan.Form.Mobile,
            HeldEmail = plan.Form.Email,
            Fields = plan.Form.Fields,
            Agendas = [.. plan.Agendas.Select(a => a.Key)],
            UserId = await UserContacts.FindVerifiedAsync(db, plan.Form.Mobile, plan.Form.Email),
            CheckinCode = NewCheckinCode(),
        };
        await db.InsertAsync(order);
        await db.InsertAsync(attendee);
        if (repeat is not null)
        {
            // One whose time is over, and which the hourly sweep has not met yet.
            await db.Set<RegisterKey>().Where(k => k.MeetingId == meeting.Id && k.Hash == repeat.Key).ExecuteDeleteAsync();
            await db.InsertAsync(new RegisterKey { Id = db.NextId(), MeetingId = meeting.Id, Hash = repeat.Key, Request = repeat.Request, OrderId = key, ExpiresAt = now + RegisterKey.Life });
        }

        if (paid)
        {
            await Notices.OweAsync(db, meeting, attendee, MeetingMessageKind.Confirmation);
        }

        db.Publish(RegisteredEvent, attendee.UserId ?? default, EventOf(plan.Meeting, order, attendee));
        db.Signal(Topic, meeting.Id);
        return new(order, attendee);
    }

    /// <summary>Never personal data: a receiver asks for the order by its number.</summary>
    internal static string EventOf(MeetingEntry meeting, Order order, Attendee attendee) => JsonColumn.Text(new
    {
        bvent_id = meeting.Meeting.Key, order_no = order.Number, order_status = order.Status.ToString(), attendee_id = attendee.PublicId, attendee_type_id = attendee.Type,
    });

    /// <summary>An order of the scope with its attendee.</summary>
    internal static async Task<(Order Order, Attendee Attendee)> LoadAsync(ConsoleDb db, System.Linq.Expressions.Expression<Func<Attendee, bool>> which)
    {
        var found = await db.Set<Attendee>().AsNoTracking().Where(which).Join(db.Set<Order>(), a => a.OrderId, o => o.Id, (a, o) => new { Attendee = a, Order = o }).SingleAsync();
        return (found.Order, found.Attendee);
    }

    /// <summary>Null where the key was not used before, or longer ago than counts.</summary>
    private static async Task<Outcome<Registration>?> RepeatedAsync(ConsoleDb db, long meeting, Repeat repeat)
    {
        var now = db.Now;
        if (await db.Set<RegisterKey>().AsNoTracking().FirstOrDefaultAsync(k => k.MeetingId == meeting && k.Hash == repeat.Key && k.ExpiresAt > now) is not { } known)
        {
            return null;
        }

        if (!known.Request.AsSpan().SequenceEqual(repeat.Request))
        {
            return new Fault(FaultKind.Invalid, KeyField, RegistrationTexts.Get("KeyOfAnother"));
        }

        var (order, attendee) = await LoadAsync(db, a => a.OrderId == known.OrderId);
        return new Registered(order, attendee);
    }

    private static string NewCheckinCode() => RandomNumberGenerator.GetString("123456789", 1) + RandomNumberGenerator.GetString("0123456789", 18);

    private static byte[] Sha(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private sealed record Repeat(byte[] Key, byte[] Request);
}
