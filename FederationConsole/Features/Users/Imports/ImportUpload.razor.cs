using FederationConsole.Features.Attributes;
using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Users.Imports;

/// <summary>The first half of an import: nothing is written before its last button.</summary>
public sealed partial class ImportUpload : IDisposable
{
    private CancellationTokenSource? running;
    private ImportCheck? check;
    private Fault? fault;
    private bool tooLarge;

    [Inject] private UserImports Imports { get; set; } = default!;
    [Inject] private AttributeCatalog Catalog { get; set; } = default!;
    [Inject] private IStringLocalizer<ShellTexts> Shell { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter] public bool Busy { get; set; }

    [Parameter, EditorRequired] public EventCallback<ImportCheck> OnStart { get; set; }

    private bool Checking => running is not null;

    public void Dispose() => running?.Cancel();

    private void Stop() => running?.Cancel();

    private async Task CheckAsync(InputFileChangeEventArgs chosen)
    {
        (check, fault, tooLarge) = (null, null, chosen.File.Size > ImportFile.MaxSize);
        if (tooLarge)
        {
            return;
        }

        using var mine = running = new CancellationTokenSource();
        StateHasChanged();
        try
        {
            using var content = new MemoryStream((int)chosen.File.Size);
            await using (var file = chosen.File.OpenReadStream(ImportFile.MaxSize, mine.Token))
            {
                await file.CopyToAsync(content, mine.Token);
            }

            // Off the circuit, which must still hear the press of cancel while a large file is looked through.
            var outcome = await Task.Run(() => Imports.CheckAsync(Context.Actor, Context.Environment.Id, chosen.File.Name, content.ToArray(), mine.Token), mine.Token);
            (check, fault) = (outcome.Value, outcome.Fault);
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            // Asked for, and nothing was written.
        }
        finally
        {
            running = null;
        }
    }
}
