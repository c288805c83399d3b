using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.Verifications;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.SignIn;

/// <summary>Forgotten passwords: a code to the phone or mail, then a new password (faces.md, Iot).</summary>
public sealed class PasswordRecovery(Store store, CodeService codes, UserPasswords passwords)
{
    /// <summary>
    /// Sends a code to whoever has this phone or mail. The same answer, the same limits and the same work whether there is one;
    /// the message itself leaves after the answer. Faults: those of <see cref="CodeService.SendAsync"/>.
    /// </summary>
    public async Task<Outcome> ForgetAsync(CodeRequest request)
    {
        var known = await store.ReadAsync(request.Environment.Scope, db => FindAsync(db, request.Target));
        return await codes.SendUnseenAsync(request, deliver: known is { DisabledAt: null });
    }

    /// <summary>
    /// Sets the new password, ends the user's sessions and lifts the lock of wrong passwords: the code tells the owner from a guesser. Faults in this order: <see cref="FaultKind.WeakPassword"/>, those of
    /// <see cref="CodeService.ProveAsync"/> (also for an unknown user, whose code was sent to nobody),
    /// <see cref="FaultKind.UserDisabled"/>.
    /// </summary>
    public async Task<Outcome> ResetAsync(EnvironmentEntry environment, MessageTarget target, string code, string password, Actor actor, CancellationToken cancellation)
    {
        if (UserPasswords.Check("new_password", password, environment.Policies) is { } weak)
        {
            return weak;
        }

        var proven = await codes.ProveAsync(environment, CodePurpose.ResetPassword, target, default, code);
        if (!proven.Ok)
        {
            return proven.Fault;
        }

        var hashed = await passwords.HashAsync("new_password", password, environment.Policies, cancellation);
        if (!hashed.Ok)
        {
            return hashed.Fault;
        }

        return await store.WriteAsync<Outcome>(environment.Scope, async db =>
        {
            if ((await CodeService.RedeemAsync(db, proven.Value)).Fault is { } used)
            {
                return used;
            }

            // Proven and yet nobody: the user was erased, or has another address since the code was sent.
            if (await FindAsync(db, target) is not { } user)
            {
                return FaultKind.UnknownUser;
            }

            if (user.DisabledAt is not null)
            {
                return FaultKind.UserDisabled;
            }

            await UserPasswords.SetAsync(db, user.Id, hashed.Value);
            await AccountDetail.ProveAsync(db, user.Id, target.Text);
            await PasswordTries.ForgetAsync(db, PasswordTries.Key(user.Id, ""));
            await SessionService.EndAllAsync(db, user.Id, SessionEnd.PasswordChanged);
            db.Audit(actor, "user.password_reset", "user", user.Id.ToString());
            db.Publish("user.updated", user.Id, JsonColumn.Text(new { user_id = user.Id.Value, fields = new[] { "password" } }));
            return Outcome.Done;
        });
    }

    private static Task<User?> FindAsync(ConsoleDb db, MessageTarget target) =>
        target.Channel == MessageChannel.Sms ? UserContacts.FindAsync(db, target.Text, null) : UserContacts.FindAsync(db, null, target.Text);
}
