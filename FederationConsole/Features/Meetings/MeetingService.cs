using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Meetings;

/// <summary>
/// Sets up meetings. Each environment has its own, edited where they are: promotion carries none. Reading takes
/// <see cref="Role.ReadOnly"/>, everything else <see cref="Role.Operator"/>. Faults of every change: <see cref="FaultKind.NotFound"/>,
/// <see cref="FaultKind.Changed"/> when somebody else saved in between, <see cref="FaultKind.Invalid"/> with the field
/// (<see cref="MeetingRules"/>, or a limit below what is taken, with the number).
/// </summary>
public sealed partial class MeetingService(Store store, ProjectCatalog projects, IEnumerable<IMeetingUse> uses)
{
    /// <summary>Of types, tickets and agendas of one meeting each: what a project file may hold.</summary>
    public const int MaxParts = 1000;

    private const string Kind = "meeting";

    public async Task<Outcome<MeetingList>> ListAsync(Actor actor, EnvironmentId id, MeetingQuery query, CancellationToken cancellation = default)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return await store.ReadAsync<Outcome<MeetingList>>(environment.Value.Scope, async db =>
        {
            var now = db.Now;
            var found = db.Set<Meeting>().AsQueryable();
            if (query.Text?.Trim() is { Length: > 0 } text)
            {
                found = found.Where(m => m.Name.Contains(text) || m.Key == text);
            }

            found = query.Past switch
            {
                true => found.Where(m => m.EndsAt <= now).OrderByDescending(m => m.StartsAt).ThenByDescending(m => m.Id),
                false => found.Where(m => m.EndsAt > now).OrderBy(m => m.StartsAt).ThenBy(m => m.Id),
                null => found.OrderByDescending(m => m.StartsAt).ThenByDescending(m => m.Id),
            };
            var rows = await found.Skip((query.Page - 1) * MeetingQuery.PageSize).Take(MeetingQuery.PageSize).ToListAsync(cancellation);
            return new MeetingList(rows, await found.CountAsync(cancellation));
        });
    }

    /// <param name="key">BventId.</param>
    public async Task<Outcome<MeetingDetails>> ReadAsync(Actor actor, EnvironmentId id, string key, CancellationToken cancellation = default)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return await store.ReadMomentAsync<Outcome<MeetingDetails>>(environment.Value.Scope, async db =>
            await FindAsync(db, key) is { } meeting ? await DetailsAsync(db, meeting, cancellation) : FaultKind.NotFound);
    }

    /// <returns>Its BventId.</returns>
    public async Task<Outcome<string>> CreateAsync(Actor actor, EnvironmentId id, MeetingDraft draft)
    {
        var environment = projects.For(actor, Role.Operator, id);
        if ((environment.Fault ?? MeetingRules.Check(draft)) is { } fault)
        {
            return fault;
        }

        return await store.WriteAsync<Outcome<string>>(environment.Value!.Scope, db =>
        {
            var meeting = New(db, draft);
            Record(db, actor, meeting, "meeting.created");
            return Task.FromResult<Outcome<string>>(meeting.Key);
        });
    }

    /// <param name="actor">Who saves.</param>
    /// <param name="id">The environment.</param>
    /// <param name="key">BventId.</param>
    /// <param name="draft">Its own fields; messages and parts are not looked at.</param>
    /// <param name="version">What the form was filled from.</param>
    public Task<Outcome> SaveAsync(Actor actor, EnvironmentId id, string key, MeetingDraft draft, int version) =>
        MeetingRules.Check(draft) is { } fault ? Failed(fault)
        : ChangeAsync(actor, id, key, "meeting.updated", (_, meeting) =>
        {
            if (meeting.Version != version)
            {
                return Fault(FaultKind.Changed);
            }

            if (draft.Capacity < meeting.Taken)
            {
                return Below("capacity", meeting.Taken);
            }

            MeetingParts.Set(meeting, draft);
            meeting.Version++;
            return Fault(null);
        });

    /// <summary>With types, tickets, agendas and messages, under new ids, all times later or earlier by as much; without codes.</summary>
    /// <returns>The copy's BventId.</returns>
    public async Task<Outcome<string>> CopyAsync(Actor actor, EnvironmentId id, string key, string name, DateTimeOffset startsAt)
    {
        var environment = projects.For(actor, Role.Operator, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return await store.WriteAsync<Outcome<string>>(environment.Value.Scope, async db =>
        {
            if (await FindAsync(db, key) is not { } source)
            {
                return FaultKind.NotFound;
            }

            var by = startsAt - source.StartsAt;
            var draft = MeetingParts.Draft(source) with
            {
                Id = null, Name = name.Trim(), StartsAt = startsAt, EndsAt = source.EndsAt + by, OpensAt = source.OpensAt + by, ClosesAt = source.ClosesAt + by,
            };
            if (MeetingRules.Check(draft) is { } fault)
            {
                return fault;
            }

            var copy = New(db, draft);
            copy.Messages = source.Messages;
            await CopyPartsAsync(db, source, copy, by);
            Record(db, actor, copy, "meeting.copied");
            return copy.Key;
        });
    }

    /// <summary>Nobody registers any more, from now on. Who cancels the orders hears of it by <see cref="MeetingCatalog.Topic"/>.</summary>
    public Task<Outcome> CallOffAsync(Actor actor, EnvironmentId id, string key, int version) =>
        ChangeAsync(actor, id, key, "meeting.called_off", (db, meeting) =>
        {
            if (meeting.Version != version || meeting.CancelledAt is not null)
            {
                return Fault(meeting.CancelledAt is null ? FaultKind.Changed : FaultKind.NotAllowedNow);
            }

            meeting.CancelledAt = db.Now;
            meeting.Version++;
            return Fault(null);
        });

    /// <summary>With all its parts. Fault: <see cref="FaultKind.NotAllowedNow"/> once anybody registered: then it is called off.</summary>
    public Task<Outcome> DeleteAsync(Actor actor, EnvironmentId id, string key) =>
        ChangeAsync(actor, id, key, "meeting.deleted", async (db, meeting) =>
        {
            if (meeting.Taken > 0 || await AnyAsync(use => use.AnyAsync(db, meeting.Id)))
            {
                return new Fault(FaultKind.NotAllowedNow, null, MeetingTexts.Say("Delete.HasOrders"));
            }

            // Parts go with it by the database's own hand; the codes may be many.
            await db.Set<InvitationCode>().Where(c => c.MeetingId == meeting.Id).ExecuteDeleteAsync();
            db.Remove(meeting);
            return null;
        });

    private static Meeting New(ConsoleDb db, MeetingDraft draft)
    {
        var meeting = new Meeting { Id = db.NextId(), Key = db.NextGuid().ToString(), Name = draft.Name, CreatedAt = db.Now, Version = 1 };
        MeetingParts.Set(meeting, draft);
        db.Add(meeting);
        return meeting;
    }

    private static async Task CopyPartsAsync(ConsoleDb db, Meeting from, Meeting to, TimeSpan by)
    {
        var old = await DetailsAsync(db, from, CancellationToken.None);
        var types = old.Types.ToDictionary(t => t.Key, _ => db.NextGuid().ToString());
        var tickets = old.Tickets.ToDictionary(t => t.Key, _ => db.NextGuid().ToString());
        foreach (var source in old.Types)
        {
            var type = new AttendeeType { Id = db.NextId(), MeetingId = to.Id, Key = types[source.Key], Name = source.Name, Position = source.Position, Version = 1 };
            MeetingParts.Set(type, MeetingParts.Draft(source));
            db.Add(type);
        }

        foreach (var source in old.Tickets)
        {
            var ticket = new Ticket { Id = db.NextId(), MeetingId = to.Id, Key = tickets[source.Key], Name = source.Name, Position = source.Position, Version = 1 };
            MeetingParts.Set(ticket, MeetingParts.Draft(source) with
            {
                AttendeeTypeIds = [.. source.AttendeeTypes.Select(t => types[t])], SaleFrom = source.SaleFrom + by, SaleUntil = source.SaleUntil + by,
            });
            db.Add(ticket);
        }

        foreach (var source in old.Agendas)
        {
            var agenda = new Agenda { Id = db.NextId(), MeetingId = to.Id, Key = db.NextGuid().ToString(), Name = source.Name, Version = 1 };
            MeetingParts.Set(agenda, MeetingParts.Draft(source) with
            {
                StartsAt = source.StartsAt + by, EndsAt = source.EndsAt + by, ParentSkuId = source.ParentSku is { } parent ? tickets[parent] : null,
            });
            db.Add(agenda);
        }
    }

    private async Task<Outcome> ChangeAsync(Actor actor, EnvironmentId id, string key, string action, Func<ConsoleDb, Meeting, Task<Fault?>> change)
    {
        var environment = projects.For(actor, Role.Operator, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return await store.WriteAsync<Outcome>(environment.Value.Scope, async db =>
        {
            if (await FindAsync(db, key) is not { } meeting)
            {
                return FaultKind.NotFound;
            }

            if (await change(db, meeting) is { } fault)
            {
                return fault;
            }

            Record(db, actor, meeting, action);
            return Outcome.Done;
        });
    }

    private static Task<Meeting?> FindAsync(ConsoleDb db, string key) => db.Set<Meeting>().FirstOrDefaultAsync(m => m.Key == key);

    private static async Task<MeetingDetails> DetailsAsync(ConsoleDb db, Meeting meeting, CancellationToken cancellation) => new(
        meeting,
        await db.Set<AttendeeType>().Where(t => t.MeetingId == meeting.Id).OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(cancellation),
        await db.Set<Ticket>().Where(t => t.MeetingId == meeting.Id).OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(cancellation),
        await db.Set<Agenda>().Where(a => a.MeetingId == meeting.Id).OrderBy(a => a.StartsAt).ThenBy(a => a.Id).ToListAsync(cancellation),
        await db.Set<InvitationCode>().CountAsync(c => c.MeetingId == meeting.Id, cancellation));

    private async Task<bool> AnyAsync(Func<IMeetingUse, Task<bool>> ask)
    {
        foreach (var use in uses)
        {
            if (await ask(use))
            {
                return true;
            }
        }

        return false;
    }

    private static void Record(ConsoleDb db, Actor actor, Meeting meeting, string action)
    {
        db.Audit(actor, action, Kind, meeting.Key);
        db.Signal(MeetingCatalog.Topic, meeting.Id);
    }

    private static Task<Fault?> Below(string field, int taken) =>
        Task.FromResult<Fault?>(new(FaultKind.Invalid, field, MeetingTexts.Say("Limit.Below", taken)));

    private static Task<Fault?> Fault(FaultKind? kind) => Task.FromResult(kind is { } why ? new Fault(why) : null);

    private static Task<Outcome> Failed(Fault fault) => Task.FromResult<Outcome>(fault);
}
