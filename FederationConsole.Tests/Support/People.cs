using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Support;

/// <summary>People who are there already, written straight into the directory, and what the directory holds of them.</summary>
internal static class People
{
    public const string Password = "Test46525dff";

    /// <summary>Somebody who registered: by phone (national, +86) or e-mail, and password.</summary>
    public static async Task<UserId> RegisteredAsync(this World world, string? phone = null, string? email = null, string? password = Password, EnvironmentEntry? environment = null)
    {
        var hashed = password is null ? null : World.Value(await world.Get<UserPasswords>().HashAsync("password", password, new(), default));
        return await world.Get<Store>().WriteAsync((environment ?? world.Development).Scope, async db =>
        {
            var user = new User
            {
                Id = db.NextId<UserId>(), AccountId = db.NextGuid(), Phone = phone is null ? null : "+86" + phone, PhoneZone = phone is null ? null : "+86",
                Email = email, CreatedAt = db.Now,
            };
            db.Add(user);
            if (hashed is not null)
            {
                await UserPasswords.SetAsync(db, user.Id, hashed);
            }

            db.Audit(Actor.Host, "user.created", "user", user.Id.ToString());
            return user.Id;
        });
    }

    public static Task<Answer> PasswordLoginAsync(this World world, string phone, string password = Password, string? resource = null) =>
        world.PostAsync("/v2/user_auth", new { corp_id = world.Development.CorpId, phone, password, resource });

    /// <summary>Somebody who registered by phone and signed in.</summary>
    public static async Task<Login> MemberAsync(this World world, string phone)
    {
        await world.RegisteredAsync(phone);
        var json = (await world.PasswordLoginAsync(phone)).Json;
        return new(json.GetProperty("user_id").GetInt64(), json.GetProperty("access_token").GetString()!, json.GetProperty("refresh_token").GetString()!, "");
    }

    public static Task<T> ReadAsync<T>(this World world, Func<ConsoleDb, Task<T>> read) => world.Get<Store>().ReadAsync(world.Development.Scope, read);

    /// <summary>Whom a verified identity signs in, as the write of a login finds or makes them, and remembers.</summary>
    public static async Task<UserId> EnterAsync(this World world, VerifiedIdentity identity)
    {
        var (users, scope) = (world.Get<UserDirectory>(), world.Development.Scope);
        var moment = users.Moment;
        var found = await world.Get<Store>().WriteAsync(scope, db => users.FindOrCreateAsync(db, identity, null, Actor.Host));
        users.Remember(scope, identity, found, moment);
        return found.Id;
    }

    public static Task<List<string>> EventsAsync(this World world, long user) =>
        world.ReadAsync(db => db.Set<OutboxEvent>().Where(e => e.UserId == UserId.Of(user)).OrderBy(e => e.Id).Select(e => e.Type).ToListAsync());

    /// <summary>Every row of the directory as text, times of changes left out: two that are equal hold the same.</summary>
    public static Task<string> DirectoryAsync(this World world) => world.ReadAsync(async db => string.Join('\n', [
        .. (await db.Set<User>().OrderBy(u => u.Id).ToListAsync()).Select(u => $"{u.Id} {u.Phone} {u.PhoneZone} {u.Email} {u.AccountName} {u.Nickname} {u.DisabledAt} {u.MergedInto}"),
        .. (await db.Set<Identity>().OrderBy(i => i.Id).ToListAsync()).Select(i => $"{i.Id} {i.UserId} {i.Source} {i.Issuer} {i.OpenId} {i.UnionId} {i.IsFurther} {i.BoundAt}"),
        .. (await db.Set<PasswordCredential>().OrderBy(p => p.UserId).ToListAsync()).Select(p => $"{p.UserId} {p.Hash} {p.SetAt}"),
        .. (await db.Set<UserAttribute>().OrderBy(a => a.UserId).ThenBy(a => a.AttributeId).ToListAsync()).Select(a => $"{a.UserId} {a.AttributeId} {a.Value} {a.Digest}"),
        .. (await db.Set<UserPair>().OrderBy(p => p.Id).ToListAsync()).Select(p => $"{p.FirstId} {p.SecondId} {p.Source}"),
    ]));
}
