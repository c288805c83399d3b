using System.Data.Common;
using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Accounts;

/// <summary>
/// Finds and makes users. What takes a <see cref="ConsoleDb"/> runs inside the caller's write. Compiled queries are fields of
/// the host's one directory, because one is good for the model of one database alone.
/// </summary>
public sealed class UserDirectory : IDisposable
{
    private const int Capacity = 100_000;

    /// <summary>The signal's topic: a user was changed; the id is the user's.</summary>
    public const string Topic = "users";

    /// <summary>A user was made. Apart from <see cref="Topic"/>: nobody can have cached a new user, and caches need not look.</summary>
    public const string CreatedTopic = "users-created";

    private readonly Func<ConsoleDb, int, string, string, Task<Holding?>> _toRead = EF.CompileAsyncQuery(
        (ConsoleDb db, int source, string issuer, string openId) => db.Set<Identity>().AsNoTracking()
            .Where(i => i.Source == source && i.Issuer == issuer && i.OpenId == openId)
            .Join(db.Set<User>(), i => i.UserId, u => u.Id, (i, u) => new Holding(i, u))
            .FirstOrDefault());

    private readonly Func<ConsoleDb, int, string, string, Task<Holding?>> _toWrite = EF.CompileAsyncQuery(
        (ConsoleDb db, int source, string issuer, string openId) => db.Set<Identity>().AsTracking()
            .Where(i => i.Source == source && i.Issuer == issuer && i.OpenId == openId)
            .Join(db.Set<User>(), i => i.UserId, u => u.Id, (i, u) => new Holding(i, u))
            .FirstOrDefault());

    private readonly GenerationCache<(EnvironmentId, int, string, string), KnownUser> _known = new(Capacity);
    private readonly IDisposable _listening;

    public UserDirectory(Signals signals)
    {
        _listening = signals.Listen(signal =>
        {
            if (signal.Topic == Topic)
            {
                _known.RemoveWhere(u => u.Id.Value == signal.Id);
            }
            else if (signal == Signal.Reset)
            {
                _known.Clear();
            }

            return ValueTask.CompletedTask;
        });
    }

    /// <summary>
    /// From memory: whose identity it is, when a login changes nothing about them. Null when the write has to look: nobody, or
    /// something to update. Whether the user may sign in at all is asked by the write.
    /// </summary>
    public FoundUser? Recall(Scope scope, VerifiedIdentity identity, string? name) =>
        _known.TryGet(Key(scope, identity), out var known) && known!.IsUnchanged(identity, name) ? new(known.Id, false, known) : null;

    /// <summary>Keeps what a committed write found, unless something was forgotten since <paramref name="moment"/>: it may be what that was about.</summary>
    /// <param name="moment"><see cref="Moment"/> before the write.</param>
    public void Remember(Scope scope, VerifiedIdentity identity, FoundUser found, long moment)
    {
        if (found.Known is { } known)
        {
            _known.Add(Key(scope, identity), known, moment);
        }
    }

    public long Moment => _known.Moment;

    public void Dispose() => _listening.Dispose();

    /// <summary>
    /// The user whom this identity leads to, if there is one: by its open id, else by the unionid of one that is bound, so that
    /// a user is found again when the project's app at the third party, and with it every open id, is another one.
    /// </summary>
    public async Task<User?> FindAsync(ConsoleDb db, VerifiedIdentity identity)
    {
        var found = await _toRead(db, identity.Source, identity.Issuer, identity.OpenId) ?? await FindByUnionIdAsync(db, identity);
        return found is null ? null : await FollowAsync(db, found.User);
    }

    /// <summary>From a user who was merged into another to the one who goes on as this person.</summary>
    public static async Task<User> FollowAsync(ConsoleDb db, User user)
    {
        // Two are merged only while neither is merged away, so this ends. The user himself where the other one was erased.
        while (user.MergedInto is { } next && await db.Set<User>().FirstOrDefaultAsync(u => u.Id == next) is { } further)
        {
            user = further;
        }

        return user;
    }

