using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Guessing;
using FederationConsole.Platform;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Administrators;

/// <summary>Where a step of signing in leads.</summary>
public enum SignInStep
{
    SignedIn,
    /// <summary>The password was right; a code of the authenticator app, or a recovery code, is asked for.</summary>
    Code,
    /// <summary>The password was right; the policy asks for two steps and this administrator has not set them up.</summary>
    Enrolment,
    /// <summary>Wrong, unknown, locked or disabled: who asks is not told which.</summary>
    Refused,
    /// <summary>Too many tries from this address.</summary>
    TooMany,
    /// <summary>The password was too long ago (10 minutes): start again.</summary>
    Expired,
}

/// <summary>The audit lines of signing in.</summary>
public static class SignInActions
{
    public const string Done = "administrator.sign_in";
    /// <summary>By a QR code and the second step.</summary>
    public const string DoneByQr = "administrator.sign_in_by_qr";
    /// <summary>A QR code was confirmed, and the second step is before them.</summary>
    public const string QrAccepted = "administrator.qr_accepted";
    public const string Failed = "administrator.sign_in_failed";
    public const string LockedOut = "administrator.locked_out";
    public const string SignedOut = "administrator.signed_out";
}

/// <summary>What the account pages do. It writes cookies, so it works within a request and not on a circuit.</summary>
internal sealed class SignInFlow(AdministratorSignIn signIn, Store store, Passwords passwords, ExactLimits attempts, Caller caller)
{
    /// <summary>Tries from one address in ten minutes: an office behind one address may mistype, a guesser gets nowhere.</summary>
    public const int TriesByAddress = 30;

    private string AddressKey => $"sign-in:{caller.Address}";

    public async Task<SignInStep> PasswordAsync(string? email, string? password)
    {
        if (!(await attempts.TakeAsync(AddressKey, TriesByAddress)).Ok)
        {
            return SignInStep.TooMany;
        }

        var user = await signIn.UserManager.FindByEmailAsync(Passwords.Normalize(email));
        var guess = password is { Length: > 0 and <= Passwords.MaxLength } ? password : "";
        if (user is null || !await signIn.CanSignInAsync(user) || await signIn.UserManager.IsLockedOutAsync(user))
        {
            // As much work as a wrong password costs, so that time does not tell who has an account.
            passwords.PretendToCheck(guess);
            await RefusedAsync(user);
            return SignInStep.Refused;
        }

        var result = await signIn.PasswordSignInAsync(user, guess, isPersistent: false, lockoutOnFailure: true);
        return result switch
        {
            { Succeeded: true } => await SignedInAsync(user),
            { RequiresTwoFactor: true } => user.TwoFactorEnabled ? SignInStep.Code : SignInStep.Enrolment,
            _ => SignInStep.Refused,
        };
    }

    /// <summary>
    /// By a QR code that the bound user confirmed, in the place of the password. It is worth no more than that user's own sign-in, which
    /// the user's project can pass: the administrator's second step always follows, and who has none is refused. A code names nobody until
    /// it is redeemed, so wrong ones count for the address alone.
    /// </summary>
    /// <param name="redeem">The administrator whose user confirmed the code, once; null for every other code.</param>
    public async Task<SignInStep> QrAsync(Func<Task<long?>> redeem)
    {
        if (!(await attempts.TakeAsync(AddressKey, TriesByAddress)).Ok)
        {
            return SignInStep.TooMany;
        }

        var user = await redeem() is { } id ? await signIn.UserManager.FindByIdAsync(id.ToString(CultureInfo.InvariantCulture)) : null;
        if (user is not { TwoFactorEnabled: true } || !await signIn.CanSignInAsync(user) || await signIn.UserManager.IsLockedOutAsync(user))
        {
            await RefusedAsync(user);
            return SignInStep.Refused;
        }

        await signIn.QrAcceptedAsync(user);
        await AuditAsync(caller.As(user), SignInActions.QrAccepted, user);
        return SignInStep.Code;
    }

    /// <summary>Who gave the right password, or a code that the bound user confirmed, a moment ago and has the second step before them.</summary>
    public async Task<Administrator?> HalfwayAsync() =>
        await signIn.GetTwoFactorAuthenticationUserAsync() is { DisabledAt: null } user ? user : null;

