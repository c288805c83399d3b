using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;

namespace FederationConsole.Features.Registrations;

/// <summary>Orders or attendees of a meeting as a file: what the page's filters find, written as it is read, the newest first.</summary>
public sealed class RegistrationExport(Store store, ProjectCatalog projects, MeetingCatalog meetings, RegistrationReader reader)
{
    private const int Page = 1000;

    private static readonly string[] OrderColumns =
    [
        "order_no", "order_id", "status", "amount_yuan", "tickets", "origin", "created_at", "paid_at", "ended_at", "attendee", "mobile", "email",
        "purchaser", "purchaser_mobile", "purchaser_company",
    ];

    private static readonly string[] AttendeeColumns =
    [
        "attendee_id", "attendee_type", "name", "mobile", "email", "order_no", "order_status", "tickets", "agendas", "checkin_code", "checked_in_at", "checked_in_by",
        "registered_at", "user_id",
    ];

    /// <summary>Times in UTC. In full, so it needs <see cref="Role.Operator"/> and leaves an audit line. Faults: <see cref="FaultKind.Forbidden"/>, <see cref="FaultKind.UnknownMeeting"/>.</summary>
    public Task<Outcome> WriteOrdersAsync(Actor actor, EnvironmentId id, string meeting, AttendeeQuery query, Stream to, CancellationToken cancellation) =>
        WriteAsync(actor, id, meeting, "orders.exported", _ => OrderColumns, (_, row) => Line(row.Order, row.Attendee), query, to, cancellation);

    /// <summary>The same, each field of the forms a column behind the fixed ones: its name on the wire, options by their labels.</summary>
    public Task<Outcome> WriteAttendeesAsync(Actor actor, EnvironmentId id, string meeting, AttendeeQuery query, Stream to, CancellationToken cancellation) =>
        WriteAsync(
            actor, id, meeting, "attendees.exported", entry => [.. AttendeeColumns, .. AttendeeFields.Of(entry).Select(f => "fields." + f.Name)],
            (entry, row) => [.. Line(entry, row), .. AttendeeFields.Of(entry).Select(f => SafeCsv.Plain(AttendeeFields.Shown(entry, row.Attendee, f.Name)))], query, to, cancellation);

    private async Task<Outcome> WriteAsync(
        Actor actor, EnvironmentId id, string key, string action, Func<MeetingEntry, string[]> columns, Func<MeetingEntry, Registrant, string?[]> line, AttendeeQuery query, Stream to,
        CancellationToken cancellation)
    {
        var environment = projects.For(actor, Role.Operator, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        if (meetings.Find(key) is not { } meeting || meeting.Environment.Id != id)
        {
            return FaultKind.UnknownMeeting;
        }

        await store.WriteAsync(environment.Value.Scope, db =>
        {
            db.Audit(actor, action, "meeting", key);
            return Task.FromResult(Outcome.Done);
        });
        await using var csv = SafeCsv.Open(to, columns(meeting));
        long? before = null;
        do
        {
            var rows = await reader.PageAsync(meeting, query, before, Page, cancellation);
            foreach (var row in rows)
            {
                await csv.WriteRecordAsync(line(meeting, row), cancellation);
            }

            await csv.FlushAsync(cancellation);
            before = rows.Count == Page ? rows[^1].Attendee.Id : null;
        }
        while (before is not null);
        return Outcome.Done;
    }

    private static string?[] Line(Order order, Attendee attendee) =>
    [
        SafeCsv.Digits(order.Number), order.PublicId.ToString(), order.Status.ToString(), (order.AmountFen / 100m).ToString("0.00", CultureInfo.InvariantCulture), Tickets(order), order.Origin.ToString(),
        Time(order.CreatedAt), Time(order.PaidAt), Time(order.EndedAt), SafeCsv.Plain(attendee.Name), attendee.Mobile, attendee.Email,
        SafeCsv.Plain(order.Purchaser?.Name), order.Purchaser?.Mobile, SafeCsv.Plain(order.Purchaser?.Company),
    ];

    private static string?[] Line(MeetingEntry meeting, Registrant row) =>
    [
        row.Attendee.PublicId.ToString(), meeting.Type(row.Attendee.Type)?.Name ?? row.Attendee.Type, SafeCsv.Plain(row.Attendee.Name), row.Attendee.Mobile, row.Attendee.Email,
        SafeCsv.Digits(row.Order.Number), row.Order.Status.ToString(), Tickets(row.Order), string.Join(" · ", row.Attendee.Agendas.Select(key => meeting.Agenda(key)?.Name ?? key)), SafeCsv.Digits(row.Attendee.CheckinCode),
        Time(row.Attendee.CheckedInAt), SafeCsv.Plain(row.Attendee.CheckedInBy), Time(row.Order.CreatedAt), SafeCsv.Digits(row.Attendee.UserId?.ToString()),
    ];

    private static string? Tickets(Order order) => SafeCsv.Plain(string.Join(" · ", order.Items.Select(i => string.Create(CultureInfo.InvariantCulture, $"{i.Name} × {i.Quantity}"))));

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
