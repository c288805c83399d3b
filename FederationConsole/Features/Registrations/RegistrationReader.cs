using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Projects;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Registrations;

/// <summary>Which attendees of a meeting. A null filters nothing.</summary>
/// <param name="Text">A part of the name, mobile or e-mail, or the whole check-in code, order number or orderId.</param>
/// <param name="Type">Key of the attendee type.</param>
/// <param name="Field">A field's name in the form, with <paramref name="Value"/>: a canonical text, or one of the codes of a multi-enum.</param>
public sealed record AttendeeQuery(
    string? Text = null, string? Type = null, OrderStatus? Status = null, bool? CheckedIn = null, string? Field = null, string? Value = null)
{
    public const int MaxPage = 200;
}

/// <summary>An attendee and the order they come by.</summary>
public sealed record Registrant(Attendee Attendee, Order Order);

/// <summary>What is left at one moment; <see cref="int.MaxValue"/> where there is no limit.</summary>
public sealed record StockLeft(int Meeting, IReadOnlyDictionary<long, int> Tickets, IReadOnlyDictionary<long, int> Agendas)
{
    /// <summary>Of the ticket, as far as the meeting has room.</summary>
    public int Of(Ticket ticket) => Math.Min(Meeting, Tickets.GetValueOrDefault(ticket.Id));

    public int Of(Agenda agenda) => Agendas.GetValueOrDefault(agenda.Id);
}

/// <summary>Reads orders with their attendees; who may see them, the caller has asked.</summary>
public sealed class RegistrationReader(Store store)
{
    private const int Batch = 500;

    /// <summary>The newest first.</summary>
    /// <param name="before">The key of the last attendee of the page before; null: the first page.</param>
    /// <param name="take">As many as can be; fewer means that there are no more.</param>
    public Task<IReadOnlyList<Registrant>> PageAsync(MeetingEntry meeting, AttendeeQuery query, long? before, int take, CancellationToken cancellation = default) =>
        store.ReadAsync<IReadOnlyList<Registrant>>(meeting.Environment.Scope, async db =>
        {
            var page = new List<Registrant>();
            while (page.Count < take)
            {
                var key = before ?? long.MaxValue;
                var want = query.Field is null ? take : Batch;
                var rows = await Matching(db, meeting, query).Where(r => r.Attendee.Id < key).OrderByDescending(r => r.Attendee.Id).Take(want).ToListAsync(cancellation);
                page.AddRange(rows.Where(r => HasValue(r.Attendee, query)).Take(take - page.Count).Select(r => new Registrant(r.Attendee, r.Order)));
                if (rows.Count < want)
                {
                    break;
                }

                before = rows[^1].Attendee.Id;
            }

            return page;
        });

    /// <summary>In the order in which they registered, by number of page: who comes meanwhile comes behind.</summary>
    /// <param name="index">From 1.</param>
    public Task<(IReadOnlyList<Registrant> Rows, int Total)> NumberedAsync(MeetingEntry meeting, AttendeeQuery query, int index, int size) =>
        store.ReadMomentAsync<(IReadOnlyList<Registrant>, int)>(meeting.Environment.Scope, async db =>
        {
            var all = Matching(db, meeting, query);
            var rows = await all.OrderBy(r => r.Attendee.Id).Skip((index - 1) * size).Take(size).ToListAsync();
            return (rows.ConvertAll(r => new Registrant(r.Attendee, r.Order)), await all.CountAsync());
        });

    public Task<StockLeft> LeftAsync(MeetingEntry meeting) => store.ReadAsync(meeting.Environment.Scope, async db =>
    {
        var id = meeting.Meeting.Id;
        var whole = await db.Set<Meeting>().Where(m => m.Id == id).Select(m => new { m.Capacity, m.Taken }).FirstAsync();
        var tickets = await db.Set<Ticket>().Where(t => t.MeetingId == id).Select(t => new { t.Id, Limit = t.Quota, t.Taken }).ToListAsync();
        var agendas = await db.Set<Agenda>().Where(a => a.MeetingId == id).Select(a => new { a.Id, Limit = a.Capacity, a.Taken }).ToListAsync();
        return new StockLeft(Left(whole.Capacity, whole.Taken), tickets.ToDictionary(t => t.Id, t => Left(t.Limit, t.Taken)), agendas.ToDictionary(a => a.Id, a => Left(a.Limit, a.Taken)));

        // An administrator may have lowered a limit below what is taken.
        static int Left(int? limit, int taken) => limit is { } max ? Math.Max(0, max - taken) : int.MaxValue;
    });