    /// <summary>Who may set up the second step between password and console. Who came by QR had one to show, and may not make another.</summary>
    public async Task<Administrator?> EnrollingAsync() =>
        await HalfwayAsync() is { TwoFactorEnabled: false } user && !await signIn.IsHeldByQrAsync() ? user : null;

    public Task<SignInStep> CodeAsync(string? code) => SecondAsync(user =>
        signIn.TwoFactorAuthenticatorSignInAsync(code ?? "", isPersistent: false, rememberClient: false));

    public Task<SignInStep> RecoveryCodeAsync(string? code) => SecondAsync(async user =>
    {
        var result = await signIn.TwoFactorRecoveryCodeSignInAsync(code ?? "");
        if (result is { Succeeded: false, IsLockedOut: false })
        {
            // Identity does not count these: it trusts them to be too long to guess.
            await signIn.UserManager.AccessFailedAsync(user);
        }

        return result;
    });

    /// <summary>After the second step was set up as the policy asks: the sign-in that was held back.</summary>
    public async Task<SignInStep> EnrolledAsync(Actor actor)
    {
        if (await HalfwayAsync() is not { } halfway || await signIn.IsHeldByQrAsync() || caller.As(halfway).Id != actor.Id)
        {
            return SignInStep.Expired;
        }

        await signIn.Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await signIn.SignInAsync(halfway, isPersistent: false, authenticationMethod: "mfa");
        return await SignedInAsync(halfway);
    }

    /// <summary>A cookie with the new security stamp for the session that made it; the administrator's other sessions end.</summary>
    public async Task RenewAsync(long id)
    {
        if (await signIn.UserManager.FindByIdAsync(id.ToString(CultureInfo.InvariantCulture)) is { } user)
        {
            await signIn.RefreshSignInAsync(user);
        }
    }

    public async Task SignOutAsync()
    {
        var user = await signIn.UserManager.GetUserAsync(signIn.Context.User);
        await signIn.SignOutAsync();
        if (user is not null)
        {
            await AuditAsync(caller.As(user), SignInActions.SignedOut, user);
        }
    }

    private async Task<SignInStep> SecondAsync(Func<Administrator, Task<SignInResult>> attempt)
    {
        if (await HalfwayAsync() is not { TwoFactorEnabled: true } user)
        {
            return SignInStep.Expired;
        }

        if (!(await attempts.TakeAsync(AddressKey, TriesByAddress)).Ok)
        {
            return SignInStep.TooMany;
        }

        if (await signIn.UserManager.IsLockedOutAsync(user))
        {
            await RefusedAsync(user);
            return SignInStep.Refused;
        }

        // Asked before the attempt, which ends the cookie that says so.
        var action = await signIn.IsHeldByQrAsync() ? SignInActions.DoneByQr : SignInActions.Done;
        return (await attempt(user)).Succeeded ? await SignedInAsync(user, action) : SignInStep.Refused;
    }

    private async Task<SignInStep> SignedInAsync(Administrator user, string action = SignInActions.Done)
    {
        await attempts.ForgetAsync(AddressKey);
        // Taken before the write, which runs at the writer and knows of no request.
        var actor = caller.As(user);
        await store.WriteAsync<Outcome>(Scope.Host, async db =>
        {
            if (await db.Set<Administrator>().FirstOrDefaultAsync(a => a.Id == user.Id) is { } row)
            {
                row.LastSignInAt = db.Now;
                db.Audit(actor, action, AdministratorUserStore.Subject, actor.Id);
            }

            return Outcome.Done;
        });
        return SignInStep.SignedIn;
    }

    /// <summary>An unknown account is not named: what was typed may be a password in the wrong field.</summary>
    private Task<Outcome> RefusedAsync(Administrator? user) => AuditAsync(caller.Unknown, SignInActions.Failed, user);

    private Task<Outcome> AuditAsync(Actor actor, string action, Administrator? user) => store.WriteAsync(Scope.Host, db =>
    {
        db.Audit(actor, action, AdministratorUserStore.Subject, user?.Id.ToString(CultureInfo.InvariantCulture) ?? "");
        return Task.FromResult(Outcome.Done);
    });
}
