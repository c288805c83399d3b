using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Registrations;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.SignIn;
using FederationConsole.Features.Traces;
using FederationConsole.Features.Verifications;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Users;

/// <summary>
/// Removes a person (model.md): everything that is known of them, those who were merged into them included. What stays is that they
/// were here: audit lines and events, which name them by number alone.
/// </summary>
public sealed class UserEraser(Store store, ProjectCatalog projects, SignInTraces traces)
{
    /// <summary>
    /// Cannot be undone, so it needs <see cref="Role.Owner"/>. Faults: <see cref="FaultKind.UnknownUser"/>,
    /// <see cref="FaultKind.NotAllowedNow"/> (merged away: the one who goes on is the person to erase).
    /// </summary>
    public async Task<Outcome> EraseAsync(Actor actor, EnvironmentId id, UserId userId)
    {
        var environment = projects.For(actor, Role.Owner, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        // A trace of the last two seconds still waits, and would be written after the erasure.
        await traces.FlushAsync();
        return await store.WriteAsync<Outcome>(environment.Value.Scope, async db =>
        {
            if (await db.Set<User>().FirstOrDefaultAsync(u => u.Id == userId) is not { } user)
            {
                return FaultKind.UnknownUser;
            }

            if (user.MergedInto is not null)
            {
                return FaultKind.NotAllowedNow;
            }

            await RemoveAsync(db, actor, await UserIdentities.PersonAsync(db, userId), "user.erased");
            return Outcome.Done;
        });
    }

    /// <summary>
    /// As part of the caller's write. Rows go around the change tracker: the line about an erasure must not hold even a mask of
    /// what was erased. Identities, password, sessions, pairs and merges go with their user (the foreign keys cascade).
    /// </summary>
    internal static async Task RemoveAsync(ConsoleDb db, Actor actor, IReadOnlyList<UserId> users, string action)
    {
        var held = await db.Set<Identity>().Where(i => users.Contains(i.UserId)).Select(i => i.OpenId).Distinct().ToListAsync();
        var names = await db.Set<User>().Where(u => users.Contains(u.Id)).Select(u => new { u.Id, u.Phone, u.Email, u.AccountName }).ToListAsync();
        var accounts = names.ConvertAll(u => PasswordTries.Key(u.Id, ""));
        accounts.AddRange(names.SelectMany(u => new[] { u.Phone, u.Email, u.AccountName }).OfType<string>().Select(name => PasswordTries.Key(null, name)));
        foreach (var account in accounts)
        {
            await PasswordTries.ForgetAsync(db, account);
        }

        var addresses = names.SelectMany(u => new[] { u.Phone, u.Email }).OfType<string>().ToList();
        await CodeService.EraseAsync(db, addresses);
        await db.Set<InboxMessage>().Where(m => addresses.Contains(m.Target)).ExecuteDeleteAsync();
        await UserRegistrations.EraseAsync(db, users);
        foreach (var user in users)
        {
            await SessionService.EndAllAsync(db, user, SessionEnd.EndedByAdministrator);
            await TraceService.EraseAsync(db, user, user == users[0] ? held : []);
        }

        await db.Set<User>().Where(u => users.Contains(u.Id)).ExecuteDeleteAsync();
        foreach (var user in names.ConvertAll(u => u.Id))
        {
            db.Audit(actor, action, "user", user.ToString());
            db.Publish("user.erased", user, JsonColumn.Text(new { user_id = user.Value }));
            db.Signal(UserDirectory.Topic, user.Value);
        }

        db.Signal(UserPair.Topic);
    }
}
