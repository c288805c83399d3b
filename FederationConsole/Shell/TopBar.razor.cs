using FederationConsole.Platform;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Shell;

/// <summary>The bar on top: where one is, what one looks for, who one is.</summary>
public sealed partial class TopBar
{
    [Parameter, EditorRequired] public required Actor Actor { get; set; }
    [Parameter, EditorRequired] public required IReadOnlyList<ConsoleProject> Projects { get; set; }
    [Parameter, EditorRequired] public required ConsoleContext? Context { get; set; }

    /// <summary>The page that stays when project or environment change: the list, not the one card in it.</summary>
    [Parameter, EditorRequired] public required string Page { get; set; }

    private string Initial => Actor.Name is { Length: > 0 } name ? name[..1].ToUpperInvariant() : "?";

    private string Link(ConsoleProject project) => Context is null
        ? new ConsoleContext(Actor, project, project.Development).Link(Navigation.Home)
        : Context.In(project).Link(Page);
}
