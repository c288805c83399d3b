using System.Security.Cryptography;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Meetings;

/// <summary>Codes to make at once.</summary>
/// <param name="Count">1 to <see cref="InvitationCodes.MaxAtOnce"/>.</param>
/// <param name="Prefix">In front of <see cref="InvitationCodes.RandomLetters"/> random letters and digits; may be empty.</param>
/// <param name="Of">What they allow; its code is not looked at.</param>
public sealed record CodeBatch(int Count, string Prefix, CodeDraft Of);

/// <param name="Text">The beginning of a code, or a part of a note.</param>
/// <param name="Used">Null: all; true: used at least once; false: never.</param>
public sealed record CodeQuery(string? Text = null, bool? Used = null, int Page = 1)
{
    public const int PageSize = 50;
}

/// <param name="Total">How many there are on all pages.</param>
public sealed record CodePage(IReadOnlyList<InvitationCode> Rows, int Total);

/// <summary>邀约码 of a meeting. Roles and faults as <see cref="MeetingService"/>'s.</summary>
public sealed class InvitationCodes(Store store, ProjectCatalog projects, IEnumerable<IMeetingUse> uses)
{
    public const int MaxAtOnce = 10_000;
    public const int RandomLetters = 8;
    public const int MaxPrefix = 20;

    /// <summary>Without what people take for something else when they read it aloud or type it: 0 O, 1 I L.</summary>
    public const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    /// <summary>In one write: logins and registrations go on between two of them.</summary>
    private const int AtOnce = 500;

