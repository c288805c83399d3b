namespace FederationConsole.Platform;

/// <summary>
/// Work that comes round while the host runs, the first time one period after its start. A round that fails is told, and the next
/// one tries again: nothing of this kind may stop the host.
/// </summary>
public abstract class PeriodicWork(TimeSpan period, TimeProvider clock) : BackgroundService
{
    protected TimeProvider Clock { get; } = clock;

    protected abstract Task RoundAsync(CancellationToken stop);

    protected abstract void RoundFailed(Exception exception);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, Clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await RoundAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                RoundFailed(exception);
            }
        }
    }
}
