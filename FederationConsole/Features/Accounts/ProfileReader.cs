using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Accounts;

/// <summary>A user with what is bound to them.</summary>
/// <param name="Attributes">Canonical texts by attribute id, also of attributes that the schema no longer has.</param>
public sealed record UserProfile(User User, IReadOnlyList<Identity> Identities, bool HasPassword, IReadOnlyDictionary<string, string> Attributes);

/// <summary>Profiles from memory; a change drops them before it is answered.</summary>
public sealed class ProfileReader : IDisposable
{
    private const int Capacity = 100_000;

    private readonly GenerationCache<UserId, UserProfile> _known = new(Capacity);
    private readonly Store _store;
    private readonly IDisposable _listening;

    public ProfileReader(Store store, Signals signals)
    {
        _store = store;
        _listening = signals.Listen(signal =>
        {
            if (signal.Topic == UserDirectory.Topic)
            {
                _known.Remove(UserId.Of(signal.Id));
            }
            else if (signal == Signal.Reset)
            {
                _known.Clear();
            }

            return ValueTask.CompletedTask;
        });
    }

    public ValueTask<UserProfile?> ReadAsync(EnvironmentId environment, UserId user) => _known.GetAsync(
        user, (_store, environment),
        static (id, from) => from._store.ReadAsync(new Scope(from.environment, default), db => LoadAsync(db, id)));

    /// <summary>
    /// Whoever goes on as the person with this id in this environment; not from memory, which is by user id alone and good only for ids
    /// that are known to be of the environment.
    /// </summary>
    public Task<UserProfile?> FindAsync(EnvironmentId environment, UserId id) => _store.ReadAsync(new Scope(environment, default), async db =>
        await db.Set<User>().FirstOrDefaultAsync(u => u.Id == id) is { } user ? await LoadAsync(db, (await UserDirectory.FollowAsync(db, user)).Id) : null);

    public void Dispose() => _listening.Dispose();

    internal static async Task<UserProfile?> LoadAsync(ConsoleDb db, UserId id)
    {
        if (await db.Set<User>().FirstOrDefaultAsync(u => u.Id == id) is not { } user)
        {
            return null;
        }

        var identities = await db.Set<Identity>().Where(i => i.UserId == id && !i.IsFurther).OrderBy(i => i.Source).ToListAsync();
        var attributes = await db.Set<UserAttribute>().Where(a => a.UserId == id).ToDictionaryAsync(a => a.AttributeId, a => a.Value);
        return new(user, identities, await db.Set<PasswordCredential>().AnyAsync(p => p.UserId == id), attributes);
    }
}