    /// <summary>
    /// Seed 002, 4.2: the user of this identity, made on the first login. One that an already known person's verified phone
    /// or e-mail leads to is bound to that person. Two at once make one user: the index on identities is unique.
    /// </summary>
    /// <param name="name">The client's word for a new user's nickname; the third party's own goes before it.</param>
    public async Task<FoundUser> FindOrCreateAsync(ConsoleDb db, VerifiedIdentity identity, string? name, Actor actor)
    {
        var bound = await LookAsync(db, identity);
        if (bound?.IsUnchanged(identity, name) == true)
        {
            return new(bound.Id, false, bound);
        }

        if (await FindToWriteAsync(db, identity, bound is not null, actor) is { } found)
        {
            Update(db, found, identity, name, actor);
            return new(found.Id, false, null);
        }

        var user = await FindVouchedForAsync(db, identity);
        var isNew = user is null;
        user ??= Create(db, identity, name);
        db.Add(NewIdentity(db, user.Id, identity));
        var what = isNew ? "user.created" : "user.identity_bound";
        db.Audit(actor, what, "user", user.Id.ToString());
        db.Publish(what, user.Id, JsonColumn.Text(new { user_id = user.Id.Value, source = identity.Source }));
        db.Signal(isNew ? CreatedTopic : Topic, user.Id.Value);
        return new(user.Id, isNew, isNew ? new(user.Id, user.Nickname, user.AvatarUrl, identity.UnionId, false) : null);
    }

    internal static Identity NewIdentity(ConsoleDb db, UserId user, VerifiedIdentity identity, bool isFurther = false) => new()
    {
        Id = db.NextId(),
        UserId = user,
        Source = identity.Source,
        Issuer = identity.Issuer,
        OpenId = identity.OpenId,
        UnionId = identity.UnionId,
        IsFurther = isFurther,
        Nickname = identity.Nickname,
        BoundAt = db.Now,
    };

    /// <summary>Whom the open id is bound to: one prepared statement, since most logins end with its answer.</summary>
    private static async Task<KnownUser?> LookAsync(ConsoleDb db, VerifiedIdentity identity)
    {
        var rows = await db.RunAsync(
            """
            SELECT u."Id", u."Nickname", u."AvatarUrl", i."UnionId", u."MergedInto" FROM "Identities" i JOIN "Users" u ON u."Id" = i."UserId"
            WHERE i."EnvironmentId" = @p0 AND i."OpenId" = @p1 AND i."Source" = @p2 AND i."Issuer" = @p3
            """,
            static row => new KnownUser(new(row.GetInt64(0)), Text(row, 1), Text(row, 2), Text(row, 3), !row.IsDBNull(4)),
            db.EnvironmentId.Value, identity.OpenId, identity.Source, identity.Issuer);
        return rows.Count == 0 ? null : rows[0];

        static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }

    /// <summary>As <see cref="FindAsync"/>; what the third party tells anew of its ids is kept.</summary>
    private async Task<User?> FindToWriteAsync(ConsoleDb db, VerifiedIdentity identity, bool isBound, Actor actor)
    {
        if (isBound && await _toWrite(db, identity.Source, identity.Issuer, identity.OpenId) is { } known)
        {
            var user = await FollowAsync(db, known.User);
            if (identity.UnionId is { } unionId && unionId != known.Identity.UnionId)
            {
                known.Identity.UnionId = unionId;
                Tell(db, user, actor);
                await PairAsync(db, user, known.Identity, actor);
            }

            return user;
        }

        if (await FindByUnionIdAsync(db, identity) is not { } same)
        {
            return null;
        }

        // The same account at the third party, seen through another app: its open id signs in from now on as well.
        db.Add(NewIdentity(db, same.Identity.UserId, identity, isFurther: true));
        var person = await FollowAsync(db, same.User);
        Tell(db, person, actor);
        return person;
    }

    private static void Tell(ConsoleDb db, User user, Actor actor)
    {
        db.Audit(actor, "user.identity_updated", "user", user.Id.ToString());
        db.Publish("user.updated", user.Id, JsonColumn.Text(new { user_id = user.Id.Value, fields = new[] { "identities" } }));
        db.Signal(Topic, user.Id.Value);
    }

    /// <summary>A unionid that has just been learnt may show that others are the same person: they are listed, not merged.</summary>
    private static async Task PairAsync(ConsoleDb db, User user, Identity learnt, Actor actor)
    {
        var others = await db.Set<Identity>().Where(i => i.Source == learnt.Source && i.UnionId == learnt.UnionId && i.UserId != learnt.UserId)
            .Join(db.Set<User>(), i => i.UserId, u => u.Id, (i, u) => u).Distinct().ToListAsync();
        foreach (var other in others)
        {
            if (await UserPair.AddAsync(db, user.Id, (await FollowAsync(db, other)).Id, learnt.Source) is { } pair)
            {
                db.Audit(actor, "user.pair_found", "user", user.Id.ToString());
                db.Signal(UserPair.Topic, pair);
            }
        }
    }