    public async Task<Outcome<CodePage>> ListAsync(Actor actor, EnvironmentId id, string meeting, CodeQuery query, CancellationToken cancellation = default)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return await store.ReadAsync<Outcome<CodePage>>(environment.Value.Scope, async db =>
        {
            if (await MeetingAsync(db, meeting) is not { } of)
            {
                return FaultKind.NotFound;
            }

            // Whoever has a code gets in: it is shown, and guessed at by searching, to those alone who may hand it out.
            var inClear = actor.May(Role.Operator, environment.Value.ProjectId.Value);
            var found = Matching(db, of, query, inClear);
            var rows = await found.OrderByDescending(c => c.Id).Skip((query.Page - 1) * CodeQuery.PageSize).Take(CodeQuery.PageSize).ToListAsync(cancellation);
            return new CodePage(inClear ? rows : rows.ConvertAll(Masked), await found.CountAsync(cancellation));
        });
    }

    /// <summary>One code of one's own choice. Also <see cref="FaultKind.Taken"/> and, at <see cref="MeetingShapes.MaxCodes"/>, <see cref="FaultKind.NotAllowedNow"/>.</summary>
    public Task<Outcome> AddAsync(Actor actor, EnvironmentId id, string meeting, CodeDraft draft) =>
        MeetingRules.Check(draft) is { } fault ? Task.FromResult<Outcome>(fault)
        : ChangeAsync(actor, id, meeting, "meeting.code_added", async (db, of) =>
        {
            if (await db.Set<InvitationCode>().AnyAsync(c => c.MeetingId == of.Id && c.Code == draft.Code))
            {
                return new Fault(FaultKind.Taken, "code");
            }

            if ((await RoomAsync(db, of, 1) ?? await UnknownAsync(db, of, draft)) is { } wrong)
            {
                return wrong;
            }

            db.Add(New(db, of, draft.Code, draft));
            return null;
        });

    /// <summary>
    /// Makes random codes, some at a time, each time in a write with its audit line; whoever cancels keeps those that were made.
    /// </summary>
    /// <param name="actor">Who makes them.</param>
    /// <param name="id">The environment.</param>
    /// <param name="meeting">BventId.</param>
    /// <param name="batch">Faults: <see cref="FaultKind.Invalid"/> with <c>count</c>, <c>prefix</c> or a field of the code.</param>
    /// <param name="progress">How many there are.</param>
    /// <param name="cancellation">Stops after the write that is under way.</param>
    /// <returns>How many were made.</returns>
    public async Task<Outcome<int>> MakeAsync(Actor actor, EnvironmentId id, string meeting, CodeBatch batch, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        if (batch.Count is < 1 or > MaxAtOnce)
        {
            return new Fault(FaultKind.Invalid, "count", MeetingTexts.Say("Codes.Count", MaxAtOnce));
        }

        if (batch.Prefix.Length > MaxPrefix || (batch.Prefix.Length > 0 && !MeetingShapes.Code.Fits(batch.Prefix)))
        {
            return new Fault(FaultKind.Invalid, "prefix", MeetingTexts.Say("Codes.Prefix", MaxPrefix));
        }

        if (MeetingRules.Check(batch.Of with { Code = batch.Prefix + new string('X', RandomLetters) }) is { } fault)
        {
            return fault;
        }

        var made = 0;
        while (made < batch.Count && !cancellation.IsCancellationRequested)
        {
            var more = Math.Min(AtOnce, batch.Count - made);
            var done = await ChangeAsync(actor, id, meeting, "meeting.codes_made", async (db, of) =>
            {
                // Room for the whole batch, so that one that cannot be done is not begun.
                if ((await RoomAsync(db, of, batch.Count - made) ?? await UnknownAsync(db, of, batch.Of)) is { } wrong)
                {
                    return wrong;
                }

                var codes = Enumerable.Range(0, more).Select(_ => batch.Prefix + RandomNumberGenerator.GetString(Alphabet, RandomLetters)).ToHashSet(StringComparer.Ordinal);
                codes.ExceptWith(await db.Set<InvitationCode>().Where(c => c.MeetingId == of.Id && codes.Contains(c.Code)).Select(c => c.Code).ToListAsync());
                await db.InsertAllAsync(codes.Select(code => New(db, of, code, batch.Of)));
                more = codes.Count;
                return null;
            });
            if (!done.Ok)
            {
                return done.Fault;
            }

            made += more;
            progress?.Report(made);
        }

        return made;
    }

    /// <summary>Limit, types, end and note; the code itself never changes.</summary>
    public Task<Outcome> SaveAsync(Actor actor, EnvironmentId id, string meeting, CodeDraft draft, int version) =>
        MeetingRules.Check(draft) is { } fault ? Task.FromResult<Outcome>(fault)
        : ChangeAsync(actor, id, meeting, "meeting.code_updated", async (db, of) =>
        {
            if (await FindAsync(db, of, draft.Code) is not { } code || code.Version != version)
            {
                return new Fault(await FindAsync(db, of, draft.Code) is null ? FaultKind.NotFound : FaultKind.Changed);
            }

            if (draft.MaxUses < code.Uses)
            {
                return new Fault(FaultKind.Invalid, "maxUses", MeetingTexts.Say("Limit.Below", code.Uses));
            }

            if (await UnknownAsync(db, of, draft) is { } wrong)
            {
                return wrong;
            }

            MeetingParts.Set(code, draft);
            code.Version++;
            return null;
        });

    /// <summary>Fault: <see cref="FaultKind.NotAllowedNow"/> once an order was made with it.</summary>
    public Task<Outcome> DeleteAsync(Actor actor, EnvironmentId id, string meeting, string code) =>
        ChangeAsync(actor, id, meeting, "meeting.code_deleted", async (db, of) =>
        {
            if (await FindAsync(db, of, code) is not { } row)
            {
                return new Fault(FaultKind.NotFound);
            }

            var used = row.Uses > 0;
            foreach (var use in uses)
            {
                used = used || await use.AnyAsync(db, of.Id, row.Id);
            }

            if (used)
            {
                return new Fault(FaultKind.NotAllowedNow, null, MeetingTexts.Say("Code.Used"));
            }

            db.Remove(row);
            return null;
        });

    /// <summary>All that the page's filters find, newest first, some at a time. Codes let people in, so it takes <see cref="Role.Operator"/> and leaves an audit line.</summary>
    public async Task<Outcome<IAsyncEnumerable<InvitationCode>>> ExportAsync(Actor actor, EnvironmentId id, string meeting, CodeQuery query)
    {
        var allowed = await ChangeAsync(actor, id, meeting, "meeting.codes_exported", (_, _) => Task.FromResult<Fault?>(null));
        return allowed.Ok ? Outcome.Of(RowsAsync(projects.Environment(id)!.Scope, meeting, query)) : allowed.Fault;
    }

    private async IAsyncEnumerable<InvitationCode> RowsAsync(Scope scope, string meeting, CodeQuery query)
    {
        for (long? before = long.MaxValue; before is { } last;)
        {
            var rows = await store.ReadAsync(scope, async db => await MeetingAsync(db, meeting) is { } of
                ? await Matching(db, of, query).Where(c => c.Id < last).OrderByDescending(c => c.Id).Take(AtOnce).ToListAsync()
                : []);
            foreach (var row in rows)
            {
                yield return row;
            }

            before = rows.Count == AtOnce ? rows[^1].Id : null;
        }
    }

    private async Task<Outcome> ChangeAsync(Actor actor, EnvironmentId id, string meeting, string action, Func<ConsoleDb, Meeting, Task<Fault?>> change)
    {
        var environment = projects.For(actor, Role.Operator, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return await store.WriteAsync<Outcome>(environment.Value.Scope, async db =>
        {
            if (await MeetingAsync(db, meeting) is not { } of)
            {
                return FaultKind.NotFound;
            }

            if (await change(db, of) is { } fault)
            {
                return fault;
            }

            db.Audit(actor, action, "meeting", of.Key);
            return Outcome.Done;
        });
    }

    private static InvitationCode Masked(InvitationCode c) => new()
    {
        Id = c.Id, EnvironmentId = c.EnvironmentId, MeetingId = c.MeetingId, Code = Mask.Of(c.Code), MaxUses = c.MaxUses, Uses = c.Uses,
        AttendeeTypes = c.AttendeeTypes, ExpiresAt = c.ExpiresAt, Note = c.Note, Version = c.Version,
    };

    private static IQueryable<InvitationCode> Matching(ConsoleDb db, Meeting meeting, CodeQuery query, bool byCode = true)
    {
        var found = db.Set<InvitationCode>().Where(c => c.MeetingId == meeting.Id);
        if (query.Text?.Trim() is { Length: > 0 } text)
        {
            found = found.Where(c => (byCode && c.Code.StartsWith(text)) || c.Note.Contains(text));
        }

        return query.Used switch
        {
            true => found.Where(c => c.Uses > 0),
            false => found.Where(c => c.Uses == 0),
            null => found,
        };
    }

    private static async Task<Fault?> RoomAsync(ConsoleDb db, Meeting meeting, int more) =>
        await db.Set<InvitationCode>().CountAsync(c => c.MeetingId == meeting.Id) + more > MeetingShapes.MaxCodes
            ? new(FaultKind.NotAllowedNow, null, MeetingTexts.Say("Codes.Full", MeetingShapes.MaxCodes)) : null;

    private static async Task<Fault?> UnknownAsync(ConsoleDb db, Meeting meeting, CodeDraft draft)
    {
        var known = await db.Set<AttendeeType>().Where(t => t.MeetingId == meeting.Id).Select(t => t.Key).ToListAsync();
        return (draft.AttendeeTypeIds ?? []).Except(known).Any() ? new(FaultKind.Invalid, "attendeeTypeIds") : null;
    }

    private static InvitationCode New(ConsoleDb db, Meeting meeting, string text, CodeDraft draft)
    {
        var code = new InvitationCode { Id = db.NextId(), MeetingId = meeting.Id, Code = text, Version = 1 };
        MeetingParts.Set(code, draft);
        return code;
    }

    private static Task<Meeting?> MeetingAsync(ConsoleDb db, string key) => db.Set<Meeting>().FirstOrDefaultAsync(m => m.Key == key);

    private static Task<InvitationCode?> FindAsync(ConsoleDb db, Meeting meeting, string code) =>
        db.Set<InvitationCode>().FirstOrDefaultAsync(c => c.MeetingId == meeting.Id && c.Code == code);
}
