using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>The meetings of one environment in the write of an import; what the file does not name stays.</summary>
internal sealed class MeetingWrite(ConsoleDb db, MeetingRows rows, EnvironmentId environment)
{
    private readonly List<(string Meeting, InvitationCode Code)> made = [];

    /// <summary>Sets what is tracked; new invitation codes wait for <see cref="InsertCodesAsync"/>.</summary>
    public void Set(IReadOnlyList<MeetingDraft> drafts)
    {
        foreach (var draft in drafts)
        {
            Set(draft);
        }
    }

    /// <summary>
    /// Inserts the new codes. A hundred thousand of them pass by the change tracker, and the line says how the set-up was changed,
    /// not which codes there are: those are in the list.
    /// </summary>
    public async Task InsertCodesAsync(Actor actor)
    {
        foreach (var meeting in made.GroupBy(m => m.Meeting, m => m.Code))
        {
            await db.InsertAllAsync(meeting);
            db.Audit(actor, "meeting.codes_made", "meeting", meeting.Key);
        }
    }

    private void Set(MeetingDraft draft)
    {
        var row = rows.Find(environment, draft.Id)
            ?? new Meeting { Id = db.NextId(), Key = draft.Id ?? db.NextGuid().ToString(), Name = draft.Name, CreatedAt = db.Now, Version = 1 };
        MeetingParts.Set(row, draft);
        row.Messages = [.. (draft.Messages ?? []).Select(MeetingParts.Message)];
        Keep(row);
        var types = rows.Types(row).ToDictionary(t => t.Key);
        foreach (var (position, told) in (draft.AttendeeTypes ?? []).Index())
        {
            var type = types.GetValueOrDefault(told.Id ?? "")
                ?? new AttendeeType { Id = db.NextId(), MeetingId = row.Id, Key = told.Id ?? db.NextGuid().ToString(), Name = told.Name, Version = 1 };
            MeetingParts.Set(type, told);
            type.Position = position;
            Keep(type);
        }

        var tickets = rows.Tickets(row).ToDictionary(t => t.Key);
        foreach (var (position, told) in (draft.Items ?? []).Index())
        {
            var ticket = tickets.GetValueOrDefault(told.SkuId ?? "")
                ?? new Ticket { Id = db.NextId(), MeetingId = row.Id, Key = told.SkuId ?? db.NextGuid().ToString(), Name = told.Name, Version = 1 };
            MeetingParts.Set(ticket, told);
            ticket.Position = position;
            Keep(ticket);
        }

        var agendas = rows.Agendas(row).ToDictionary(a => a.Key);
        foreach (var told in draft.Agendas ?? [])
        {
            var agenda = agendas.GetValueOrDefault(told.Id ?? "")
                ?? new Agenda { Id = db.NextId(), MeetingId = row.Id, Key = told.Id ?? db.NextGuid().ToString(), Name = told.Name, Version = 1 };
            MeetingParts.Set(agenda, told);
            Keep(agenda);
        }

        Codes(row, draft.InvitationCodes ?? []);
    }

    private void Codes(Meeting row, IReadOnlyList<CodeDraft> drafts)
    {
        var codes = rows.Codes(row).ToDictionary(c => c.Code);
        foreach (var told in drafts)
        {
            var code = codes.GetValueOrDefault(told.Code) ?? new InvitationCode { Id = db.NextId(), MeetingId = row.Id, Code = told.Code, Version = 1 };
            MeetingParts.Set(code, told);
            if (!codes.ContainsKey(told.Code))
            {
                made.Add((row.Key, code));
            }
        }
    }

    private void Keep<T>(T row)
        where T : class
    {
        if (db.Entry(row).State == EntityState.Detached)
        {
            db.Add(row);
        }
    }
}
