using FederationConsole.Platform;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Audit;

/// <summary>Checks the hash chain behind a progress bar; leaving the page stops it.</summary>
public sealed partial class ChainCheck : IProgress<ChainProgress>, IDisposable
{
    private CancellationTokenSource? running;
    private ChainProgress progress;
    private ChainReport? report;
    private Fault? fault;
    private bool stopped;

    [Inject] private AuditChain Chain { get; set; } = default!;

    [Parameter, EditorRequired] public required Actor Actor { get; set; }
    [Parameter, EditorRequired] public required ProjectId Project { get; set; }

    public void Report(ChainProgress value) => _ = InvokeAsync(() =>
    {
        progress = value;
        StateHasChanged();
    });

    public void Dispose()
    {
        running?.Cancel();
        running?.Dispose();
    }

    private async Task CheckAsync()
    {
        running = new CancellationTokenSource();
        (report, fault, stopped, progress) = (null, null, false, default);
        var stop = running.Token;
        try
        {
            // Off the circuit: a walk over a million lines would hold every other click.
            var outcome = await Task.Run(() => Chain.VerifyAsync(Actor, Project, this, stop), stop);
            (report, fault) = (outcome.Value, outcome.Fault);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            stopped = true;
        }
        finally
        {
            running?.Dispose();
            running = null;
        }
    }

    private void Stop() => running?.Cancel();
}
