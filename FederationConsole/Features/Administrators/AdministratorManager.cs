using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace FederationConsole.Features.Administrators;

/// <summary>
/// Identity's manager with two things mended: lockout goes by the host's clock (Identity reads the system's), and a failure is
/// counted by one atomic write (Identity reads, adds and saves, so that guesses sent at once count as one).
/// </summary>
internal sealed class AdministratorManager(
    IUserStore<Administrator> store, IOptions<IdentityOptions> options, IPasswordHasher<Administrator> hasher,
    IEnumerable<IUserValidator<Administrator>> userValidators, IEnumerable<IPasswordValidator<Administrator>> passwordValidators,
    ILookupNormalizer normalizer, IdentityErrorDescriber errors, IServiceProvider services, ILogger<UserManager<Administrator>> logger, TimeProvider clock)
    : UserManager<Administrator>(store, options, hasher, userValidators, passwordValidators, normalizer, errors, services, logger)
{
    private AdministratorUserStore Rows => (AdministratorUserStore)Store;

    public override Task<bool> IsLockedOutAsync(Administrator user) => Task.FromResult(user.LockoutEnd > clock.GetUtcNow());

    public override Task<IdentityResult> AccessFailedAsync(Administrator user) => Rows.CountFailureAsync(user, Options.Lockout);

    public Task<bool> SpendStepAsync(Administrator user, long step) => Rows.SpendStepAsync(user, step);
}

/// <summary>Identity keeps names in capitals; ours are in small letters, as people write e-mail addresses.</summary>
internal sealed class LowerCase : ILookupNormalizer
{
    public string? NormalizeName(string? name) => name is null ? null : Passwords.Normalize(name);

    public string? NormalizeEmail(string? email) => NormalizeName(email);
}

/// <summary>Checks authenticator codes by the host's clock, each once (Identity's own provider takes a code again while it lasts).</summary>
internal sealed class AuthenticatorCodes(TimeProvider clock) : IUserTwoFactorTokenProvider<Administrator>
{
    public Task<string> GenerateAsync(string purpose, UserManager<Administrator> manager, Administrator user) =>
        throw new NotSupportedException("The authenticator app makes the codes.");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Administrator> manager, Administrator user) =>
        await manager.GetAuthenticatorKeyAsync(user) is { } key &&
        Totp.Match(key, token, clock.GetUtcNow(), user.LastTotpStep) is { } step &&
        await ((AdministratorManager)manager).SpendStepAsync(user, step);

    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Administrator> manager, Administrator user) =>
        Task.FromResult(user.AuthenticatorKey is not null);
}
