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

    private readonly Func<ConsoleDb, int, string, string, Task<User?>> _toRead = EF.CompileAsyncQuery(
        (ConsoleDb db, int source, string issuer, string openId) => db.Set<Identity>().AsNoTracking()
            .Where(i => i.Source == source && i.Issuer == issuer && i.OpenId == openId)
            .Join(db.Set<User>(), i => i.UserId, u => u.Id, (i, u) => u)
            .FirstOrDefault());

    private readonly Func<ConsoleDb, int, string, string, Task<User?>> _toWrite = EF.CompileAsyncQuery(
        (ConsoleDb db, int source, string issuer, string openId) => db.Set<Identity>().AsTracking()
            .Where(i => i.Source == source && i.Issuer == issuer && i.OpenId == openId)
            .Join(db.Set<User>(), i => i.UserId, u => u.Id, (i, u) => u)
            .FirstOrDefault());

    private readonly GenerationCache<(EnvironmentId, int, string, string), KnownUser> _known = new(Capacity);
    private readonly Store _store;
    private readonly IDisposable _listening;

    public UserDirectory(Store store, Signals signals)
    {
        _store = store;
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
    public async ValueTask<UserId?> FindUnchangedAsync(Scope scope, VerifiedIdentity identity, string? name)
    {
        var known = await _known.GetAsync(
            (scope.Environment, identity.Source, identity.Issuer, identity.OpenId), (Self: this, Scope: scope, Identity: identity),
            static async (_, ask) => await ask.Self._store.ReadAsync(ask.Scope, db => ask.Self.FindAsync(db, ask.Identity)) is { } user
                ? new KnownUser(user.Id, user.Nickname, user.AvatarUrl)
                : null);
        return known is not null && (identity.Nickname ?? name ?? known.Nickname) == known.Nickname && (identity.AvatarUrl ?? known.AvatarUrl) == known.AvatarUrl
            ? known.Id
            : null;
    }

    public void Dispose() => _listening.Dispose();

    /// <summary>The user whom this identity is bound to, if there is one.</summary>
    public Task<User?> FindAsync(ConsoleDb db, VerifiedIdentity identity) =>
        _toRead(db, identity.Source, identity.Issuer, identity.OpenId);

    /// <summary>
    /// Seed 002, 4.2: the user of this identity, made on the first login. One that an already known person's verified phone
    /// or e-mail leads to is bound to that person. Two at once make one user: the index on identities is unique.
    /// </summary>
    /// <param name="name">The client's word for a new user's nickname; the third party's own goes before it.</param>
    public async Task<(User User, bool IsNew)> FindOrCreateAsync(ConsoleDb db, VerifiedIdentity identity, string? name, Actor actor)
    {
        if (await _toWrite(db, identity.Source, identity.Issuer, identity.OpenId) is { } known)
        {
            Update(db, known, identity, name, actor);
            return (known, false);
        }

        var user = await FindVouchedForAsync(db, identity);
        var isNew = user is null;
        user ??= Create(db, identity, name);
        db.Add(new Identity
        {
            Id = db.NextId(),
            UserId = user.Id,
            Source = identity.Source,
            Issuer = identity.Issuer,
            OpenId = identity.OpenId,
            UnionId = identity.UnionId,
            Nickname = identity.Nickname,
            BoundAt = db.Now,
        });
        var what = isNew ? "user.created" : "user.identity_bound";
        db.Audit(actor, what, "user", user.Id.ToString());
        db.Publish(what, user.Id, JsonColumn.Text(new { user_id = user.Id.Value, source = identity.Source }));
        db.Signal(isNew ? CreatedTopic : Topic, user.Id.Value);
        return (user, isNew);
    }

    private static User Create(ConsoleDb db, VerifiedIdentity identity, string? name)
    {
        var user = new User
        {
            Id = db.NextId<UserId>(),
            AccountId = db.NextGuid(),
            Nickname = identity.Nickname ?? name,
            AvatarUrl = identity.AvatarUrl,
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

        // A person who already has an identity of this source is not given a second one.
        return await db.Set<User>()
            .Where(u => (identity.Phone != null && u.Phone == identity.Phone) || (identity.Email != null && u.Email == identity.Email))
            .Where(u => !db.Set<Identity>().Any(i => i.UserId == u.Id && i.Source == identity.Source))
            .OrderBy(u => u.Phone == identity.Phone ? 0 : 1)
            .FirstOrDefaultAsync();
    }

    private sealed record KnownUser(UserId Id, string? Nickname, string? AvatarUrl);
}
