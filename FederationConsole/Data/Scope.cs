using FederationConsole.Platform;

namespace FederationConsole.Data;

/// <summary>
/// Whose rows a read or write may see: one environment's, or, for the few tables above environments, the host's.
/// In the host's scope no environment's row is in sight.
/// </summary>
/// <param name="Project">Whose audit lines these are; 0 for the host.</param>
public readonly record struct Scope(EnvironmentId Environment, ProjectId Project)
{
    public static readonly Scope Host;

    /// <summary>A project's own tables, which stand above its environments.</summary>
    public static Scope Of(ProjectId project) => new(default, project);
}

/// <summary>A row that belongs to one environment and is never seen from another (a query filter holds it).</summary>
public interface IEnvironmentOwned
{
    EnvironmentId EnvironmentId { get; set; }
}
