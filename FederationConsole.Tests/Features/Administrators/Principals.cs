using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace FederationConsole.Tests.Features.Administrators;

internal static class Principals
{
    /// <summary>Who the request's cookie says it is, as the middleware would find out.</summary>
    public static async Task<ClaimsPrincipal> OfAsync(Visit visit) =>
        (await visit.Http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal ?? new ClaimsPrincipal();
}
