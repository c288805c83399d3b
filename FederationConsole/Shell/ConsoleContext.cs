using FederationConsole.Features.Projects;
using FederationConsole.Platform;

namespace FederationConsole.Shell;

/// <summary>One of a project's two environments, as the frame needs it.</summary>
/// <param name="Id">The scope of every read and write of a page.</param>
public sealed record ConsoleEnvironment(EnvironmentId Id, EnvironmentKind Kind)
{
    public bool IsProduction => Kind == EnvironmentKind.Production;

    /// <summary>How it stands in an address.</summary>
    public string Segment => IsProduction ? "production" : "development";
}

/// <summary>A project that the admin may see, as the frame needs it.</summary>
/// <param name="Code">How it stands in an address.</param>
public sealed record ConsoleProject(ProjectId Id, string Code, string Name, ConsoleEnvironment Development, ConsoleEnvironment Production)
{
    /// <summary>The zone that times are shown in: projects do not choose one yet, and their customers are in China.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
}

/// <summary>
/// Where the admin stands: cascaded to every page under <c>/p/{project}/{environment}/</c>, and never null there. It follows
/// from the address alone, so that a link shared with a colleague leads to the same place.
/// </summary>
public sealed record ConsoleContext(Actor Actor, ConsoleProject Project, ConsoleEnvironment Environment)
{
    /// <summary>The address of a console page of this project and environment: <c>Link("users")</c> is <c>/p/demo/development/users</c>.</summary>
    public string Link(string page) => $"/p/{Uri.EscapeDataString(Project.Code)}/{Environment.Segment}/{page}";

    /// <summary>For showing or hiding what the actor may do; the service checks again.</summary>
    public bool May(Role role) => Actor.May(role, Project.Id.Value);

    public ConsoleContext In(ConsoleProject project) =>
        this with { Project = project, Environment = Environment.IsProduction ? project.Production : project.Development };

    public ConsoleContext In(ConsoleEnvironment environment) => this with { Environment = environment };
}
