using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Administrators;

/// <summary>The parts of an administrator that Identity reads and sets one by one.</summary>
internal sealed partial class AdministratorUserStore :
    IUserPasswordStore<Administrator>, IUserEmailStore<Administrator>, IUserSecurityStampStore<Administrator>, IUserLockoutStore<Administrator>,
    IUserTwoFactorStore<Administrator>, IUserAuthenticatorKeyStore<Administrator>, IUserTwoFactorRecoveryCodeStore<Administrator>
{
    public Task SetPasswordHashAsync(Administrator user, string? passwordHash, CancellationToken cancellationToken) => Set(user.PasswordHash = passwordHash);

    public Task<string?> GetPasswordHashAsync(Administrator user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Administrator user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetEmailAsync(Administrator user, string? email, CancellationToken cancellationToken) => Set(user.Email = Passwords.Normalize(email));

    public Task<string?> GetEmailAsync(Administrator user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    /// <summary>An administrator is made by another one, who vouches for the address; there is no mail to confirm it by.</summary>
    public Task<bool> GetEmailConfirmedAsync(Administrator user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetEmailConfirmedAsync(Administrator user, bool confirmed, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<Administrator?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) =>
        store.ReadAsync(Scope.Host, db => db.Set<Administrator>().FirstOrDefaultAsync(a => a.Email == normalizedEmail, cancellationToken));

    public Task<string?> GetNormalizedEmailAsync(Administrator user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task SetNormalizedEmailAsync(Administrator user, string? normalizedEmail, CancellationToken cancellationToken) => SetEmailAsync(user, normalizedEmail, cancellationToken);

    public Task SetSecurityStampAsync(Administrator user, string stamp, CancellationToken cancellationToken) => Set(user.SecurityStamp = stamp);

    public Task<string?> GetSecurityStampAsync(Administrator user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Administrator user, CancellationToken cancellationToken) => Task.FromResult(user.LockoutEnd);

    public Task SetLockoutEndDateAsync(Administrator user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) => Set(user.LockoutEnd = lockoutEnd);

    public Task<int> IncrementAccessFailedCountAsync(Administrator user, CancellationToken cancellationToken) => Task.FromResult(++user.AccessFailedCount);

    public Task ResetAccessFailedCountAsync(Administrator user, CancellationToken cancellationToken) => Set(user.AccessFailedCount = 0);

    public Task<int> GetAccessFailedCountAsync(Administrator user, CancellationToken cancellationToken) => Task.FromResult(user.AccessFailedCount);

    /// <summary>Nobody is exempt.</summary>
    public Task<bool> GetLockoutEnabledAsync(Administrator user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(Administrator user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetTwoFactorEnabledAsync(Administrator user, bool enabled, CancellationToken cancellationToken) => Set(user.TwoFactorEnabled = enabled);

    public Task<bool> GetTwoFactorEnabledAsync(Administrator user, CancellationToken cancellationToken) => Task.FromResult(user.TwoFactorEnabled);

    // Sealed here, in memory: sealing may have to make a key, which is a write of its own.
    public Task SetAuthenticatorKeyAsync(Administrator user, string key, CancellationToken cancellationToken) => Set(user.AuthenticatorKey = secrets.Seal(key));

    public Task<string?> GetAuthenticatorKeyAsync(Administrator user, CancellationToken cancellationToken) =>
        Task.FromResult(user.AuthenticatorKey is { } key ? secrets.Open(key) : null);

    public Task ReplaceCodesAsync(Administrator user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        var hashes = recoveryCodes.Select(Passwords.HashRecoveryCode).ToList();
        return WriteAsync(caller.As(user), async (db, actor) =>
        {
            await RecoveryCodes.ReplaceAsync(db, user.Id, hashes);
            db.Audit(actor, "administrator.recovery_codes_made", Subject, Key(user));
            return Outcome.Done;
        });
    }

    public async Task<bool> RedeemCodeAsync(Administrator user, string code, CancellationToken cancellationToken)
    {
        var hash = Passwords.HashRecoveryCode(code);
        return (await WriteAsync(caller.As(user), async (db, actor) =>
        {
            if (await db.Set<AdministratorRecoveryCode>().FirstOrDefaultAsync(c => c.AdministratorId == user.Id && c.Hash == hash) is not { } row)
            {
                return FaultKind.NotFound;
            }

            db.Remove(row);
            db.Audit(actor, "administrator.recovery_code_used", Subject, Key(user));
            return Outcome.Done;
        })).Succeeded;
    }

    public Task<int> CountCodesAsync(Administrator user, CancellationToken cancellationToken) =>
        store.ReadAsync(Scope.Host, db => db.Set<AdministratorRecoveryCode>().CountAsync(c => c.AdministratorId == user.Id, cancellationToken));

    /// <summary>The assignment is the argument; what remains is the task that the interface asks for.</summary>
    private static Task Set<T>(T _) => Task.CompletedTask;
}

internal static class RecoveryCodes
{
    public const int Count = 10;

    /// <summary>All old ones die.</summary>
    public static async Task ReplaceAsync(ConsoleDb db, long administrator, IReadOnlyList<byte[]> hashes)
    {
        db.RemoveRange(await db.Set<AdministratorRecoveryCode>().Where(c => c.AdministratorId == administrator).ToListAsync());
        db.AddRange(hashes.Select(hash => new AdministratorRecoveryCode { Id = db.NextId(), AdministratorId = administrator, Hash = hash }));
    }
}
