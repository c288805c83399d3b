using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Meetings;

/// <summary>The parts of a meeting. A draft without an id makes a new one at the end; its version is not looked at then.</summary>
public sealed partial class MeetingService
{
    /// <summary>Also <see cref="FaultKind.NotAllowedNow"/>: there are as many as there may be.</summary>
    public Task<Outcome> SaveTypeAsync(Actor actor, EnvironmentId id, string meeting, AttendeeTypeDraft draft, int version) =>
        MeetingRules.Check(draft) is { } fault ? Failed(fault)
        : ChangeAsync(actor, id, meeting, draft.Id is null ? "meeting.type_added" : "meeting.type_updated", async (db, row) =>
        {
            var types = await db.Set<AttendeeType>().Where(t => t.MeetingId == row.Id).OrderBy(t => t.Position).ToListAsync();
            if (Pick(types, t => t.Key, t => t.Version, draft.Id, version) is { } wrong)
            {
                return wrong;
            }

            var type = types.Find(t => t.Key == draft.Id)
                ?? Add(db, new AttendeeType { Id = db.NextId(), MeetingId = row.Id, Key = db.NextGuid().ToString(), Name = draft.Name, Position = types.Count == 0 ? 0 : types[^1].Position + 1 });
            MeetingParts.Set(type, draft);
            type.Version++;
            return null;
        });

    /// <summary>Faults: <see cref="FaultKind.NotAllowedNow"/> while anybody registered as one, or a ticket or code names it.</summary>
    public Task<Outcome> DeleteTypeAsync(Actor actor, EnvironmentId id, string meeting, string type) =>
        ChangeAsync(actor, id, meeting, "meeting.type_deleted", async (db, row) =>
        {
            if (await db.Set<AttendeeType>().FirstOrDefaultAsync(t => t.MeetingId == row.Id && t.Key == type) is not { } found)
            {
                return new Fault(FaultKind.NotFound);
            }

            if (await AnyAsync(use => use.AnyAsync(db, row.Id, type)))
            {
                return new Fault(FaultKind.NotAllowedNow, null, MeetingTexts.Say("Type.HasAttendees"));
            }

            var tickets = await db.Set<Ticket>().Where(t => t.MeetingId == row.Id).ToListAsync();
            if (tickets.Find(t => t.AttendeeTypes.Contains(type)) is { } ticket)
            {
                return new Fault(FaultKind.NotAllowedNow, null, MeetingTexts.Say("Type.OfTicket", ticket.Name));
            }

            // Keys are tokens, so that a key in quotes is found nowhere else in the list's text.
            var quoted = $"\"{type}\"";
            if (await db.Set<InvitationCode>().AnyAsync(c => c.MeetingId == row.Id && ((string)(object)c.AttendeeTypes).Contains(quoted)))
            {
                return new Fault(FaultKind.NotAllowedNow, null, MeetingTexts.Say("Type.OfCode"));
            }

            db.Remove(found);
            return null;
        });

    /// <summary>An attendee type that the meeting has not is <see cref="FaultKind.Invalid"/>.</summary>
    public Task<Outcome> SaveTicketAsync(Actor actor, EnvironmentId id, string meeting, TicketDraft draft, int version) =>
        MeetingRules.Check(draft) is { } fault ? Failed(fault)
        : ChangeAsync(actor, id, meeting, draft.SkuId is null ? "meeting.ticket_added" : "meeting.ticket_updated", async (db, row) =>
        {
            var tickets = await db.Set<Ticket>().Where(t => t.MeetingId == row.Id).OrderBy(t => t.Position).ToListAsync();
            if ((Pick(tickets, t => t.Key, t => t.Version, draft.SkuId, version) ?? await UnknownAsync(db, row, draft.AttendeeTypeIds)) is { } wrong)
            {
                return wrong;
            }

            var ticket = tickets.Find(t => t.Key == draft.SkuId)
                ?? Add(db, new Ticket { Id = db.NextId(), MeetingId = row.Id, Key = db.NextGuid().ToString(), Name = draft.Name, Position = tickets.Count == 0 ? 0 : tickets[^1].Position + 1 });
            if (draft.Quota < ticket.Taken)
            {
                return await Below("quota", ticket.Taken);
            }

            MeetingParts.Set(ticket, draft);
            ticket.Version++;
            return null;
        });

    /// <summary>Faults: <see cref="FaultKind.NotAllowedNow"/> while any is taken, or an agenda takes it.</summary>
    public Task<Outcome> DeleteTicketAsync(Actor actor, EnvironmentId id, string meeting, string ticket) =>
        ChangeAsync(actor, id, meeting, "meeting.ticket_deleted", async (db, row) =>
        {
            if (await db.Set<Ticket>().FirstOrDefaultAsync(t => t.MeetingId == row.Id && t.Key == ticket) is not { } found)
            {
                return new Fault(FaultKind.NotFound);
            }

            if (found.Taken > 0)
            {
                return new Fault(FaultKind.NotAllowedNow, null, MeetingTexts.Say("Part.Taken", found.Taken));
            }

            if (await db.Set<Agenda>().FirstOrDefaultAsync(a => a.MeetingId == row.Id && a.ParentSku == ticket) is { } agenda)
            {
                return new Fault(FaultKind.NotAllowedNow, null, MeetingTexts.Say("Ticket.OfAgenda", agenda.Name));
            }

            db.Remove(found);
            return null;
        });

