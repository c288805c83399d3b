using System.Security.Cryptography;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.SignIn;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Users;

/// <summary>Ways in, as administrators give and take them. Needs <see cref="Role.Operator"/>.</summary>
public sealed class UserAccess(Store store, ProjectCatalog projects, UserPasswords passwords, UserIdentities identities, SourceCatalog sources)
{
    private const string Small = "abcdefghijkmnpqrstuvwxyz";
    private const string Capitals = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Figures = "23456789";
    private const string Signs = "-_.!#*";
    private const int PasswordLength = 16;

    /// <summary>
    /// A new random password, shown to the administrator once; every session ends. Faults: <see cref="FaultKind.UnknownUser"/>,
    /// <see cref="FaultKind.NotAllowedNow"/> (merged away, or no phone, e-mail or account name to go with a password),
    /// <see cref="FaultKind.TooMany"/>.
    /// </summary>
    public async Task<Outcome<Secret>> ResetPasswordAsync(Actor actor, EnvironmentId id, UserId userId, CancellationToken cancellation = default)
    {
        var environment = projects.For(actor, Role.Operator, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var password = NewPassword(environment.Value.Policies.PasswordMinLength);
        var hashed = await passwords.HashAsync("Password", password, environment.Value.Policies, cancellation);
        if (!hashed.Ok)
        {
            return hashed.Fault;
        }

        return await store.WriteAsync<Outcome<Secret>>(environment.Value.Scope, async db =>
        {
            if (await db.Set<User>().FirstOrDefaultAsync(u => u.Id == userId) is not { } user)
            {
                return FaultKind.UnknownUser;
            }

            if (user.MergedInto is not null || (user.Phone ?? user.Email ?? user.AccountName) is null)
            {
                return FaultKind.NotAllowedNow;
            }

            await UserPasswords.SetAsync(db, userId, hashed.Value);
            await PasswordTries.ForgetAsync(db, PasswordTries.Key(userId, ""));
            await SessionService.EndAllAsync(db, userId, SessionEnd.PasswordChanged);
            db.Audit(actor, "user.password_reset", "user", userId.ToString());
            db.Publish("user.updated", userId, JsonColumn.Text(new { user_id = userId.Value, fields = new[] { "password" } }));
            return new Secret(password);
        });
    }

    /// <summary>
    /// Binds what the administrator says is this person's: nobody vouches for it but the audit line. Faults:
    /// <see cref="FaultKind.UnknownSource"/>, <see cref="FaultKind.Missing"/> and <see cref="FaultKind.Invalid"/> with the field, and
    /// those of <see cref="UserIdentities.BindAsync"/>.
    /// </summary>
    public async Task<Outcome> BindAsync(Actor actor, EnvironmentId id, UserId userId, IdentityInput input)
    {
        var environment = projects.For(actor, Role.Operator, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var identity = input.Read();
        return !identity.Ok ? identity.Fault
            : await store.WriteAsync(environment.Value.Scope, db => identities.BindAsync(db, userId, identity.Value, actor));
    }

    /// <summary>Every open id of the source. Faults: those of <see cref="UserIdentities.UnbindAsync"/>, the last way in among them.</summary>
    public async Task<Outcome> UnbindAsync(Actor actor, EnvironmentId id, UserId userId, int source)
    {
        var environment = projects.For(actor, Role.Operator, id);
        return environment.Ok
            ? await store.WriteAsync(environment.Value.Scope, db => UserIdentities.UnbindAsync(db, userId, source, actor))
            : environment.Fault;
    }

    /// <summary>The third party's app under which logins of this environment bring their open ids; empty where that is unknown or there is none.</summary>
    public string IssuerOf(EnvironmentId environment, SourceKind source) =>
        IdentityInput.IssuerOf(sources, environment, source);

    /// <summary>Without signs that look alike: it is read out on the phone.</summary>
    private static string NewPassword(int atLeast)
    {
        var length = Math.Max(PasswordLength, atLeast);
        var signs = (Small + Capitals + Figures + Signs).AsSpan();
        char[] password = [Pick(Small), Pick(Capitals), Pick(Figures), Pick(Signs), .. RandomNumberGenerator.GetItems(signs, length - 4)];
        RandomNumberGenerator.Shuffle<char>(password);
        return new(password);

        static char Pick(string from) => from[RandomNumberGenerator.GetInt32(from.Length)];
    }
}
