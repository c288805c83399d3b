namespace FederationConsole.Data;

/// <summary>
/// Does something when a signal that matters came: at once, then at most once a period, one after the other, and never not at
/// all: the last signal is always followed. For pages that show what changes.
/// </summary>
/// <param name="follow">Must not throw: nobody waits for it.</param>
public sealed class SignalFollower(TimeProvider clock, TimeSpan period, Func<Task> follow) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private IDisposable? _listening;
    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private int _told;
    private int _running;

    public static SignalFollower Start(Signals signals, TimeProvider clock, TimeSpan period, Func<Signal, bool> matters, Func<Task> follow)
    {
        var follower = new SignalFollower(clock, period, follow);
        follower._listening = signals.Listen(signal =>
        {
            if (matters(signal) || signal == Signal.Reset)
            {
                follower.Tell();
            }

            return ValueTask.CompletedTask;
        });
        return follower;
    }

    public void Dispose()
    {
        _listening?.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    private void Tell()
    {
        Volatile.Write(ref _told, 1);
        if (Interlocked.Exchange(ref _running, 1) == 0)
        {
            _ = Task.Run(RunAsync);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            var stop = _stop.Token;
            while (Interlocked.Exchange(ref _told, 0) == 1)
            {
                if (_next - clock.GetUtcNow() is { Ticks: > 0 } wait)
                {
                    await Task.Delay(wait, clock, stop);
                }

                _next = clock.GetUtcNow() + period;
                await follow();
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException)
        {
            return; // The page was left.
        }

        Volatile.Write(ref _running, 0);
        if (Volatile.Read(ref _told) == 1)
        {
            Tell();
        }
    }
}
