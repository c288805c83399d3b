using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Administrators.Settings;

/// <summary>设置: what concerns the host and no project. It stands under a project's address too, so that the navigation stays.</summary>
public sealed partial class SettingsPage
{
    [Parameter] public string? Project { get; set; }

    [Parameter] public string? Env { get; set; }

    /// <summary>The administrator whose card is open, or <see cref="AdministratorsSection.NewCard"/>.</summary>
    [SupplyParameterFromQuery] public string? Card { get; set; }

    [CascadingParameter] public required Actor Actor { get; set; }

    [CascadingParameter] public required IReadOnlyList<ConsoleProject> Projects { get; set; }
}
