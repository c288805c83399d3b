namespace FederationConsole.Tests.Support;

public sealed class ManualTimeTests
{
    private readonly ManualTime _time = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void Timers_fire_in_their_order_at_their_own_time()
    {
        var start = _time.GetUtcNow();
        using var late = Timer("late", 3, null);
        using var often = Timer("often", 1, 2);
        using var stopped = Timer("stopped", 2, null);
        stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Empty(_fired);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["often at 1", "late at 3", "often at 3", "often at 5"], _fired);
        Assert.Equal(TimeSpan.FromSeconds(5.5), _time.GetUtcNow() - start);

        ITimer Timer(string name, int due, int? period) => _time.CreateTimer(
            _ => _fired.Add($"{name} at {(_time.GetUtcNow() - start).TotalSeconds}"), null,
            TimeSpan.FromSeconds(due), period is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public async Task What_the_framework_builds_on_a_clock_follows_it()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(2), _time);
        var delay = Task.Delay(TimeSpan.FromSeconds(3), _time);

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((true, false), (source.IsCancellationRequested, delay.IsCompleted));
        _time.Advance(TimeSpan.FromSeconds(1));
        await delay;
    }
}
