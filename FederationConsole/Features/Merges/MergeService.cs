using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Merges;

/// <summary>What a merge would do.</summary>
/// <param name="Ending">Sessions that end: all of the user who is gone.</param>
/// <param name="Stamp">What <see cref="MergeService.MergeAsync"/> is given back, so that no other plan is carried out than the one that was seen.</param>
public sealed record MergePreview(UserId Stays, UserId Goes, IReadOnlyList<MergeItem> Items, int Ending, string Stamp);

/// <summary>
/// Makes one user of two who are one person, and two again (model.md). The user who is gone keeps their row, disabled: what
/// conflicted stays there and leads on, so that nothing is lost, nobody else can take it, and an undo finds it.
/// </summary>
public sealed class MergeService(Store store, ProjectCatalog projects, AttributeCatalog attributes)
{
    public static readonly TimeSpan UndoTime = TimeSpan.FromDays(7);

    /// <summary>Only pairs that a third party showed can be merged: <see cref="FaultKind.NotFound"/> of any other two.</summary>
    public async Task<Outcome<MergePreview>> PreviewAsync(Actor actor, EnvironmentId id, UserId stays, UserId goes)
    {
        var environment = projects.For(actor, Role.Operator, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return await store.ReadMomentAsync<Outcome<MergePreview>>(environment.Value.Scope, async db =>
        {
            var plan = await PlanAsync(db, stays, goes, attributes.Of(id));
            if (!plan.Ok)
            {
                return plan.Fault;
            }

            var now = db.Now;
            var ending = await db.Set<Session>().CountAsync(s => s.UserId == goes && s.EndedAt == null && s.RefreshExpiresAt > now);
            return new MergePreview(stays, goes, plan.Value.Items(), ending, plan.Value.Stamp());
        });
    }

    /// <summary>
    /// Faults: <see cref="FaultKind.NotFound"/>, <see cref="FaultKind.NotAllowedNow"/> (one of them is disabled or merged already),
    /// <see cref="FaultKind.Changed"/> (what they hold is not what the preview showed).
    /// </summary>
    /// <param name="stamp">The preview's.</param>
    public async Task<Outcome> MergeAsync(Actor actor, EnvironmentId id, UserId stays, UserId goes, string stamp)
    {
        var environment = projects.For(actor, Role.Operator, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return await store.WriteAsync<Outcome>(environment.Value.Scope, async db =>
        {
            var planned = await PlanAsync(db, stays, goes, attributes.Of(id));
            if (!planned.Ok)
            {
                return planned.Fault;
            }

            var plan = planned.Value;
            if (plan.Stamp() != stamp)
            {
                return FaultKind.Changed;
            }

            var contacts = Contacts.Take(plan.Goes, plan.PhoneMoves, plan.EmailMoves, plan.AccountNameMoves);
            (plan.Goes.MergedInto, plan.Goes.DisabledAt) = (stays, db.Now);
            await RecordAsync(db, actor, plan.Goes, "user.merged");
            contacts.Give(plan.Stays);
            var moved = MergeMoves.Move(db, plan, contacts, await InheritPairsAsync(db, stays, goes));
            db.Add(new Merge { Id = db.NextId(), StayedId = stays, GoneId = goes, At = db.Now, By = actor.Name, Moved = moved });
            await SessionService.EndAllAsync(db, goes, SessionEnd.Merged);
            await RecordAsync(db, actor, plan.Stays, "user.merged");
            Tell(db, plan.Stays, plan.Goes, "user.merged");
            return Outcome.Done;
        });
    }

    /// <summary>
    /// Gives back what moved, unless it was changed or unbound since. Both sign in anew: the sessions of the one who stayed may be the
    /// other's. Faults: <see cref="FaultKind.NotFound"/>, <see cref="FaultKind.NotAllowedNow"/> (undone, after 7 days, or the user
    /// who stayed was merged into another: that one first).
    /// </summary>
    public async Task<Outcome> UndoAsync(Actor actor, EnvironmentId id, long mergeId)
    {
        var environment = projects.For(actor, Role.Operator, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return await store.WriteAsync<Outcome>(environment.Value.Scope, async db =>
        {
            if (await db.Set<Merge>().FirstOrDefaultAsync(m => m.Id == mergeId) is not { } merge)
            {
                return FaultKind.NotFound;
            }

            var (stayed, gone) = (await db.Set<User>().FirstAsync(u => u.Id == merge.StayedId), await db.Set<User>().FirstAsync(u => u.Id == merge.GoneId));
            if (merge.UndoneAt is not null || merge.At + UndoTime <= db.Now || stayed.MergedInto is not null || gone.MergedInto != stayed.Id)
            {
                return FaultKind.NotAllowedNow;
            }

            var contacts = Contacts.TakeBack(stayed, merge.Moved);
            (merge.UndoneAt, merge.UndoneBy) = (db.Now, actor.Name);
            await RecordAsync(db, actor, stayed, "user.merge_undone");
            contacts.Give(gone);
            await MergeMoves.MoveBackAsync(db, merge, stayed, gone, attributes.Of(id));
            (gone.MergedInto, gone.DisabledAt) = (null, null);
            await SessionService.EndAllAsync(db, stayed.Id, SessionEnd.Merged);
            await RecordAsync(db, actor, gone, "user.merge_undone");
            Tell(db, stayed, gone, "user.merge_undone");
            return Outcome.Done;
        });
    }

    private static async Task<Outcome<MergePlan>> PlanAsync(ConsoleDb db, UserId stays, UserId goes, SchemaInForce schema)
    {
        if (!await db.Set<UserPair>().AnyAsync(p => (p.FirstId == stays && p.SecondId == goes) || (p.FirstId == goes && p.SecondId == stays)) ||
            await MergePlan.MakeAsync(db, stays, goes, schema) is not { } plan)
        {
            return FaultKind.NotFound;
        }

        // Who is locked out does not come in again as somebody else.
        return plan.Stays.DisabledAt is null && plan.Goes.DisabledAt is null ? plan : FaultKind.NotAllowedNow;
    }

    /// <summary>Whoever was a pair with the one who is gone is one with the one who stays.</summary>
    private static async Task<IReadOnlyList<long>> InheritPairsAsync(ConsoleDb db, UserId stays, UserId goes)
    {
        List<long> made = [];
        foreach (var pair in await db.Set<UserPair>().Where(p => p.FirstId == goes || p.SecondId == goes).ToListAsync())
        {
            if (await UserPair.AddAsync(db, stays, pair.FirstId == goes ? pair.SecondId : pair.FirstId, pair.Source) is { } added)
            {
                made.Add(added);
            }
        }

        return made;
    }

    /// <summary>
    /// The line of one of the two, with what changed so far; saved at once: a phone has to be off the one row before it is on the
    /// other, for it is unique.
    /// </summary>
    private static Task RecordAsync(ConsoleDb db, Actor actor, User user, string what)
    {
        user.Version++;
        db.Audit(actor, what, "user", user.Id.ToString());
        db.Signal(UserDirectory.Topic, user.Id.Value);
        return db.EnterAsync(new Scope(db.EnvironmentId, db.ProjectId));
    }

    private static void Tell(ConsoleDb db, User stayed, User gone, string what)
    {
        db.Publish(what, stayed.Id, JsonColumn.Text(new { user_id = stayed.Id.Value, merged_user_id = gone.Id.Value }));
        db.Signal(UserPair.Topic);
    }
}
