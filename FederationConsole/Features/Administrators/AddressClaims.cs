using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace FederationConsole.Features.Administrators;

/// <summary>Adds where the request comes from to the principal of this request, never to the cookie: audit lines of a circuit name it.</summary>
internal sealed class AddressClaims(Caller caller) : IClaimsTransformation
{
    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        // The framework may ask more than once for one request.
        if (caller.Address is { } address && !principal.HasClaim(c => c.Type == AdministratorDirectory.AddressClaim))
        {
            principal.AddIdentity(new ClaimsIdentity([new Claim(AdministratorDirectory.AddressClaim, address)]));
        }

        return Task.FromResult(principal);
    }
}
