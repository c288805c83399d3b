using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Guessing;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using QRCoder;

namespace FederationConsole.Features.Administrators;

public sealed record MyAccountDetails(long Id, string Email, string Name, bool TwoStep, int RecoveryCodesLeft, bool TwoStepRequired, DateTimeOffset? LastSignInAt);

/// <param name="Key">Base32, to type where no camera is.</param>
/// <param name="QrSvg">The same as a picture: an SVG element.</param>
public sealed record TwoStepSetUp(string Key, string QrSvg);

/// <summary>
/// What administrators do about their own sign-in; the actor is the account. Each change makes a new security stamp: the pages
/// renew the cookie of the session that made it, and all others end.
/// </summary>
public sealed class MyAccountService(Store store, Passwords passwords, SecretBox secrets, TimeProvider clock)
{
    public const string Issuer = "Federation Console";

    /// <summary>Wrong passwords given from inside a session within ten minutes: it may be another's, left open.</summary>
    public const int PasswordTries = 5;

    private readonly ExactLimits _attempts = new(store);

    public async Task<Outcome<MyAccountDetails>> ReadAsync(Actor actor)
    {
        if (Id(actor) is not { } id)
        {
            return FaultKind.Forbidden;
        }

        return await store.ReadAsync<Outcome<MyAccountDetails>>(Scope.Host, async db =>
            await db.Set<Administrator>().FirstOrDefaultAsync(a => a.Id == id) is not { } row ? FaultKind.NotFound : new MyAccountDetails(
                row.Id, row.Email, row.Name, row.TwoFactorEnabled,
                await db.Set<AdministratorRecoveryCode>().CountAsync(c => c.AdministratorId == id),
                await db.Set<SignInPolicy>().AnyAsync(p => p.TwoStepRequired), row.LastSignInAt));
    }

    public async Task<Outcome> ChangePasswordAsync(Actor actor, string? current, string? password)
    {
        if (Passwords.Check(nameof(password), password) is { } fault)
        {
            return fault;
        }

        var hash = passwords.Hash(password!);
        return await WithPasswordAsync(actor, nameof(current), current, "administrator.password_changed", (_, row) =>
        {
            row.PasswordHash = hash;
            return Task.FromResult<Fault?>(null);
        });
    }

    /// <summary>The key to put into the authenticator app; the one begun before, while it is not proven. Not while two steps are on.</summary>
    public async Task<Outcome<TwoStepSetUp>> BeginTwoStepAsync(Actor actor)
    {
        if (Id(actor) is not { } id)
        {
            return FaultKind.Forbidden;
        }

        // Sealed before the write: sealing may have to make a key of its own.
        var fresh = secrets.Seal(Totp.NewKey());
        var begun = await store.WriteAsync<Outcome<Administrator>>(Scope.Host, async db =>
        {
            if (await db.Set<Administrator>().FirstOrDefaultAsync(a => a.Id == id) is not { } row)
            {
                return FaultKind.NotFound;
            }

            if (row.TwoFactorEnabled)
            {
                return FaultKind.NotAllowedNow;
            }

            if (row.AuthenticatorKey is null)
            {
                row.AuthenticatorKey = fresh;
                row.Version++;
                db.Audit(actor, "administrator.two_step_begun", AdministratorUserStore.Subject, actor.Id);
            }

            return row;
        });
        if (!begun.Ok)
        {
            return begun.Fault;
        }

        var key = secrets.Open(begun.Value.AuthenticatorKey!.Value);
        return new TwoStepSetUp(key, Draw(Totp.Uri(Issuer, begun.Value.Email, key)));
    }

    /// <summary>Turns two steps on, once a code shows that the app has the key.</summary>
    /// <returns>The recovery codes, shown once.</returns>
    public async Task<Outcome<IReadOnlyList<string>>> EnableTwoStepAsync(Actor actor, string? code)
    {
        if (Id(actor) is not { } id)
        {
            return FaultKind.Forbidden;
        }

        // Opened before the write, as sealing is: either may have to make a key of its own.
        var known = await store.ReadAsync(Scope.Host, db => db.Set<Administrator>().FirstOrDefaultAsync(a => a.Id == id));
        if (known is not { TwoFactorEnabled: false, AuthenticatorKey: { } key })
        {
            return known is null ? FaultKind.NotFound : FaultKind.NotAllowedNow;
        }

        if (Totp.Match(secrets.Open(key), code, clock.GetUtcNow(), known.LastTotpStep) is not { } step)
        {
            return new Fault(FaultKind.Invalid, nameof(code));
        }

        return await WithNewCodesAsync(codes => ChangeAsync(actor, "administrator.two_step_enabled", async (db, row) =>
        {
            if (row.TwoFactorEnabled || row.AuthenticatorKey != key || row.LastTotpStep >= step)
            {
                return FaultKind.Changed;
            }

            (row.TwoFactorEnabled, row.LastTotpStep) = (true, step);
            await RecoveryCodes.ReplaceAsync(db, row.Id, codes);
            return null;
        }));
    }