    public Task<Outcome> SaveAgendaAsync(Actor actor, EnvironmentId id, string meeting, AgendaDraft draft, int version) =>
        MeetingRules.Check(draft) is { } fault ? Failed(fault)
        : ChangeAsync(actor, id, meeting, draft.Id is null ? "meeting.agenda_added" : "meeting.agenda_updated", async (db, row) =>
        {
            var agendas = await db.Set<Agenda>().Where(a => a.MeetingId == row.Id).ToListAsync();
            if (Pick(agendas, a => a.Key, a => a.Version, draft.Id, version) is { } wrong)
            {
                return wrong;
            }

            if (draft.ParentSkuId is { } parent && !await db.Set<Ticket>().AnyAsync(t => t.MeetingId == row.Id && t.Key == parent))
            {
                return new Fault(FaultKind.Invalid, "parentSkuId");
            }

            var agenda = agendas.Find(a => a.Key == draft.Id)
                ?? Add(db, new Agenda { Id = db.NextId(), MeetingId = row.Id, Key = db.NextGuid().ToString(), Name = draft.Name });
            if (draft.Capacity < agenda.Taken)
            {
                return await Below("capacity", agenda.Taken);
            }

            MeetingParts.Set(agenda, draft);
            agenda.Version++;
            return null;
        });

    /// <summary>Fault: <see cref="FaultKind.NotAllowedNow"/> while anybody chose it.</summary>
    public Task<Outcome> DeleteAgendaAsync(Actor actor, EnvironmentId id, string meeting, string agenda) =>
        ChangeAsync(actor, id, meeting, "meeting.agenda_deleted", async (db, row) =>
        {
            if (await db.Set<Agenda>().FirstOrDefaultAsync(a => a.MeetingId == row.Id && a.Key == agenda) is not { } found)
            {
                return new Fault(FaultKind.NotFound);
            }

            if (found.Taken > 0)
            {
                return new Fault(FaultKind.NotAllowedNow, null, MeetingTexts.Say("Part.Taken", found.Taken));
            }

            db.Remove(found);
            return null;
        });

    /// <param name="actor">Who moves it.</param>
    /// <param name="id">The environment.</param>
    /// <param name="meeting">BventId.</param>
    /// <param name="type">The type's key.</param>
    /// <param name="by">-1: one place up, 1: one down; nothing happens at the end of the list.</param>
    public Task<Outcome> MoveTypeAsync(Actor actor, EnvironmentId id, string meeting, string type, int by) =>
        ChangeAsync(actor, id, meeting, "meeting.type_moved", async (db, row) => Move(
            await db.Set<AttendeeType>().Where(t => t.MeetingId == row.Id).OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(),
            t => t.Key == type, by, (t, position) => t.Position = position));

    /// <inheritdoc cref="MoveTypeAsync"/>
    public Task<Outcome> MoveTicketAsync(Actor actor, EnvironmentId id, string meeting, string ticket, int by) =>
        ChangeAsync(actor, id, meeting, "meeting.ticket_moved", async (db, row) => Move(
            await db.Set<Ticket>().Where(t => t.MeetingId == row.Id).OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(),
            t => t.Key == ticket, by, (t, position) => t.Position = position));

    private static Fault? Move<T>(List<T> rows, Predicate<T> which, int by, Action<T, int> place)
    {
        var at = rows.FindIndex(which);
        if (at < 0)
        {
            return new(FaultKind.NotFound);
        }

        var to = Math.Clamp(at + by, 0, rows.Count - 1);
        (rows[at], rows[to]) = (rows[to], rows[at]);
        foreach (var (position, row) in rows.Index())
        {
            place(row, position);
        }

        return null;
    }

    private static Fault? Pick<T>(List<T> rows, Func<T, string> key, Func<T, int> version, string? wanted, int seen)
        where T : class =>
        wanted is null ? rows.Count < MaxParts ? null : new(FaultKind.NotAllowedNow, null, MeetingTexts.Say("Part.Full", MaxParts))
        : rows.Find(r => key(r) == wanted) is not { } found ? new(FaultKind.NotFound)
        : version(found) == seen ? null : new(FaultKind.Changed);

    private static async Task<Fault?> UnknownAsync(ConsoleDb db, Meeting meeting, IReadOnlyList<string>? types)
    {
        if (types is null or [])
        {
            return null;
        }

        var known = await db.Set<AttendeeType>().Where(t => t.MeetingId == meeting.Id).Select(t => t.Key).ToListAsync();
        return types.Except(known).Any() ? new(FaultKind.Invalid, "attendeeTypeIds") : null;
    }

    private static T Add<T>(ConsoleDb db, T row)
        where T : class
    {
        db.Add(row);
        return row;
    }
}
