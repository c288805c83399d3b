using FederationConsole.Platform;

namespace FederationConsole.Features.Projects;

/// <summary>Both environments of a project, for what compares them.</summary>
public sealed record EnvironmentPair(ProjectId Project, EnvironmentId Development, EnvironmentId Production);

/// <summary>Something that development has and production lacks.</summary>
/// <param name="Text">What is missing, for people, in the language of the current UI culture.</param>
/// <param name="Page">The console page that sets it up, below <c>/p/{project}/production/</c>, with its query.</param>
public sealed record ProductionLack(string Text, string Page);

/// <summary>
/// What must be set up in each environment by itself (secrets, addresses) and so is not promoted: 同步到生产环境 lists what
/// production still lacks. A feature that has such a thing registers one of these.
/// </summary>
public interface IProductionNeed
{
    Task<IReadOnlyList<ProductionLack>> LacksAsync(EnvironmentPair environments, CancellationToken cancellation);
}