    /// <summary>Ten new recovery codes in place of those that are left.</summary>
    public Task<Outcome<IReadOnlyList<string>>> NewRecoveryCodesAsync(Actor actor, string? current) => WithNewCodesAsync(codes => WithPasswordAsync(
        actor, nameof(current), current, "administrator.recovery_codes_made", async (db, row) =>
        {
            if (!row.TwoFactorEnabled)
            {
                return FaultKind.NotAllowedNow;
            }

            await RecoveryCodes.ReplaceAsync(db, row.Id, codes);
            return null;
        }));

    /// <summary>Not where the policy asks for two steps.</summary>
    public Task<Outcome> DisableTwoStepAsync(Actor actor, string? current) => WithPasswordAsync(
        actor, nameof(current), current, "administrator.two_step_disabled", async (db, row) =>
        {
            if (await db.Set<SignInPolicy>().AnyAsync(p => p.TwoStepRequired))
            {
                return FaultKind.NotAllowedNow;
            }

            (row.TwoFactorEnabled, row.AuthenticatorKey) = (false, null);
            await RecoveryCodes.ReplaceAsync(db, row.Id, []);
            return null;
        });

    /// <summary>Whose cookie is no longer good has no grants: such a session changes nothing either.</summary>
    internal static long? Id(Actor actor) =>
        actor is { Kind: ActorKind.Administrator, Grants.Count: > 0 } && long.TryParse(actor.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string Draw(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(data);
        // Black on white in the dark theme too: not every camera reads it the other way round.
        return picture.GetGraphic(new System.Drawing.Size(200, 200), "#000", "#fff", drawQuietZones: true, SvgQRCode.SizingMode.WidthHeightAttribute);
    }

    private static async Task<Outcome<IReadOnlyList<string>>> WithNewCodesAsync(Func<IReadOnlyList<byte[]>, Task<Outcome>> change)
    {
        string[] codes = [.. Enumerable.Range(0, RecoveryCodes.Count).Select(_ => Passwords.NewRecoveryCode())];
        return (await change([.. codes.Select(Passwords.HashRecoveryCode)])).Fault is { } fault ? fault : Outcome.Of<IReadOnlyList<string>>(codes);
    }

    internal async Task<Outcome> WithPasswordAsync(Actor actor, string field, string? current, string action, Func<ConsoleDb, Administrator, Task<Fault?>> change)
    {
        var known = await CheckPasswordAsync(actor, field, current);
        return known.Ok
            ? await ChangeAsync(actor, action, (db, row) => row.PasswordHash == known.Value ? change(db, row) : Task.FromResult<Fault?>(FaultKind.Changed))
            : known.Fault;
    }

    /// <summary>Asked anew of a session that may be another's by now.</summary>
    /// <returns>The hash that it matches.</returns>
    internal async Task<Outcome<string>> CheckPasswordAsync(Actor actor, string field, string? current)
    {
        if (Id(actor) is not { } id)
        {
            return FaultKind.Forbidden;
        }

        var tries = $"password:{actor.Id}";
        if ((await _attempts.TakeAsync(tries, PasswordTries)).Fault is { } tooMany)
        {
            return tooMany;
        }

        var hash = await store.ReadAsync(Scope.Host, db => db.Set<Administrator>().Where(a => a.Id == id).Select(a => a.PasswordHash).FirstOrDefaultAsync());
        if (hash is null || !passwords.Matches(hash, current ?? ""))
        {
            return new Fault(FaultKind.Invalid, field);
        }

        await _attempts.ForgetAsync(tries);
        return hash;
    }

    internal async Task<Outcome> ChangeAsync(Actor actor, string action, Func<ConsoleDb, Administrator, Task<Fault?>> change)
    {
        if (Id(actor) is not { } id)
        {
            return FaultKind.Forbidden;
        }

        return await store.WriteAsync<Outcome>(Scope.Host, async db =>
        {
            if (await db.Set<Administrator>().FirstOrDefaultAsync(a => a.Id == id && a.DisabledAt == null) is not { } row)
            {
                return FaultKind.NotFound;
            }

            if (await change(db, row) is { } fault)
            {
                return fault;
            }

            row.Version++;
            row.SecurityStamp = Tokens.New();
            db.Audit(actor, action, AdministratorUserStore.Subject, actor.Id);
            db.Signal(AdministratorDirectory.Topic, id);
            return Outcome.Done;
        });
    }
}
