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

    /// <summary>Somebody has shown who they are otherwise than by a password: the second step, where there is one, or the cookie.</summary>
    public Task<SignInResult> FirstStepDoneAsync(Administrator user) => SignInOrTwoFactorAsync(user, isPersistent: false);

    protected override async Task<SignInResult> SignInOrTwoFactorAsync(Administrator user, bool isPersistent, string? loginProvider = null, bool bypassTwoFactor = false)
    {
        if (bypassTwoFactor || user.TwoFactorEnabled || !await IsTwoStepRequiredAsync())
        {
            return await base.SignInOrTwoFactorAsync(user, isPersistent, loginProvider, bypassTwoFactor);
        }

        // The same cookie as between password and code: it names a person who may go on, and opens nothing yet.
        var half = new ClaimsIdentity(IdentityConstants.TwoFactorUserIdScheme);
        half.AddClaim(new(ClaimTypes.Name, user.Id.ToString(CultureInfo.InvariantCulture)));
        await Context.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(half));
        return SignInResult.TwoFactorRequired;
    }

    private Task<bool> IsTwoStepRequiredAsync() =>
        store.ReadAsync(Scope.Host, db => db.Set<SignInPolicy>().AnyAsync(p => p.TwoStepRequired));
}
