using System.Security.Claims;
using FederationConsole.Platform;

namespace FederationConsole.Shell;

/// <summary>What the frame asks of the features: who is signed in, and which projects that person may see.</summary>
public interface IConsoleDirectory
{
    /// <summary>The administrator behind the sign-in cookie, with roles as they are now and not as they were at sign-in.</summary>
    Task<Actor> ActorAsync(ClaimsPrincipal principal, CancellationToken cancellationToken);

    /// <summary>By name; only those for which the actor holds a role.</summary>
    Task<IReadOnlyList<ConsoleProject>> ProjectsAsync(Actor actor, CancellationToken cancellationToken);
}
