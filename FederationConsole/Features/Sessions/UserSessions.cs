using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Sessions;

/// <summary>A session as the user's card lists it; no token, not even as a hash.</summary>
public sealed record SessionRow(
    SessionId Id, int Source, string? AppName, string Resource, string? Address, string? Client,
    DateTimeOffset CreatedAt, DateTimeOffset? RefreshedAt, DateTimeOffset RefreshExpiresAt, DateTimeOffset? EndedAt, SessionEnd? EndReason)
{
    /// <summary>It was not ended, and can still be refreshed.</summary>
    public bool Holds(DateTimeOffset now) => EndedAt is null && RefreshExpiresAt > now;
}

/// <summary>What an administrator does with a user's sessions, and with the user where sessions follow.</summary>
public sealed class UserSessions(Store store, ProjectCatalog projects)
{
    /// <summary>The newest first, ended ones among them.</summary>
    public const int MaxListed = 100;

    public async Task<Outcome<IReadOnlyList<SessionRow>>> ListAsync(Actor actor, EnvironmentId id, UserId user)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var sessions = await store.ReadAsync(environment.Value.Scope, db =>
            db.Set<Session>().Where(s => s.UserId == user).OrderByDescending(s => s.Id).Take(MaxListed).ToListAsync());
        return Outcome.Of<IReadOnlyList<SessionRow>>(sessions.ConvertAll(s => new SessionRow(
            s.Id, s.Source, projects.App(s.AppId, id)?.Name, s.Resource, s.Address, s.Client,
            s.CreatedAt, s.RefreshedAt, s.RefreshExpiresAt, s.EndedAt, s.EndReason)));
    }

    /// <summary>The session's tokens stop working before this is answered; on other nodes within a second.</summary>
    public Task<Outcome> EndAsync(Actor actor, EnvironmentId id, UserId user, SessionId session) =>
        ChangeAsync(actor, id, user, async (db, _) =>
        {
            if (!await db.Set<Session>().AnyAsync(s => s.Id == session && s.UserId == user))
            {
                return FaultKind.NotFound;
            }

            await SessionService.EndAsync(db, session, SessionEnd.EndedByAdministrator);
            db.Audit(actor, "session.ended", "user", user.ToString());
            return Outcome.Done;
        });

    public Task<Outcome> EndAllAsync(Actor actor, EnvironmentId id, UserId user) => ChangeAsync(actor, id, user, async (db, _) =>
    {
        await SessionService.EndAllAsync(db, user, SessionEnd.EndedByAdministrator);
        db.Audit(actor, "session.all_ended", "user", user.ToString());
        return Outcome.Done;
    });

    /// <summary>A disabled user is refused at every way in, and the sessions end at once.</summary>
    public Task<Outcome> DisableAsync(Actor actor, EnvironmentId id, UserId user) => ChangeAsync(actor, id, user, async (db, row) =>
    {
        if (row.DisabledAt is not null)
        {
            return Outcome.Done;
        }

        row.DisabledAt = db.Now;
        row.Version++;
        await SessionService.EndAllAsync(db, user, SessionEnd.UserDisabled);
        Record(db, actor, user, "user.disabled");
        return Outcome.Done;
    });

    public Task<Outcome> EnableAsync(Actor actor, EnvironmentId id, UserId user) => ChangeAsync(actor, id, user, (db, row) =>
    {
        if (row.MergedInto is not null)
        {
            // Goes on as another user; an undo of the merge brings this one back.
            return Task.FromResult<Outcome>(FaultKind.NotAllowedNow);
        }

        if (row.DisabledAt is not null)
        {
            row.DisabledAt = null;
            row.Version++;
            Record(db, actor, user, "user.enabled");
        }

        return Task.FromResult(Outcome.Done);
    });

    private static void Record(ConsoleDb db, Actor actor, UserId user, string what)
    {
        db.Audit(actor, what, "user", user.ToString());
        db.Publish(what, user, JsonColumn.Text(new { user_id = user.Value }));
        db.Signal(UserDirectory.Topic, user.Value);
    }

    private async Task<Outcome> ChangeAsync(Actor actor, EnvironmentId id, UserId user, Func<ConsoleDb, User, Task<Outcome>> change)
    {
        var environment = projects.For(actor, Role.Operator, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return await store.WriteAsync(environment.Value.Scope, async db =>
            await db.Set<User>().FirstOrDefaultAsync(u => u.Id == user) is { } row ? await change(db, row) : FaultKind.UnknownUser);
    }
}
