using FederationConsole.Platform;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Shell.Components;

/// <summary>
/// A page that loads before it shows: loading, failed or there. It loads again when <see cref="LoadKey"/> changes (another
/// environment, another filter in the address) and cancels the load that it overtakes. <see cref="PageBody"/> shows the states.
/// </summary>
public abstract class ConsolePage : ComponentBase, IDisposable
{
    private CancellationTokenSource? running;
    private object? loadedKey;
    private bool disposed;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    /// <summary>Why the last load failed, if it did.</summary>
    public Fault? Fault { get; private set; }

    /// <summary>Something was loaded, perhaps for an older filter; it stays in sight while newer data is on its way.</summary>
    public bool Loaded { get; private set; }

    /// <summary>A load is under way.</summary>
    public bool Busy { get; private set; }

    /// <summary>The load under way follows what happened, and nobody asked for it: lists show no sign of it, so that nothing flickers.</summary>
    public bool Following { get; private set; }

    /// <summary>What the data depends on, compared by value. A list adds its filters: <c>(Context.Environment, Q, Page)</c>.</summary>
    protected virtual object LoadKey => Context.Environment;

    /// <summary>Reads what the page shows, keeps it, and answers how it went.</summary>
    protected abstract Task<Outcome> LoadAsync(CancellationToken cancellationToken);

    protected override async Task OnParametersSetAsync()
    {
        if (!Equals(loadedKey, LoadKey))
        {
            loadedKey = LoadKey;
            await ReloadAsync();
        }
    }

    /// <summary>Loads again: after a change, or at the press of 重试.</summary>
    public async Task ReloadAsync()
    {
        running?.Cancel();
        running?.Dispose();
        running = new CancellationTokenSource();
        var stop = running.Token;
        Busy = true;
        StateHasChanged();
        try
        {
            var outcome = await LoadAsync(stop);
            if (stop.IsCancellationRequested)
            {
                return;
            }

            Fault = outcome.Fault;
            Loaded |= outcome.Ok;
            Busy = false;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return; // Overtaken by a later load, or the page was left.
        }

        StateHasChanged();
    }

    /// <summary>Loads again at a signal, from whatever thread it comes on (<see cref="SignalFollower"/>); a failure is the page's own.</summary>
    protected async Task FollowAsync()
    {
        try
        {
            await InvokeAsync(async () =>
            {
                Following = true;
                try
                {
                    await ReloadAsync();
                }
                finally
                {
                    Following = false;
                }
            });
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !disposed)
        {
            disposed = true;
            running?.Cancel();
            running?.Dispose();
        }
    }
}
