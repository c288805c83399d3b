using System.Security.Claims;
using FederationConsole.Features.Administrators;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;

namespace FederationConsole.Shell;

/// <summary>The frame's questions, answered from memory.</summary>
internal sealed class ConsoleDirectory(AdministratorDirectory administrators, ProjectCatalog projects) : IConsoleDirectory
{
    // Projects do not choose a zone yet; the platform's admins and their customers are in China.
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public Task<Actor> ActorAsync(ClaimsPrincipal principal, CancellationToken cancellationToken) => administrators.ActorAsync(principal);

    public Task<IReadOnlyList<ConsoleProject>> ProjectsAsync(Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ConsoleProject>>(
        [
            .. projects.Environments.Where(e => actor.May(Role.ReadOnly, e.ProjectId.Value))
                .GroupBy(e => e.ProjectId)
                .Select(pair => Show(pair.Single(e => e.Kind == EnvironmentKind.Development), pair.Single(e => e.Kind == EnvironmentKind.Production)))
                .OrderBy(p => p.Name, StringComparer.CurrentCulture),
        ]);

    private static ConsoleProject Show(EnvironmentEntry development, EnvironmentEntry production) => new(
        development.ProjectId.Value, development.ProjectCode, development.ProjectName, Zone,
        new(development.Id.Value, IsProduction: false), new(production.Id.Value, IsProduction: true));
}
