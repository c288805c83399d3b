using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Options;

namespace FederationConsole.Platform.Outbound;

/// <summary>
/// The one place through which the host calls third parties: five seconds in all, 64 KiB of answer, no redirect, no proxy, no cookie,
/// no address inside, and no partition that waits for another (issue 2 clause 6; quality.md Reliability, Security).
/// </summary>
public sealed class OutboundCalls : IDisposable
{
    private static readonly ActivitySource Spans = new(Telemetry.Name);
    private static readonly Meter Meter = new(Telemetry.Name);

    private static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("outbound.duration", "s", "Calls to third parties, with the wait for a turn.");

    private static readonly string[] FailureNames = Enum.GetNames<OutboundFailure>();

    private readonly ConcurrentDictionary<string, OutboundPartition> _partitions = new(StringComparer.Ordinal);
    private readonly Func<string, OutboundPartition> _newPartition;
    private readonly OutboundTransport _transport;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;

    public OutboundCalls(IOptions<OutboundOptions> options, TimeProvider time, ILogger<OutboundCalls> log)
        : this(options.Value, time, log, Dns.GetHostAddressesAsync)
    {
    }

    internal OutboundCalls(OutboundOptions options, TimeProvider time, ILogger<OutboundCalls> log, ResolveName resolve)
    {
        (_time, _timeout) = (time, options.Timeout);
        var transport = _transport = new OutboundTransport(options, time, resolve, log);
        _newPartition = name => new OutboundPartition(name, options, time, transport, log);
    }

    /// <summary>
    /// Asks a third party. Whatever the third party does is a value, within <see cref="OutboundOptions.Timeout"/>;
    /// <see cref="OperationCanceledException"/> means that <paramref name="ct"/> was cancelled, and nothing else.
    /// </summary>
    public async Task<OutboundResult> SendAsync(OutboundRequest request, CancellationToken ct)
    {
        using var content = request.Content;
        ct.ThrowIfCancellationRequested();
        var started = _time.GetTimestamp();
        var partition = _partitions.GetOrAdd(request.Partition, _newPartition);
        var target = request.Target;
        using var span = StartSpan(request, target);
        using var deadline = new CancellationTokenSource(_timeout, _time);
        using var link = ct.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), deadline);
        try
        {
            var result = await partition.PassAsync(new Attempt(request, target, started, ct, deadline.Token));
            Report(span, partition, result.Elapsed, result);
            return result;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            Report(span, partition, _time.GetElapsedTime(started), null);
            throw new OperationCanceledException(ct);
        }
    }

    /// <summary>How a partition has been doing on this node; a partition that was never asked is in good health.</summary>
    public OutboundHealth Health(string partition) =>
        _partitions.TryGetValue(partition, out var known) ? known.Health : OutboundHealth.Of(BreakerState.Closed, null, [], 0);

    public void Dispose()
    {
        foreach (var partition in _partitions.Values)
        {
            partition.Dispose();
        }

        _transport.Dispose();
    }

    private static Activity? StartSpan(OutboundRequest request, string target)
    {
        var span = Spans.StartActivity("outbound", ActivityKind.Client);
        return span?
            .SetTag("outbound.partition", request.Partition)
            .SetTag("http.request.method", request.Method.Method)
            .SetTag("url.full", target);
    }

    private static void Report(Activity? span, OutboundPartition partition, TimeSpan elapsed, OutboundResult? result)
    {
        var outcome = result switch
        {
            OutboundResult.Answered { Status: < 400 } => "ok",
            OutboundResult.Answered { Status: < 500 } => "refused",
            OutboundResult.Answered => "broken",
            OutboundResult.Failed failed => FailureNames[(int)failed.Reason],
            _ => "abandoned",
        };
        Duration.Record(elapsed.TotalSeconds, new("outbound.kind", partition.Kind), new("outbound.outcome", outcome));
        if (span is null)
        {
            return;
        }

        span.SetTag("outbound.outcome", outcome);
        span.SetStatus(result is OutboundResult.Answered { Status: < 500 } ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
        if (result is OutboundResult.Answered answered)
        {
            span.SetTag("http.response.status_code", answered.Status);
        }
    }
}
