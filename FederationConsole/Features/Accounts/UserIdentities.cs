using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Accounts;

/// <summary>Binds identities to users who are there, and parts them. All of it runs inside the caller's write.</summary>
public sealed class UserIdentities(UserDirectory users)
{
    /// <summary>
    /// Seed 002, 5.1.6. Faults: <see cref="FaultKind.UnknownUser"/>, <see cref="FaultKind.UserDisabled"/>,
    /// <see cref="FaultKind.AlreadyBound"/> (this identity, or another of its source), <see cref="FaultKind.BoundToAnother"/>.
    /// </summary>
    public async Task<Outcome> BindAsync(ConsoleDb db, UserId user, VerifiedIdentity identity, Actor actor)
    {
        if (await db.Set<User>().FirstOrDefaultAsync(u => u.Id == user) is not { } row)
        {
            return FaultKind.UnknownUser;
        }

        if (row.DisabledAt is not null)
        {
            return FaultKind.UserDisabled;
        }

        if (await users.FindAsync(db, identity) is { } owner)
        {
            return owner.Id == user ? FaultKind.AlreadyBound : FaultKind.BoundToAnother;
        }

        if (await db.Set<Identity>().AnyAsync(i => i.UserId == user && i.Source == identity.Source))
        {
            return FaultKind.AlreadyBound;
        }

        db.Add(UserDirectory.NewIdentity(db, user, identity));
        Record(db, user, identity.Source, "user.identity_bound", actor);
        return Outcome.Done;
    }

    /// <summary>
    /// Seed 002, 5.1.8: every open id of the source that leads to this person. Faults: <see cref="FaultKind.UnknownUser"/>,
    /// <see cref="FaultKind.NoSuchBinding"/>, <see cref="FaultKind.LastWayIn"/>.
    /// </summary>
    public static async Task<Outcome> UnbindAsync(ConsoleDb db, UserId user, int source, Actor actor)
    {
        if (await db.Set<User>().FirstOrDefaultAsync(u => u.Id == user) is not { } row)
        {
            return FaultKind.UnknownUser;
        }

        var person = await PersonAsync(db, user);
        var identities = await db.Set<Identity>().Where(i => person.Contains(i.UserId)).ToListAsync();
        var parted = identities.FindAll(i => i.Source == source);
        if (parted.Count == 0)
        {
            return FaultKind.NoSuchBinding;
        }

        if (parted.Count == identities.Count && !await SignsInByPasswordAsync(db, row))
        {
            return FaultKind.LastWayIn;
        }

        db.RemoveRange(parted);
        Record(db, user, source, "user.identity_unbound", actor);
        return Outcome.Done;
    }

    /// <summary>A password alone signs nobody in: it takes a name to go with it.</summary>
    private static async Task<bool> SignsInByPasswordAsync(ConsoleDb db, User user) =>
        (user.Phone ?? user.Email ?? user.AccountName) is not null && await db.Set<PasswordCredential>().AnyAsync(p => p.UserId == user.Id);

    /// <summary>The user and those who were merged into them, at any remove.</summary>
    internal static async Task<List<UserId>> PersonAsync(ConsoleDb db, UserId user)
    {
        List<UserId> person = [user];
        for (List<UserId> last = person; last.Count > 0; person.AddRange(last))
        {
            var into = last.ConvertAll(id => (UserId?)id);
            last = await db.Set<User>().Where(u => into.Contains(u.MergedInto)).Select(u => u.Id).ToListAsync();
        }

        return person;
    }

    private static void Record(ConsoleDb db, UserId user, int source, string what, Actor actor)
    {
        db.Audit(actor, what, "user", user.ToString());
        db.Publish(what, user, JsonColumn.Text(new { user_id = user.Value, source }));
        db.Signal(UserDirectory.Topic, user.Value);
    }
}