    /// <summary>How many there are, the field's value apart, which only a look at each would tell.</summary>
    public Task<int> CountAsync(MeetingEntry meeting, AttendeeQuery query, CancellationToken cancellation = default) =>
        store.ReadAsync(meeting.Environment.Scope, db => Matching(db, meeting, query with { Field = null }).CountAsync(cancellation));

    /// <summary>Who came last, the latest first.</summary>
    public Task<IReadOnlyList<Registrant>> ArrivedAsync(MeetingEntry meeting, int take, CancellationToken cancellation = default) =>
        store.ReadAsync<IReadOnlyList<Registrant>>(meeting.Environment.Scope, async db =>
        {
            var rows = await Matching(db, meeting, new(CheckedIn: true)).OrderByDescending(r => r.Attendee.CheckedInAt).ThenByDescending(r => r.Attendee.Id).Take(take).ToListAsync(cancellation);
            return rows.ConvertAll(r => new Registrant(r.Attendee, r.Order));
        });

    /// <summary>
    /// In all meetings of an environment by what is whole: order number, check-in code, mobile, or the e-mail of an order that is not over. By
    /// indexes alone; the newest first.
    /// </summary>
    public Task<IReadOnlyList<Registrant>> SearchAsync(EnvironmentEntry environment, IReadOnlyList<long> meetings, string text, int take, CancellationToken cancellation = default) =>
        store.ReadAsync<IReadOnlyList<Registrant>>(environment.Scope, async db =>
        {
            var rows = db.Set<Attendee>().AsNoTracking().Join(db.Set<Order>(), a => a.OrderId, o => o.Id, (a, o) => new Row { Attendee = a, Order = o });
            var found = CheckInService.IsCode(text) ? [.. await rows.Where(r => r.Order.Number == text).ToListAsync(cancellation), .. await rows.Where(r => r.Attendee.CheckinCode == text).ToListAsync(cancellation)]
                : EmailAddress.Parse(text) is { } email ? await rows.Where(r => meetings.Contains(r.Attendee.MeetingId) && r.Attendee.HeldEmail == email).OrderByDescending(r => r.Attendee.Id).Take(take).ToListAsync(cancellation)
                : PhoneNumber.ParseWhole(text)?.E164 is { } mobile ? await rows.Where(r => r.Attendee.Mobile == mobile).OrderByDescending(r => r.Attendee.Id).Take(take).ToListAsync(cancellation)
                : new List<Row>();
            return found.ConvertAll(r => new Registrant(r.Attendee, r.Order));
        });

    private static IQueryable<Row> Matching(ConsoleDb db, MeetingEntry meeting, AttendeeQuery query)
    {
        var id = meeting.Meeting.Id;
        var found = db.Set<Attendee>().AsNoTracking().Where(a => a.MeetingId == id).Join(db.Set<Order>(), a => a.OrderId, o => o.Id, (a, o) => new Row { Attendee = a, Order = o });
        if (query.Text?.Trim() is { Length: > 0 } text)
        {
            found = WithText(found, text);
        }

        if (query.Type is { } type)
        {
            found = found.Where(r => r.Attendee.Type == type);
        }

        if (query.Status is { } status)
        {
            found = found.Where(r => r.Order.Status == status);
        }

        return query.CheckedIn is { } checkedIn ? found.Where(r => (r.Attendee.CheckedInAt != null) == checkedIn) : found;
    }

    private static IQueryable<Row> WithText(IQueryable<Row> found, string text)
    {
        if (CheckInService.IsCode(text))
        {
            return found.Where(r => r.Attendee.CheckinCode == text || r.Order.Number == text);
        }

        if (Guid.TryParse(text, out var guid))
        {
            return found.Where(r => r.Attendee.PublicId == guid || r.Order.PublicId == guid);
        }

        var (mobile, email) = (PhoneNumber.ParseWhole(text)?.E164 ?? text, text.ToLowerInvariant());
        return found.Where(r => r.Attendee.Name.Contains(text) || r.Attendee.Mobile!.Contains(mobile) || r.Attendee.Email!.Contains(email));
    }

    /// <summary>Exact, which a search in the column's text would not be: another field can hold the same code.</summary>
    private static bool HasValue(Attendee attendee, AttendeeQuery query) =>
        query.Field is not { } field || (attendee.Fields.GetValueOrDefault(field) is { } kept ? RegistrationForm.Has(kept, query.Value ?? "") : string.IsNullOrEmpty(query.Value));

    private sealed class Row
    {
        public required Attendee Attendee { get; init; }
        public required Order Order { get; init; }
    }
}
