using System.Collections.Concurrent;
using System.Diagnostics;
using FederationConsole.Platform;

namespace FederationConsole.Features.Overview;

/// <summary>
/// Counts of whole tables. One that is quick is taken anew each time, so that a newcomer sees the first user appear; one
/// that took over <see cref="Slow"/> is good for a minute, and is taken once for all who ask meanwhile.
/// </summary>
internal sealed class SlowCounts(TimeProvider clock)
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Good = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(EnvironmentId, string), Taken> _taken = new();

    public async Task<long> GetAsync((EnvironmentId, string) what, Func<Task<long>> count)
    {
        if (_taken.TryGetValue(what, out var taken) && taken.Until > clock.GetUtcNow())
        {
            return taken.Count;
        }

        var started = Stopwatch.GetTimestamp();
        var now = await count();
        if (Stopwatch.GetElapsedTime(started) > Slow)
        {
            _taken[what] = new(now, clock.GetUtcNow() + Good);
        }

        return now;
    }

    private sealed record Taken(long Count, DateTimeOffset Until);
}
