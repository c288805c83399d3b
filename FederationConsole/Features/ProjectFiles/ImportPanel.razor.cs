using FederationConsole.Platform;
using FederationConsole.Platform.StrictJson;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>Takes a file, shows what is wrong with it or what it would change, and imports it once that was seen.</summary>
public sealed partial class ImportPanel : IDisposable
{
    /// <summary>In bytes.</summary>
    private const int MaxFile = 10 * 1024 * 1024;

    private CancellationTokenSource? running;
    private string? doing;
    private string? text;
    private Fault? fault;
    private IReadOnlyList<JsonFault> faults = [];
    private ImportPlan? plan;
    private ImportReport? report;
    private bool asking;

    [Inject] private ProjectFileImport Import { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    private bool Busy => running is not null;

    private string ProductionNames => string.Join(", ", plan?.Production ?? []);

    public void Dispose() => running?.Cancel();

    private void Take(string? given)
    {
        Clear();
        text = given;
    }

    private void Clear() => (text, fault, faults, plan, report, asking) = (null, null, [], null, null, false);

    private async Task UploadAsync(InputFileChangeEventArgs chosen)
    {
        Clear();
        if (chosen.File.Size > MaxFile)
        {
            fault = new(FaultKind.Invalid, Detail: T["Import.TooLarge", MaxFile >> 20]);
            return;
        }

        await RunAsync(T["Import.Reading"], async stop =>
        {
            using var reader = new StreamReader(chosen.File.OpenReadStream(MaxFile, stop));
            text = await reader.ReadToEndAsync(stop);
        });
        if (text is not null)
        {
            await PlanAsync();
        }
    }

    private Task PlanAsync() => RunAsync(T["Import.Checking"], async stop =>
    {
        (fault, faults, plan) = (null, [], null);
        // Off the circuit, which must still hear the press of cancel while a large file is compared.
        var preview = await Task.Run(() => Import.PlanAsync(Context.Actor, text ?? "", stop), stop);
        fault = preview.Fault;
        faults = (preview.Value as ImportPreview.Refused)?.Faults ?? [];
        plan = (preview.Value as ImportPreview.Ready)?.Plan;
    });

    private async Task ConfirmAsync()
    {
        if (plan!.Production.Count > 0)
        {
            asking = true;
        }
        else
        {
            await ApplyAsync();
        }
    }

    private async Task ApplyAsync()
    {
        asking = false;
        var (shown, changed) = (plan!, false);
        await RunAsync(T["Import.Writing"], async stop =>
        {
            var done = await Task.Run(() => Import.ApplyAsync(Context.Actor, shown, cancellation: stop), stop);
            changed = done.Fault?.Kind == FaultKind.Changed;
            fault = done.Fault;
            if (done.Ok)
            {
                Clear();
                report = done.Value;
            }
        });
        if (changed)
        {
            // Somebody was faster: what is seen and confirmed must be what is done.
            var overtaken = fault;
            await PlanAsync();
            fault ??= overtaken;
        }
    }

    private void Cancel() => running?.Cancel();

    private async Task RunAsync(string what, Func<CancellationToken, Task> work)
    {
        using var mine = running = new CancellationTokenSource();
        doing = what;
        StateHasChanged();
        try
        {
            await work(mine.Token);
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            // Asked for, and nothing was written: cancelling works until the write begins.
        }
        finally
        {
            running = null;
        }
    }
}
