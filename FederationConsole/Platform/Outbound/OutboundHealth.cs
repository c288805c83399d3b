namespace FederationConsole.Platform.Outbound;

/// <summary>One call that was really made, for the console.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Target">The address without its query.</param>
/// <param name="Status">The third party's status, if it answered.</param>
/// <param name="Failure">Why there is no answer. Null beside a null status: the caller went away first.</param>
/// <param name="Failed">Whether the breaker counts it as a failure of the third party.</param>
public sealed record OutboundCall(
    DateTimeOffset At, TimeSpan Elapsed, string Target, int? Status, OutboundFailure? Failure, bool Failed)
{
    public bool Abandoned => Status is null && Failure is null;
}

public enum BreakerState
{
    /// <summary>Calls go through.</summary>
    Closed,
    /// <summary>Nobody is asked until <see cref="OutboundHealth.OpenUntil"/>.</summary>
    Open,
    /// <summary>The next call, or one under way, decides between the other two.</summary>
    HalfOpen,
}

/// <summary>How a partition has been doing since the start of this host; each node has its own view.</summary>
/// <param name="OpenUntil">While the breaker is open: when the next call may try.</param>
/// <param name="Calls">The last <see cref="CallHistory.Length"/> calls, newest first.</param>
/// <param name="FailureRate">0 to 1, over the calls listed, abandoned ones aside.</param>
/// <param name="Median">Of the same calls; null when there are none.</param>
/// <param name="P95">Of the same calls; null when there are none.</param>
/// <param name="TurnedAway">Calls that were never made, because the breaker was open or the partition busy.</param>
public sealed record OutboundHealth(
    BreakerState Breaker, DateTimeOffset? OpenUntil, IReadOnlyList<OutboundCall> Calls,
    double FailureRate, TimeSpan? Median, TimeSpan? P95, long TurnedAway)
{
    internal static OutboundHealth Of(
        BreakerState breaker, DateTimeOffset? openUntil, IReadOnlyList<OutboundCall> calls, long turnedAway)
    {
        var finished = calls.Where(call => !call.Abandoned).ToList();
        var times = finished.Select(call => call.Elapsed).Order().ToList();
        TimeSpan? Percentile(double share) => times.Count == 0 ? null : times[(int)Math.Ceiling(share * times.Count) - 1];
        var rate = finished.Count == 0 ? 0 : (double)finished.Count(call => call.Failed) / finished.Count;
        return new(breaker, openUntil, calls, rate, Percentile(0.5), Percentile(0.95), turnedAway);
    }
}

/// <summary>The last calls of a partition. Writing takes no lock; a reader may miss a call that is just being written.</summary>
internal sealed class CallHistory
{
    public const int Length = 50;

    private readonly OutboundCall?[] _calls = new OutboundCall?[Length];
    private long _written;

    public void Add(OutboundCall call) =>
        Volatile.Write(ref _calls[(Interlocked.Increment(ref _written) - 1) % Length], call);

    public IReadOnlyList<OutboundCall> NewestFirst()
    {
        var written = Interlocked.Read(ref _written);
        var calls = new List<OutboundCall>(Length);
        for (var i = written - 1; i >= Math.Max(0, written - Length); i--)
        {
            if (Volatile.Read(ref _calls[i % Length]) is { } call)
            {
                calls.Add(call);
            }
        }

        return calls;
    }
}
