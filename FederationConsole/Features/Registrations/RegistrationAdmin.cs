using FederationConsole.Features.Meetings;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;

namespace FederationConsole.Features.Registrations;

/// <summary>A page of a meeting's attendees.</summary>
/// <param name="Total">The field's value apart (<see cref="RegistrationReader.CountAsync"/>).</param>
public sealed record RegistrantPage(IReadOnlyList<Registrant> Rows, int Total);

/// <summary>
/// Orders, attendees and check-in as administrators have them. Names, mobiles and e-mails in full need <see cref="Role.Operator"/>; who may
/// only read sees them masked. Fault of all: <see cref="FaultKind.Forbidden"/>, <see cref="FaultKind.UnknownMeeting"/> for a meeting that is not of the environment.
/// </summary>
public sealed class RegistrationAdmin(
    ProjectCatalog projects, MeetingCatalog meetings, RegistrationService registrations, OrderService orders, CheckInService checkIns, RegistrationReader reader)
{
    /// <summary>See <see cref="RegistrationReader.PageAsync"/>.</summary>
    public async Task<Outcome<RegistrantPage>> ListAsync(
        Actor actor, EnvironmentId environment, string meeting, AttendeeQuery query, long? before, int take, CancellationToken cancellation = default)
    {
        var entry = Meeting(actor, Role.ReadOnly, environment, meeting);
        if (!entry.Ok)
        {
            return entry.Fault;
        }

        var rows = await reader.PageAsync(entry.Value, query, before, Math.Clamp(take, 1, AttendeeQuery.MaxPage), cancellation);
        return new RegistrantPage(Shown(actor, entry.Value.Environment, rows), await reader.CountAsync(entry.Value, query, cancellation));
    }

    /// <summary>Who was let in last, at any desk; the latest first.</summary>
    public async Task<Outcome<IReadOnlyList<Registrant>>> ArrivedAsync(Actor actor, EnvironmentId environment, string meeting, int take, CancellationToken cancellation = default)
    {
        var entry = Meeting(actor, Role.ReadOnly, environment, meeting);
        return entry.Ok ? Outcome.Of(Shown(actor, entry.Value.Environment, await reader.ArrivedAsync(entry.Value, take, cancellation))) : entry.Fault;
    }

    /// <summary>See <see cref="RegistrationReader.SearchAsync"/>. Fault: <see cref="FaultKind.Forbidden"/>.</summary>
    public async Task<Outcome<IReadOnlyList<OrderDetail>>> SearchAsync(Actor actor, EnvironmentId environment, string text, int take, CancellationToken cancellation = default)
    {
        var entry = projects.For(actor, Role.ReadOnly, environment);
        if (!entry.Ok)
        {
            return entry.Fault;
        }

        var known = meetings.Of(environment).ToDictionary(m => m.Meeting.Id);
        var rows = await reader.SearchAsync(entry.Value, [.. known.Keys], text, take, cancellation);
        return Outcome.Of<IReadOnlyList<OrderDetail>>([.. Shown(actor, entry.Value, rows).Where(r => known.ContainsKey(r.Order.MeetingId)).Select(r => new OrderDetail(r.Order, r.Attendee, known[r.Order.MeetingId]))]);
    }

    /// <summary>By order number. Fault: <see cref="FaultKind.NotFound"/>.</summary>
    public async Task<Outcome<OrderDetail>> FindAsync(Actor actor, EnvironmentId environment, string number)
    {
        var entry = projects.For(actor, Role.ReadOnly, environment);
        if (!entry.Ok)
        {
            return entry.Fault;
        }

        var found = await orders.FindAsync(entry.Value, number);
        return !found.Ok || MaySeeAll(actor, entry.Value) ? found
            : found.Value with { Order = Masked(found.Value.Order), Attendee = Masked(found.Value.Attendee) };
    }

    /// <summary>An administrator registers somebody. Faults: those of <see cref="RegistrationService.RegisterAsync"/>.</summary>
    public async Task<Outcome<Registration>> RegisterAsync(Actor actor, EnvironmentId environment, string meeting, RegistrationAsked asked, string idempotencyKey)
    {
        var entry = Meeting(actor, Role.Operator, environment, meeting);
        return entry.Ok ? await registrations.RegisterAsync(entry.Value, asked, OrderOrigin.Console, idempotencyKey) : entry.Fault;
    }

    /// <summary>线下收款. Faults: those of <see cref="OrderService.PayAsync"/>.</summary>
    public async Task<Outcome<OrderDetail>> PayAsync(Actor actor, EnvironmentId environment, string number)
    {
        var entry = projects.For(actor, Role.Operator, environment);
        return entry.Ok ? await orders.PayAsync(actor, entry.Value, number) : entry.Fault;
    }

    /// <summary>Faults: those of <see cref="OrderService.CancelAsync"/>.</summary>
    public async Task<Outcome<OrderDetail>> CancelAsync(Actor actor, EnvironmentId environment, string number)
    {
        var entry = projects.For(actor, Role.Operator, environment);
        return entry.Ok ? await orders.CancelAsync(actor, entry.Value, number) : entry.Fault;
    }

    /// <summary>At the desk of one meeting. Faults: those of <see cref="CheckInService.EnterAsync"/>.</summary>
    public async Task<Outcome<CheckIn>> CheckInAsync(Actor actor, EnvironmentId environment, string meeting, string code)
    {
        var entry = Meeting(actor, Role.Operator, environment, meeting);
        return entry.Ok ? await checkIns.EnterAsync(actor, entry.Value.Environment, code, entry.Value) : entry.Fault;
    }

    public async Task<Outcome<CheckInCount>> CountAsync(Actor actor, EnvironmentId environment, string meeting)
    {
        var entry = Meeting(actor, Role.ReadOnly, environment, meeting);
        return entry.Ok ? await checkIns.CountAsync(entry.Value) : entry.Fault;
    }

    private Outcome<MeetingEntry> Meeting(Actor actor, Role role, EnvironmentId environment, string key)
    {
        var entry = projects.For(actor, role, environment);
        return !entry.Ok ? entry.Fault
            : meetings.Find(key) is { } meeting && meeting.Environment.Id == environment ? meeting
            : FaultKind.UnknownMeeting;
    }

    private static IReadOnlyList<Registrant> Shown(Actor actor, EnvironmentEntry environment, IReadOnlyList<Registrant> rows) =>
        MaySeeAll(actor, environment) ? rows : [.. rows.Select(r => r with { Attendee = Masked(r.Attendee), Order = Masked(r.Order) })];

    private static bool MaySeeAll(Actor actor, EnvironmentEntry environment) => actor.May(Role.Operator, environment.ProjectId.Value);

    /// <summary>Neither a name to find nor a code to enter with.</summary>
    private static Attendee Masked(Attendee a) => new()
    {
        Id = a.Id, EnvironmentId = a.EnvironmentId, MeetingId = a.MeetingId, OrderId = a.OrderId, PublicId = a.PublicId, Type = a.Type, Name = Mask.Of(a.Name),
        Mobile = a.Mobile is null ? null : Mask.Of(a.Mobile), Email = a.Email is null ? null : Mask.Of(a.Email),
        Fields = a.Fields.ToDictionary(f => f.Key, f => Mask.Of(f.Value)), Agendas = a.Agendas, UserId = a.UserId, CheckinCode = "", CheckedInAt = a.CheckedInAt,
        CheckedInBy = a.CheckedInBy, EndedAt = a.EndedAt,
    };

    private static Order Masked(Order o) => o.Purchaser is null ? o : new()
    {
        Id = o.Id, EnvironmentId = o.EnvironmentId, MeetingId = o.MeetingId, PublicId = o.PublicId, Number = o.Number, Status = o.Status, AmountFen = o.AmountFen,
        Origin = o.Origin, Items = o.Items, InvitationCodeId = o.InvitationCodeId, CreatedAt = o.CreatedAt, ExpiresAt = o.ExpiresAt, PaidAt = o.PaidAt, EndedAt = o.EndedAt,
        Purchaser = new(o.Purchaser.Name is { } name ? Mask.Of(name) : null, o.Purchaser.Mobile is { } mobile ? Mask.Of(mobile) : null, o.Purchaser.Company),
    };
}
