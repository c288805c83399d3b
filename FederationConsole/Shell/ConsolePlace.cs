namespace FederationConsole.Shell;

/// <summary>An address of the console taken apart: <c>p/{project}/{environment}/{page}</c>.</summary>
/// <param name="Project">The project's code; null outside <c>/p/</c>.</param>
/// <param name="Page">The first segment after the environment: the page's entry in the navigation.</param>
public readonly record struct ConsolePlace(string? Project, string? Environment, string Page)
{
    /// <param name="relative">The address relative to the host, with or without query and fragment.</param>
    public static ConsolePlace Parse(string relative)
    {
        var path = relative.Split('?', '#')[0].Trim('/').Split('/');
        return path is ["p", var project, var environment, .. var rest]
            ? new(Uri.UnescapeDataString(project), environment, rest.FirstOrDefault() ?? "")
            : new(null, null, path[0]);
    }

    /// <summary>The context that this address names, or null when there is no such project or environment.</summary>
    public ConsoleContext? In(Platform.Actor actor, IReadOnlyList<ConsoleProject> projects)
    {
        var place = this;
        var project = projects.FirstOrDefault(p => string.Equals(p.Code, place.Project, StringComparison.OrdinalIgnoreCase));
        return (project, Environment) switch
        {
            (null, _) => null,
            (_, "development") => new(actor, project, project.Development),
            (_, "production") => new(actor, project, project.Production),
            _ => null,
        };
    }
}
