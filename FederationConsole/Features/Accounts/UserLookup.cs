using FederationConsole.Data;
using FederationConsole.Features.Projects;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Accounts;

/// <summary>By what an app's server looks for a person: one of the three.</summary>
/// <param name="Phone">E.164.</param>
/// <param name="Email">Lower case.</param>
/// <param name="OpenId">Of the source and issuer that are asked for.</param>
public sealed record UserKey(string? Phone = null, string? Email = null, string? OpenId = null);

/// <param name="OpenIds">Of the source and issuer that were asked for; also those that a merge left with the user who was merged away.</param>
public sealed record LookedUp(User User, IReadOnlyList<string> OpenIds);

/// <summary>Looks for one person on behalf of a caller who may see the whole environment, and no other.</summary>
public sealed class UserLookup(Store store)
{
    /// <summary>Null when there is nobody. Who was merged away leads to the one who goes on.</summary>
    public Task<LookedUp?> FindAsync(EnvironmentEntry environment, UserKey key, int source, string issuer) => store.ReadAsync<LookedUp?>(environment.Scope, async db =>
    {
        var found = key.OpenId is { } openId ? await OfOpenIdAsync(db, openId, source, issuer) : await UserContacts.FindAsync(db, key.Phone, key.Email);
        if (found is null)
        {
            return null;
        }

        var openIds = await db.Set<Identity>()
            .Where(i => i.Source == source && i.Issuer == issuer && (i.UserId == found.Id || db.Set<User>().Any(u => u.Id == i.UserId && u.MergedInto == found.Id)))
            .OrderBy(i => i.Id).Select(i => i.OpenId).ToListAsync();
        return new(found, openIds);
    });

    private static async Task<User?> OfOpenIdAsync(ConsoleDb db, string openId, int source, string issuer)
    {
        var holder = await db.Set<Identity>().Where(i => i.OpenId == openId && i.Source == source && i.Issuer == issuer)
            .Join(db.Set<User>(), i => i.UserId, u => u.Id, (_, user) => user).FirstOrDefaultAsync();
        return holder is null ? null : await UserDirectory.FollowAsync(db, holder);
    }
}
