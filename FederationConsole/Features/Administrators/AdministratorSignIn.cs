using System.Globalization;
using System.Security.Claims;
using FederationConsole.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FederationConsole.Features.Administrators;

/// <summary>Identity's sign-in, which refuses who is disabled and asks for a second step where the policy does.</summary>
internal sealed class AdministratorSignIn(
    UserManager<Administrator> users, IHttpContextAccessor http, IUserClaimsPrincipalFactory<Administrator> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<Administrator>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<Administrator> confirmation, Store store)
    : SignInManager<Administrator>(users, http, claims, options, logger, schemes, confirmation)
{
    public override Task<bool> CanSignInAsync(Administrator user) => Task.FromResult(user.DisabledAt is null);

    private const string QrMethod = "qr";

    /// <summary>A QR code stood in the place of the password. It never signs in alone: the second step is before them, whatever the policy says.</summary>
    public Task QrAcceptedAsync(Administrator user) => HoldAsync(user, QrMethod);

    /// <summary>Whether who is between the two steps came by a QR code.</summary>
    public async Task<bool> IsHeldByQrAsync() =>
        (await Context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal?.FindFirstValue(ClaimTypes.AuthenticationMethod) == QrMethod;

    protected override async Task<SignInResult> SignInOrTwoFactorAsync(Administrator user, bool isPersistent, string? loginProvider = null, bool bypassTwoFactor = false)
    {
        if (bypassTwoFactor || user.TwoFactorEnabled || !await IsTwoStepRequiredAsync())
        {
            return await base.SignInOrTwoFactorAsync(user, isPersistent, loginProvider, bypassTwoFactor);
        }

        await HoldAsync(user, null);
        return SignInResult.TwoFactorRequired;
    }

    /// <summary>The same cookie as between password and code: it names a person who may go on, and opens nothing yet.</summary>
    private Task HoldAsync(Administrator user, string? method)
    {
        var half = new ClaimsIdentity(IdentityConstants.TwoFactorUserIdScheme);
        half.AddClaim(new(ClaimTypes.Name, user.Id.ToString(CultureInfo.InvariantCulture)));
        if (method is not null)
        {
            half.AddClaim(new(ClaimTypes.AuthenticationMethod, method));
        }

        return Context.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(half));
    }

    private Task<bool> IsTwoStepRequiredAsync() =>
        store.ReadAsync(Scope.Host, db => db.Set<SignInPolicy>().AnyAsync(p => p.TwoStepRequired));
}
