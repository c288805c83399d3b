using System.Net.Http.Headers;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Events;

/// <summary>
/// Delivers to one receiver, apart from all others: it claims what is due, asks, writes what came of it, and sleeps until the next is
/// due or somebody rings. An open breaker is waited for; it costs nobody a try.
/// </summary>
internal sealed partial class ReceiverLane(long id, ReceiverCatalog receivers, DeliveryQueue queue, OutboundCalls calls, TimeProvider clock, ILogger log)
{
    /// <summary>Looks even if nobody rang: another node may have made deliveries and died.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>After a database that could not be reached, or a breaker that says nothing.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Bell _bell = new(clock);

    public void Ring() => _bell.Ring();

    /// <summary>Until the receiver is switched off or deleted, or the host stops.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && receivers.Find(id) is { } receiver)
        {
            try
            {
                await _bell.WaitAsync(await PassAsync(receiver, stop), stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The lane goes on: what was claimed comes back with its lease.
                Failed(exception, id);
                await Task.Delay(Pause, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>Until when there is nothing to do.</returns>
    private async Task<DateTimeOffset> PassAsync(ReceiverEntry receiver, CancellationToken stop)
    {
        if (calls.Health(receiver.Partition).OpenUntil is { } open)
        {
            return Sooner(open);
        }

        var claim = await queue.ClaimAsync(receiver);
        if (claim.Deliveries.Count > 0)
        {
            await Task.WhenAll(claim.Deliveries.Select(delivery => SendAsync(receiver, delivery, stop)));
            return clock.GetUtcNow();
        }

        return Sooner(claim.Next ?? DateTimeOffset.MaxValue);
    }

    private async Task SendAsync(ReceiverEntry receiver, ClaimedDelivery delivery, CancellationToken stop)
    {
        var (body, at) = (EventBody.Of(delivery.Event, receiver.Environment), clock.GetUtcNow());
        var request = new OutboundRequest(receiver.Partition, HttpMethod.Post, receiver.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } },
            Headers = [new("X-Event-Id", EventBody.Id(delivery.Event.Id)), new("X-Signature", EventBody.Signature(receiver.Secret, at, body))],
        };
        OutboundResult result;
        try
        {
            result = await calls.SendAsync(request, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The host stops: whoever starts next need not wait for the lease.
            await queue.ReleaseAsync(receiver, delivery, clock.GetUtcNow());
            throw;
        }

        if (result is OutboundResult.Failed { Reason: OutboundFailure.BreakerOpen or OutboundFailure.Busy })
        {
            await queue.ReleaseAsync(receiver, delivery, calls.Health(receiver.Partition).OpenUntil ?? (clock.GetUtcNow() + Pause));
        }
        else
        {
            await queue.RecordAsync(receiver, delivery, result, at);
        }
    }

    private DateTimeOffset Sooner(DateTimeOffset time) => clock.GetUtcNow() + Longest is var longest && time < longest ? time : longest;

    [LoggerMessage(Level = LogLevel.Error, Message = "The deliveries to receiver {Receiver} stopped for a moment")]
    private partial void Failed(Exception exception, long receiver);
}
