using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace FederationConsole.Features.Administrators;

/// <summary>
/// A circuit has no request that would look at its cookie again. This asks every half minute whether the cookie it was opened
/// with is still good, and shows the console to nobody when it is not.
/// </summary>
internal sealed class CircuitSignIn(ILoggerFactory logging, AdministratorDirectory directory) : RevalidatingServerAuthenticationStateProvider(logging)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        directory.IsCurrentAsync(authenticationState.User);
}