    private static Task<Holding?> FindByUnionIdAsync(ConsoleDb db, VerifiedIdentity identity) => identity.UnionId is { } unionId
        ? db.Set<Identity>().Where(i => i.Source == identity.Source && i.UnionId == unionId).OrderBy(i => i.Id)
            .Join(db.Set<User>(), i => i.UserId, u => u.Id, (i, u) => new Holding(i, u)).FirstOrDefaultAsync()
        : Task.FromResult<Holding?>(null);

    private static User Create(ConsoleDb db, VerifiedIdentity identity, string? name)
    {
        var user = new User
        {
            Id = db.NextId<UserId>(),
            AccountId = db.NextGuid(),
            Nickname = identity.Nickname ?? name,
            AvatarUrl = identity.AvatarUrl,
            Gender = identity.Gender,
            Origin = identity.Source,
            CreatedAt = db.Now,
        };
        db.Add(user);
        return user;
    }

    /// <summary>Seed 002, 5.1.2: 如果已在物联云平台则更新相关信息.</summary>
    private static void Update(ConsoleDb db, User user, VerifiedIdentity identity, string? name, Actor actor)
    {
        var nickname = identity.Nickname ?? name ?? user.Nickname;
        var avatar = identity.AvatarUrl ?? user.AvatarUrl;
        if (nickname == user.Nickname && avatar == user.AvatarUrl)
        {
            return;
        }

        (user.Nickname, user.AvatarUrl) = (nickname, avatar);
        user.Version++;
        db.Audit(actor, "user.updated", "user", user.Id.ToString());
        db.Publish("user.updated", user.Id, JsonColumn.Text(new { user_id = user.Id.Value, fields = new[] { "nickname", "avatar" } }));
        db.Signal(Topic, user.Id.Value);
    }

    private static async Task<User?> FindVouchedForAsync(ConsoleDb db, VerifiedIdentity identity)
    {
        if (identity.Phone is null && identity.Email is null)
        {
            return null;
        }

        var holders = await db.Set<User>()
            .Where(u => (identity.Phone != null && u.Phone == identity.Phone) || (identity.Email != null && u.Email == identity.Email))
            // An account that somebody made with another's phone or e-mail must not collect that person's logins.
            .Where(u => !db.Set<AccountDetail>().Any(d => d.UserId == u.Id && ((d.UnverifiedPhone != null && d.UnverifiedPhone == identity.Phone && d.UnverifiedPhone == u.Phone) || (d.UnverifiedEmail != null && d.UnverifiedEmail == identity.Email && d.UnverifiedEmail == u.Email))))
            .OrderBy(u => u.Phone == identity.Phone ? 0 : 1)
            .ToListAsync();
        foreach (var holder in holders)
        {
            // A person who already has an identity of this source is not given a second one.
            var user = await FollowAsync(db, holder);
            if (!await db.Set<Identity>().AnyAsync(i => i.UserId == user.Id && i.Source == identity.Source))
            {
                return user;
            }
        }

        return null;
    }

    private sealed record Holding(Identity Identity, User User);

    private static (EnvironmentId, int, string, string) Key(Scope scope, VerifiedIdentity identity) =>
        (scope.Environment, identity.Source, identity.Issuer, identity.OpenId);
}

/// <summary>The user of an identity.</summary>
/// <param name="IsNew">Made by this very write.</param>
/// <param name="Known">What may be remembered; null where this write changed it.</param>
public sealed record FoundUser(UserId Id, bool IsNew, KnownUser? Known);

/// <summary>What a login compares with.</summary>
/// <param name="IsMerged">Another user goes on as this person, and has to be looked for.</param>
public sealed record KnownUser(UserId Id, string? Nickname, string? AvatarUrl, string? UnionId, bool IsMerged)
{
    public bool IsUnchanged(VerifiedIdentity identity, string? name) =>
        !IsMerged && (identity.Nickname ?? name ?? Nickname) == Nickname && (identity.AvatarUrl ?? AvatarUrl) == AvatarUrl && (identity.UnionId ?? UnionId) == UnionId;
}
