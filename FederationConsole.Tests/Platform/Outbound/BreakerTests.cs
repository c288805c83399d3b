using FederationConsole.Platform.Outbound;
using FederationConsole.Tests.Support;
using static FederationConsole.Tests.Platform.Outbound.Outbounds;

namespace FederationConsole.Tests.Platform.Outbound;

public sealed class BreakerTests
{
    private const string Error = "HTTP/1.1 503 Down\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    private const string Refusal = "HTTP/1.1 403 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly ManualTime _time = new();

    [Fact]
    public async Task Ten_failures_open_it_and_nobody_is_asked_until_the_pause_is_over()
    {
        await using var server = new ThirdParty(Error);
        using var calls = Calls(time: _time);

        await RepeatAsync(10, async () => Assert.IsType<OutboundResult.Answered>(await calls.GetAsync(server.Url)));
        Assert.Equal(OutboundFailure.BreakerOpen, await calls.FailureAsync(server.Url));
        _time.Advance(Pause - TimeSpan.FromMilliseconds(1));
        Assert.Equal(OutboundFailure.BreakerOpen, await calls.FailureAsync(server.Url));

        Assert.Equal(10, server.Heads.Count);
        var health = calls.Health(Partition);
        Assert.Equal((BreakerState.Open, 2L, 10, 1.0), (health.Breaker, health.TurnedAway, health.Calls.Count, health.FailureRate));
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMilliseconds(1), health.OpenUntil);
        Assert.Equal(BreakerState.Closed, calls.Health("env 13 source 10").Breaker);
    }

    [Fact]
    public async Task After_the_pause_one_good_answer_closes_it()
    {
        var answer = Error;
        await using var server = Changing(() => answer);
        using var calls = Calls(time: _time);
        await RepeatAsync(10, () => calls.GetAsync(server.Url));

        _time.Advance(Pause);
        answer = Ok;
        Assert.Equal((BreakerState.HalfOpen, null), (calls.Health(Partition).Breaker, calls.Health(Partition).OpenUntil));

        Assert.IsType<OutboundResult.Answered>(await calls.GetAsync(server.Url));
        Assert.Equal(BreakerState.Closed, calls.Health(Partition).Breaker);
    }

    [Fact]
    public async Task After_the_pause_one_more_failure_opens_it_again()
    {
        await using var server = new ThirdParty(Error);
        using var calls = Calls(time: _time);
        await RepeatAsync(10, () => calls.GetAsync(server.Url));

        _time.Advance(Pause);
        Assert.IsType<OutboundResult.Answered>(await calls.GetAsync(server.Url));

        Assert.Equal(OutboundFailure.BreakerOpen, await calls.FailureAsync(server.Url));
        Assert.Equal(11, server.Heads.Count);
    }

    [Fact]
    public async Task While_one_call_tries_the_others_do_not_wait_for_it()
    {
        var hang = false;
        await using var server = new ThirdParty(async (_, stream, ct) =>
        {
            if (hang)
            {
                await Task.Delay(Timeout.Infinite, ct);
            }

            await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(Error), ct);
        });
        using var calls = Calls(time: _time);
        await RepeatAsync(10, () => calls.GetAsync(server.Url));
        await RepeatAsync(10, server.ArrivalAsync);
        _time.Advance(Pause);
        hang = true;

        var trying = calls.FailureAsync(server.Url);
        await server.ArrivalAsync();

        Assert.Equal(BreakerState.HalfOpen, calls.Health(Partition).Breaker);
        Assert.Equal(OutboundFailure.BreakerOpen, await calls.FailureAsync(server.Url));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(OutboundFailure.TimedOut, await trying);
    }

    [Fact]
    public async Task A_trying_call_that_its_caller_gave_up_closes_nothing()
    {
        await using var down = new ThirdParty(Error);
        await using var silent = ThirdParty.Silent();
        using var calls = Calls(time: _time);
        await RepeatAsync(10, () => calls.GetAsync(down.Url));
        _time.Advance(Pause);

        await GiveUpAsync(calls, silent);

        Assert.Equal(OutboundFailure.BreakerOpen, await calls.FailureAsync(down.Url));
    }

    [Theory]
    [InlineData(Refusal)]
    [InlineData("HTTP/1.1 302 Go\r\nConnection: close\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")]
    [InlineData(Ok)]
    public async Task Answers_at_once_do_not_open_it(string answer)
    {
        await using var server = new ThirdParty(answer);
        using var calls = Calls(time: _time);

        await RepeatAsync(40, () => calls.GetAsync(server.Url));

        Assert.Equal((BreakerState.Closed, 0.0), (calls.Health(Partition).Breaker, calls.Health(Partition).FailureRate));
        Assert.Equal(40, server.Heads.Count);
    }

    [Fact]
    public async Task Callers_that_give_up_do_not_open_it_and_are_seen()
    {
        await using var server = ThirdParty.Silent();
        using var calls = Calls(time: _time);

        await RepeatAsync(20, () => GiveUpAsync(calls, server));

        var health = calls.Health(Partition);
        Assert.Equal((BreakerState.Closed, 0.0, null), (health.Breaker, health.FailureRate, health.Median));
        Assert.Equal(20, health.Calls.Count(call => call.Abandoned));
    }

    [Fact]
    public async Task Fewer_failures_than_half_do_not_open_it()
    {
        var i = 0;
        await using var server = Changing(() => i++ % 5 < 3 ? Ok : Error);
        using var calls = Calls(time: _time);

        await RepeatAsync(40, () => calls.GetAsync(server.Url));

        var health = calls.Health(Partition);
        Assert.Equal((BreakerState.Closed, 0.4), (health.Breaker, health.FailureRate));
    }

    private static ThirdParty Changing(Func<string> answer) =>
        new((_, stream, ct) => stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(answer()), ct).AsTask());

    private static async Task GiveUpAsync(OutboundCalls calls, ThirdParty silent)
    {
        using var caller = new CancellationTokenSource();
        var call = calls.GetAsync(silent.Url, ct: caller.Token);
        await silent.ArrivalAsync();
        await caller.CancelAsync();
        var thrown = await Assert.ThrowsAsync<OperationCanceledException>(() => call);
        Assert.Equal(caller.Token, thrown.CancellationToken);
    }

    private static async Task RepeatAsync(int times, Func<Task> act)
    {
        for (var i = 0; i < times; i++)
        {
            await act();
        }
    }
}
