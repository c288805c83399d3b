using System.Diagnostics;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Sessions;

/// <summary>Where a login came from.</summary>
/// <param name="Resource">Seed 002's 用户登录源, or empty.</param>
public sealed record SessionOrigin(AppId AppId, int Source, string Resource, string? Address, string? Client);

/// <summary>The tokens of a new or refreshed session, in the clear: handed out once.</summary>
/// <param name="ExpiresIn">Seconds of the access token.</param>
public sealed record IssuedSession(SessionId Id, UserId UserId, string AccessToken, string RefreshToken, int ExpiresIn, string Authorize);

/// <summary>Issues, refreshes and ends sessions.</summary>
public sealed class SessionService(Store store, ProjectCatalog projects, EventInterest interest, IEnumerable<ISessionRenewal> renewals)
{
    private readonly Dictionary<int, ISessionRenewal> _renewals = renewals.ToDictionary(r => r.Source);

    /// <summary>The signals' topics; the id is the session's, or the user's whose sessions all ended.</summary>
    public const string Topic = "sessions";
    public const string UserTopic = "sessions-of-user";

    /// <summary>
    /// The one function that issues sessions: every way in ends here, inside the write that found or made the user.
    /// A disabled user is stopped here, by the insert itself: whoever was disabled a moment ago gets none.
    /// </summary>
    public async Task<Outcome<IssuedSession>> IssueAsync(ConsoleDb db, UserId user, SessionOrigin origin, Policies policies)
    {
        if (origin.Resource.Length > 0)
        {
            await ReplaceAsync(db, user, origin.Resource);
        }

        var id = db.NextId<SessionId>();
        var (access, refresh, authorize) = (SessionToken.New(id), SessionToken.New(id), Tokens.New());
        var now = db.Now;
        var issued = await db.InsertAsync(
            new Session
            {
                Id = id,
                UserId = user,
                AppId = origin.AppId,
                Source = origin.Source,
                Resource = origin.Resource,
                AccessHash = access.Hash(),
                AccessExpiresAt = now.AddSeconds(policies.AccessTokenSeconds),
                RefreshHash = refresh.Hash(),
                RefreshExpiresAt = now.AddDays(policies.RefreshTokenDays),
                AuthorizeHash = Tokens.Hash(authorize),
                CreatedAt = now,
                Address = origin.Address,
                Client = Cut(origin.Client, 256),
            },
            static parameter => $"EXISTS (SELECT 1 FROM \"Users\" WHERE \"Id\" = {parameter(nameof(Session.UserId))} AND \"DisabledAt\" IS NULL)");
        if (issued && interest.Wants(db.EnvironmentId, "session.created"))
        {
            // A login pays for this row only where a receiver wants it.
            var app = projects.App(origin.AppId, db.EnvironmentId)?.AppKey;
            db.Publish("session.created", user, JsonColumn.Text(new { user_id = user.Value, session_id = id.ToString(), source = origin.Source, plugin_id = app, resource = origin.Resource }));
        }

        return issued ? new IssuedSession(id, user, access.Text, refresh.Text, policies.AccessTokenSeconds, authorize) : FaultKind.UserDisabled;
    }

    /// <summary>
    /// Rotates both tokens. The access token only has to be of the same session, expired or not: the refresh token is what
    /// counts (faces.md). One that was used before ends the session.
    /// </summary>
    public async Task<Outcome<IssuedSession>> RefreshAsync(string accessToken, string refreshToken, RenewalCall call)
    {
        if (!SessionToken.TryParse(accessToken, out var access))
        {
            return FaultKind.TokenUnknown;
        }

        if (!SessionToken.TryParse(refreshToken, out var refresh))
        {
            return FaultKind.RefreshTokenUnknown;
        }

        if (refresh.Session != access.Session)
        {
            return FaultKind.TokenUnknown;
        }

        return await RenewAsync(refresh, call);
    }

    /// <summary>The same where the face asks for no access token (seed 003).</summary>
    public async Task<Outcome<IssuedSession>> RefreshAsync(string refreshToken, RenewalCall call) =>
        SessionToken.TryParse(refreshToken, out var refresh) ? await RenewAsync(refresh, call) : FaultKind.RefreshTokenUnknown;

