using System.Collections.Concurrent;
using FederationConsole.Data;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Events;

/// <summary>
/// Takes events from the outbox to their receivers: woken by the commit that made them, it routes them (<see cref="EventRouter"/>) and
/// rings the lanes of those who get some (<see cref="ReceiverLane"/>).
/// </summary>
internal sealed partial class EventDispatcher(
    EventRouter router, ReceiverCatalog receivers, DeliveryQueue queue, OutboundCalls calls, Signals signals, TimeProvider clock, ILogger<EventDispatcher> logger)
    : BackgroundService
{
    /// <summary>Every environment is looked at this often, for what a node left that died between commit and routing.</summary>
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<EnvironmentId, bool> _told = new();
    private readonly Dictionary<long, (ReceiverLane Lane, Task Running)> _lanes = [];
    private readonly Bell _bell = new(clock);
    private int _changed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listening = signals.Listen(Hear);
        var swept = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Open(stoppingToken);
                var now = clock.GetUtcNow();
                if (now - swept >= Sweep)
                {
                    swept = now;
                    Mark(receivers.All.Select(r => r.Environment.Id));
                }

                await RouteAsync();
                await _bell.WaitAsync(swept + Sweep, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                RoutingFailed(exception);
                await Task.Delay(Sweep, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(_lanes.Values.Select(l => l.Running));
    }

    private ValueTask Hear(Signal signal)
    {
        if (signal.Topic == OutboxEvent.Topic)
        {
            Mark([EnvironmentId.Of(signal.Environment)]);
            _bell.Ring();
        }
        else if (signal.Topic == DeliveryQueue.DueTopic)
        {
            lock (_lanes)
            {
                _lanes.GetValueOrDefault(signal.Id).Lane?.Ring();
            }
        }
        else if (signal.Topic == ReceiverCatalog.Topic || signal == Signal.Reset)
        {
            Volatile.Write(ref _changed, 1);
            Mark(receivers.All.Select(r => r.Environment.Id));
            _bell.Ring();
        }

        return ValueTask.CompletedTask;
    }

    private void Mark(IEnumerable<EnvironmentId> environments)
    {
        foreach (var environment in environments)
        {
            _told[environment] = true;
        }
    }

    private async Task RouteAsync()
    {
        foreach (var environment in _told.Keys.ToList())
        {
            // Unmarked first: what is told while it is routed marks it again.
            _told.TryRemove(environment, out _);
            var given = await router.RouteAsync(environment);
            lock (_lanes)
            {
                foreach (var receiver in given)
                {
                    _lanes.GetValueOrDefault(receiver).Lane?.Ring();
                }
            }
        }
    }

    /// <summary>A lane for each receiver that is on; those of receivers that are not end by themselves.</summary>
    private void Open(CancellationToken stop)
    {
        lock (_lanes)
        {
            foreach (var ended in _lanes.Where(l => l.Value.Running.IsCompleted).Select(l => l.Key).ToList())
            {
                _lanes.Remove(ended);
            }

            foreach (var receiver in receivers.All.Where(r => !_lanes.ContainsKey(r.Id)))
            {
                var lane = new ReceiverLane(receiver.Id, receivers, queue, calls, clock, logger);
                _lanes[receiver.Id] = (lane, Task.Run(() => lane.RunAsync(stop), CancellationToken.None));
            }

            if (Interlocked.Exchange(ref _changed, 0) == 1)
            {
                // One that was switched off ends now, and not at its next event.
                foreach (var (lane, _) in _lanes.Values)
                {
                    lane.Ring();
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Events could not be routed; trying again")]
    private partial void RoutingFailed(Exception exception);
}
