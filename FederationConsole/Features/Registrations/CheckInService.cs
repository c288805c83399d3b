using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Registrations;

/// <summary>What a desk is told of a code.</summary>
public abstract record CheckIn(OrderDetail Detail);

/// <summary>Let in by this very call.</summary>
public sealed record LetIn(OrderDetail Detail) : CheckIn(Detail);

/// <summary>Somebody with this code is in: since when and by whom the attendee says.</summary>
public sealed record InAlready(OrderDetail Detail) : CheckIn(Detail);

/// <summary>Of attendees whose order is paid.</summary>
public sealed record CheckInCount(int Paid, int CheckedIn);

/// <summary>
/// Check-in, of an environment that the caller has proved to be in; what administrators do goes through <see cref="RegistrationAdmin"/>.
/// </summary>
public sealed class CheckInService(Store store, OrderService orders)
{
    /// <summary>The signal's topic: somebody was let in; the id is the meeting's. All desks of all nodes count by it.</summary>
    public const string Topic = "check-ins";

    /// <summary>The event.</summary>
    public const string CheckedInEvent = "meeting.checked_in";

    /// <summary>One statement looks and takes: of two desks that scan one code at once, one lets in.</summary>
    private const string Enter = """
        UPDATE "Attendees" SET "CheckedInAt" = @p0, "CheckedInBy" = @p1
        WHERE "CheckinCode" = @p2 AND "EnvironmentId" = @p3 AND "CheckedInAt" IS NULL AND "EndedAt" IS NULL
        AND EXISTS (SELECT 1 FROM "Orders" o WHERE o."Id" = "OrderId" AND o."Status" = @p4) RETURNING "Id"
        """;

    private const int MaxName = 128;

    /// <summary>
    /// Faults: <see cref="FaultKind.NotFound"/> (also for a neighbour's code), <see cref="FaultKind.NotAllowedNow"/> for one that is not paid,
    /// is over, or is of another meeting than <paramref name="meeting"/>.
    /// </summary>
    /// <param name="meeting">The desk's; null: any of the environment.</param>
    public Task<Outcome<CheckIn>> EnterAsync(Actor actor, EnvironmentEntry environment, string code, MeetingEntry? meeting = null) =>
        IsCode(code.Trim()) ? store.WriteAsync(environment.Scope, db => EnterAsync(db, actor, environment, code.Trim(), meeting)) : Task.FromResult<Outcome<CheckIn>>(FaultKind.NotFound);

    public Task<CheckInCount> CountAsync(MeetingEntry meeting) => store.ReadAsync(meeting.Environment.Scope, async db =>
    {
        var paid = db.Set<Attendee>().Where(a => a.MeetingId == meeting.Meeting.Id && a.EndedAt == null)
            .Where(a => db.Set<Order>().Any(o => o.Id == a.OrderId && o.Status == OrderStatus.Paid));
        return new CheckInCount(await paid.CountAsync(), await paid.CountAsync(a => a.CheckedInAt != null));
    });

    /// <summary>What stands under a check-in code, wherever it is from: the code alone is what a ticket's holder has. <see cref="FaultKind.NotFound"/> else.</summary>
    public async Task<Outcome<OrderDetail>> TicketAsync(string code, IEnumerable<EnvironmentEntry> environments)
    {
        if (!IsCode(code))
        {
            return FaultKind.NotFound;
        }

        var at = await store.ReadAsync(Scope.Host, db => db.Set<Attendee>().IgnoreQueryFilters().Where(a => a.CheckinCode == code).Select(a => a.EnvironmentId).FirstOrDefaultAsync());
        return environments.FirstOrDefault(e => e.Id == at) is { } environment
            ? await store.ReadAsync(environment.Scope, db => DetailAsync(db, environment, code))
            : FaultKind.NotFound;
    }

    /// <summary>19 digits: nothing else is even looked for.</summary>
    public static bool IsCode(string code) => code.Length == 19 && code.All(char.IsAsciiDigit);

    private async Task<Outcome<CheckIn>> EnterAsync(ConsoleDb db, Actor actor, EnvironmentEntry environment, string code, MeetingEntry? meeting)
    {
        var found = await DetailAsync(db, environment, code);
        if (!found.Ok)
        {
            return found.Fault;
        }

        if (meeting is not null && meeting.Meeting.Id != found.Value.Meeting.Meeting.Id)
        {
            return new Fault(FaultKind.NotAllowedNow, null, RegistrationTexts.Say("OtherMeeting", found.Value.Meeting.Meeting.Name));
        }

        var by = actor.Name.Length > MaxName ? actor.Name[..MaxName] : actor.Name;
        var entered = await db.RunAsync(Enter, static row => row.GetInt64(0), db.Now.ToUnixTimeMilliseconds(), by, code, environment.Id.Value, (int)OrderStatus.Paid);
        // What stood before the update may be what another desk has just changed.
        var detail = (await DetailAsync(db, environment, code)).Value!;
        if (entered.Count == 0)
        {
            return detail.Attendee.CheckedInAt is not null && detail.Attendee.EndedAt is null ? new InAlready(detail)
                : new Fault(FaultKind.NotAllowedNow, null, RegistrationTexts.Get("NoEntry_" + detail.Order.Status));
        }

        db.Audit(actor, "attendee.checked_in", "order", detail.Order.Number);
        db.Publish(CheckedInEvent, detail.Attendee.UserId ?? default, RegistrationService.EventOf(detail.Meeting, detail.Order, detail.Attendee));
        db.Signal(Topic, detail.Meeting.Meeting.Id);
        return new LetIn(detail);
    }

    private async Task<Outcome<OrderDetail>> DetailAsync(ConsoleDb db, EnvironmentEntry environment, string code)
    {
        var found = await db.Set<Attendee>().AsNoTracking().Where(a => a.CheckinCode == code)
            .Join(db.Set<Order>().AsNoTracking(), a => a.OrderId, o => o.Id, (a, o) => new { Attendee = a, Order = o }).FirstOrDefaultAsync();
        return found is not null && orders.Meeting(environment, found.Order.MeetingId) is { } meeting ? new OrderDetail(found.Order, found.Attendee, meeting) : FaultKind.NotFound;
    }
}
