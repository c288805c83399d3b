using System.Security.Claims;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;

namespace FederationConsole.Shell;

/// <summary>Projects from the catalog in memory: the frame costs no read of the database.</summary>
/// <param name="catalog">Every project with its environments.</param>
/// <param name="actor">Who stands behind a sign-in cookie, with the roles of now.</param>
public sealed class ConsoleDirectory(ProjectCatalog catalog, Func<ClaimsPrincipal, Task<Actor>> actor) : IConsoleDirectory
{
    public Task<Actor> ActorAsync(ClaimsPrincipal principal, CancellationToken cancellationToken) => actor(principal);

    public Task<IReadOnlyList<ConsoleProject>> ProjectsAsync(Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ConsoleProject>>(
        [
            .. from environment in catalog.Environments
               where actor.May(Role.ReadOnly, environment.ProjectId.Value)
               group environment by environment.ProjectId into project
               let of = project.ToDictionary(e => e.Kind, e => new ConsoleEnvironment(e.Id, e.Kind))
               let any = project.First()
               orderby any.ProjectName
               select new ConsoleProject(project.Key, any.ProjectCode, any.ProjectName, of[EnvironmentKind.Development], of[EnvironmentKind.Production]),
        ]);
}
