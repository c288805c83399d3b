using System.Threading.Channels;

namespace FederationConsole.Features.Events;

/// <summary>Wakes one waiter: rung while nobody waits, the next wait ends at once; rung twice, once.</summary>
internal sealed class Bell(TimeProvider clock)
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => _rung.Writer.TryWrite(true);

    /// <summary>Until it rings or that time has come. Throws when <paramref name="stop"/> is cancelled.</summary>
    public async Task WaitAsync(DateTimeOffset until, CancellationToken stop)
    {
        if (until - clock.GetUtcNow() is { Ticks: > 0 } wait)
        {
            using var time = new CancellationTokenSource(wait, clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, stop);
            // Looked at again with the timer set: a clock that was moved in between would let it sleep too long.
            if (until > clock.GetUtcNow())
            {
                Task rings = _rung.Reader.WaitToReadAsync(both.Token).AsTask();
                await rings.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        stop.ThrowIfCancellationRequested();
        _rung.Reader.TryRead(out _);
    }
}
