namespace FederationConsole.Data;

/// <summary>
/// What is read into memory at start, and anew when a signal of one of the topics came: before the write that sent it is answered.
/// </summary>
public abstract class SignalledCatalog(Signals signals, params string[] topics) : IHostedService, IDisposable
{
    // Guards against an older read that ends after a newer one and would stay.
    private readonly SemaphoreSlim _loading = new(1, 1);
    private IDisposable? _listening;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _listening = signals.Listen(async signal =>
        {
            if (topics.Contains(signal.Topic) || signal == Signal.Reset)
            {
                await LoadAloneAsync();
            }
        });
        await LoadAloneAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _listening?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _loading.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads all and puts it in the place of what was read before; never runs twice at once.</summary>
    protected abstract Task LoadAsync();

    private async Task LoadAloneAsync()
    {
        await _loading.WaitAsync();
        try
        {
            await LoadAsync();
        }
        finally
        {
            _loading.Release();
        }
    }
}