    private async Task<Outcome<IssuedSession>> RenewAsync(SessionToken refresh, RenewalCall call)
    {
        if (await FindAsync(refresh.Session) is not { } held || projects.Environment(held.EnvironmentId) is not { } environment)
        {
            return FaultKind.RefreshTokenUnknown;
        }

        Func<ConsoleDb, Task>? keep = null;
        if (_renewals.TryGetValue(held.Source, out var renewal) && refresh.Matches(held.RefreshHash))
        {
            // A token that is spent or over asks nobody: the write below says so.
            var agreed = await renewal.AskAsync(environment, held.Id, call);
            if (!agreed.Ok)
            {
                return agreed.Fault;
            }

            keep = agreed.Value;
        }

        var answer = await store.WriteAsync(environment.Scope, async db =>
        {
            var rotation = await RotateAsync(db, refresh, environment.Policies);
            if (rotation is Rotation.Rotated && keep is not null)
            {
                await keep(db);
            }

            return rotation;
        });
        return answer switch
        {
            Rotation.Rotated(var issued) => issued,
            Rotation.Spent => FaultKind.RefreshTokenSpent,
            Rotation.Unknown => FaultKind.RefreshTokenUnknown,
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Ends one session. Ending one that has ended changes nothing.</summary>
    public Task<Outcome> EndAsync(EnvironmentId environment, SessionId id, SessionEnd reason) => store.WriteAsync(new Scope(environment, default), async db =>
    {
        await EndAsync(db, id, reason);
        return Outcome.Done;
    });

    /// <summary>Ends every session of a user, as part of the write that disables them or changes their password.</summary>
    /// <param name="except">The session that asked for it and goes on.</param>
    public static async Task<int> EndAllAsync(ConsoleDb db, UserId user, SessionEnd reason, SessionId except = default)
    {
        var now = db.Now;
        var ended = await db.Set<Session>()
            .Where(s => s.UserId == user && s.EndedAt == null && s.Id != except)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now).SetProperty(s => s.EndReason, reason));
        db.Signal(UserTopic, user.Value);
        return ended;
    }

    private Task<Held?> FindAsync(SessionId id) => store.ReadAsync(Scope.Host, db =>
    {
        // The token itself tells the environment, so the filter cannot be set before this read.
        var now = db.Now;
        return db.Set<Session>().IgnoreQueryFilters().Where(s => s.Id == id)
            .Select(s => new Held(s.Id, s.EnvironmentId, s.EndedAt == null && s.RefreshExpiresAt > now ? s.Source : User.OwnOrigin, s.RefreshHash))
            .FirstOrDefaultAsync();
    });

    private static async Task<Rotation> RotateAsync(ConsoleDb db, SessionToken refresh, Policies policies)
    {
        var session = await db.Set<Session>().FirstOrDefaultAsync(s => s.Id == refresh.Session && s.EndedAt == null);
        if (session is null)
        {
            return new Rotation.Unknown();
        }

        if (!refresh.Matches(session.RefreshHash))
        {
            var hash = refresh.Hash();
            if (!await db.Set<SpentRefreshToken>().AnyAsync(t => t.Hash == hash))
            {
                return new Rotation.Unknown();
            }

            await EndAsync(db, session.Id, SessionEnd.RefreshTokenReused);
            db.Audit(Actor.Host, "session.refresh_token_reused", "user", session.UserId.ToString());
            db.Publish("session.refresh_token_reused", session.UserId, JsonColumn.Text(new { user_id = session.UserId.Value }));
            return new Rotation.Spent();
        }

        if (session.RefreshExpiresAt <= db.Now)
        {
            return new Rotation.Unknown();
        }

        var (access, next, authorize) = (SessionToken.New(session.Id), SessionToken.New(session.Id), Tokens.New());
        db.Add(new SpentRefreshToken { Hash = session.RefreshHash, SessionId = session.Id, SpentAt = db.Now });
        session.AccessHash = access.Hash();
        session.AccessExpiresAt = db.Now.AddSeconds(policies.AccessTokenSeconds);
        session.RefreshHash = next.Hash();
        session.RefreshExpiresAt = db.Now.AddDays(policies.RefreshTokenDays);
        session.AuthorizeHash = Tokens.Hash(authorize);
        session.RefreshedAt = db.Now;
        db.Signal(Topic, session.Id.Value);
        return new Rotation.Rotated(new(session.Id, session.UserId, access.Text, next.Text, policies.AccessTokenSeconds, authorize));
    }

    private static async Task ReplaceAsync(ConsoleDb db, UserId user, string resource)
    {
        var replaced = await db.RunAsync(
            """
            UPDATE "Sessions" SET "EndedAt" = @p0, "EndReason" = @p1
            WHERE "EnvironmentId" = @p2 AND "UserId" = @p3 AND "Resource" = @p4 AND "EndedAt" IS NULL RETURNING "Id"
            """,
            static row => row.GetInt64(0),
            db.Now.ToUnixTimeMilliseconds(), (int)SessionEnd.Replaced, db.EnvironmentId.Value, user.Value, resource);
        foreach (var id in replaced)
        {
            db.Signal(Topic, id);
        }
    }

    internal static async Task EndAsync(ConsoleDb db, SessionId id, SessionEnd reason)
    {
        var now = db.Now;
        var ended = await db.Set<Session>().Where(s => s.Id == id && s.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, now).SetProperty(s => s.EndReason, reason));
        if (ended > 0)
        {
            db.Signal(Topic, id.Value);
        }
    }

    private static string? Cut(string? text, int length) => text?.Length > length ? text[..length] : text;

    /// <param name="Source">Who is asked before it is renewed; nobody where it will not be.</param>
    private sealed record Held(SessionId Id, EnvironmentId EnvironmentId, int Source, byte[] RefreshHash);

    private abstract record Rotation
    {
        private Rotation()
        {
        }

        public sealed record Rotated(IssuedSession Issued) : Rotation;

        /// <summary>No fault inside the write: the end of the session must be committed.</summary>
        public sealed record Spent : Rotation;

        public sealed record Unknown : Rotation;
    }
}
