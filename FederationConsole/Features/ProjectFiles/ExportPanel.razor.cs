using System.Text;
using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>The current project as a file, to copy or to download.</summary>
public sealed partial class ExportPanel
{
    private string? file;
    private Fault? fault;
    private bool busy;

    [Inject] private ProjectFileExport Export { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    // No address of its own: it holds what this moment's page shows, and needs no second check of who asks.
    private string Download => "data:application/json;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(file!));

    private async Task ExportAsync()
    {
        busy = true;
        var export = await Export.ExportAsync(Context.Actor, Context.Project.Code);
        (file, fault, busy) = (export.Value, export.Fault, false);
    }
}
