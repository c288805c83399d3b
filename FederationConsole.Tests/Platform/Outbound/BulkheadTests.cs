using FederationConsole.Platform.Outbound;
using FederationConsole.Tests.Support;
using static FederationConsole.Tests.Platform.Outbound.Outbounds;

namespace FederationConsole.Tests.Platform.Outbound;

public sealed class BulkheadTests
{
    private const string Other = "env 12 source 11";

    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_partition_that_hangs_to_the_brim_delays_no_other()
    {
        await using var hanging = ThirdParty.Silent();
        await using var healthy = new ThirdParty(Ok);
        using var calls = Calls(o => (o.AtOnce, o.Queue) = (4, 8), _time);

        var stuck = Enumerable.Range(0, 12).Select(_ => calls.FailureAsync(hanging.Url)).ToList();
        for (var i = 0; i < 4; i++)
        {
            await hanging.ArrivalAsync();
        }

        Assert.Equal(OutboundFailure.Busy, await calls.FailureAsync(hanging.Url));
        // The clock stands still, so these answer without any of the others' time-outs.
        for (var i = 0; i < 50; i++)
        {
            Assert.IsType<OutboundResult.Answered>(await calls.GetAsync(healthy.Url, Other));
        }

        Assert.All(stuck, call => Assert.False(call.IsCompleted));
        Assert.Equal(4, hanging.Heads.Count);
        _time.Advance(TimeSpan.FromSeconds(5));
        // Who is handed a turn at the last moment is asked for in vain as well.
        Assert.All(await Task.WhenAll(stuck), reason => Assert.Contains(reason, new[] { OutboundFailure.TimedOut, OutboundFailure.Busy }));
    }

    [Fact]
    public async Task Who_waits_gets_a_turn_when_one_is_free()
    {
        var go = new SemaphoreSlim(0);
        await using var server = new ThirdParty(async (_, stream, ct) =>
        {
            await go.WaitAsync(ct);
            await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(Ok), ct);
        });
        using var calls = Calls(o => (o.AtOnce, o.Queue) = (1, 1), _time);

        var first = calls.GetAsync(server.Url);
        await server.ArrivalAsync();
        var second = calls.GetAsync(server.Url);
        go.Release(2);

        Assert.IsType<OutboundResult.Answered>(await first);
        Assert.IsType<OutboundResult.Answered>(await second);
    }

    [Fact]
    public async Task Two_hundred_at_once_are_all_served_as_set_by_default()
    {
        await using var server = new ThirdParty(Ok);
        using var calls = Calls();

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => calls.GetAsync(server.Url)));

        Assert.All(results, result => Assert.Equal(200, Assert.IsType<OutboundResult.Answered>(result).Status));
    }

    [Fact]
    public async Task A_caller_that_gives_up_leaves_the_queue()
    {
        await using var hanging = ThirdParty.Silent();
        using var calls = Calls(o => (o.AtOnce, o.Queue) = (1, 1), _time);
        var first = calls.FailureAsync(hanging.Url);
        await hanging.ArrivalAsync();
        using var caller = new CancellationTokenSource();

        var waiting = calls.GetAsync(hanging.Url, ct: caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting);

        var next = calls.FailureAsync(hanging.Url);
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(OutboundFailure.TimedOut, await first);
        Assert.Contains(await next, new[] { OutboundFailure.TimedOut, OutboundFailure.Busy });
    }
}
