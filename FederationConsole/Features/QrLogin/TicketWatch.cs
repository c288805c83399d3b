using System.Threading.Channels;
using FederationConsole.Data;

namespace FederationConsole.Features.QrLogin;

/// <summary>A page that waits at this node. It is told each state once, and never an earlier one.</summary>
public abstract class TicketViewer
{
    private readonly Lock _gate = new();
    private int _rank;

    /// <param name="rank">Of the last state that the page knows; -1 for none.</param>
    protected TicketViewer(int rank) => _rank = rank;

    public void Show(TicketState state)
    {
        lock (_gate)
        {
            if (state.Rank <= _rank)
            {
                return;
            }

            _rank = state.Rank;
            Push(state);
        }
    }

    /// <summary>Must not wait for the network.</summary>
    protected abstract void Push(TicketState state);
}

/// <summary>
/// The pages that wait at this node, by ticket. What a write changes reaches them by its signal, from whatever node; after a lost
/// connection between the nodes every watched ticket is read anew. One loop reads, many tickets by one query.
/// </summary>
public sealed partial class TicketWatch(TicketService tickets, Signals signals, TimeProvider clock, ILogger<TicketWatch> logger) : BackgroundService
{
    private const int Batch = 200;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, Waiting> _waiting = [];
    private readonly Channel<long> _changed = Channel.CreateUnbounded<long>(new() { SingleReader = true });

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>
    /// From now on until it is disposed of. The caller reads the ticket anew afterwards and shows it: what changed in between
    /// is then not missed.
    /// </summary>
    public IDisposable Watch(PageTicket ticket, TicketViewer viewer)
    {
        lock (_gate)
        {
            // Few pages share a ticket: one that reloads, or polls while its socket is not closed yet.
            _waiting[ticket.Id] = _waiting.TryGetValue(ticket.Id, out var others) ? others with { Viewers = [.. others.Viewers, viewer] } : new(ticket.ExpiresAt, [viewer]);
        }

        return new Leave(this, ticket.Id, viewer);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var listening = signals.Listen(signal =>
        {
            if (signal.Topic == TicketService.Topic)
            {
                Tell(signal.Id);
            }
            else if (signal == Signal.Reset)
            {
                TellAll();
            }

            return ValueTask.CompletedTask;
        });
        await Task.WhenAll(FollowAsync(stoppingToken), ExpireAsync(stoppingToken));
    }

    private async Task FollowAsync(CancellationToken stop)
    {
        HashSet<long> ids = [];
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await _changed.Reader.WaitToReadAsync(stop);
                ids.Clear();
                while (ids.Count < Batch && _changed.Reader.TryRead(out var id))
                {
                    ids.Add(id);
                }

                foreach (var ticket in await tickets.ReadAsync(ids))
                {
                    Show(ticket.Id, ticket.State);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                // The database may be away: what changed is read when it is back.
                FollowFailed(exception);
                foreach (var id in ids)
                {
                    _changed.Writer.TryWrite(id);
                }

                await Task.Delay(Period, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ExpireAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                // Read, not assumed: it may have been confirmed at another node a moment ago.
                foreach (var id in Over())
                {
                    _changed.Writer.TryWrite(id);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
    }

    private List<long> Over()
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            List<long> over = [];
            foreach (var (id, waiting) in _waiting)
            {
                if (waiting.ExpiresAt <= now && !waiting.IsOver)
                {
                    over.Add(id);
                }
            }

            return over;
        }
    }

    private void Tell(long id)
    {
        lock (_gate)
        {
            if (!_waiting.ContainsKey(id))
            {
                return;
            }
        }

        _changed.Writer.TryWrite(id);
    }

    private void TellAll()
    {
        lock (_gate)
        {
            foreach (var id in _waiting.Keys)
            {
                _changed.Writer.TryWrite(id);
            }
        }
    }

    private void Show(long id, TicketState state)
    {
        TicketViewer[] viewers;
        lock (_gate)
        {
            if (!_waiting.TryGetValue(id, out var waiting))
            {
                return;
            }

            viewers = waiting.Viewers;
            _waiting[id] = waiting with { IsOver = state.Rank == TicketState.LastRank };
        }

        foreach (var viewer in viewers)
        {
            viewer.Show(state);
        }
    }

    private void Remove(long id, TicketViewer viewer)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue(id, out var waiting))
            {
                return;
            }

            if (waiting.Viewers is [var only] && ReferenceEquals(only, viewer))
            {
                _waiting.Remove(id);
            }
            else
            {
                _waiting[id] = waiting with { Viewers = [.. waiting.Viewers.Where(v => !ReferenceEquals(v, viewer))] };
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Changed tickets were not read; trying again")]
    private partial void FollowFailed(Exception exception);

    private readonly record struct Waiting(DateTimeOffset ExpiresAt, TicketViewer[] Viewers, bool IsOver = false);

    private sealed class Leave(TicketWatch watch, long id, TicketViewer viewer) : IDisposable
    {
        public void Dispose() => watch.Remove(id, viewer);
    }
}
