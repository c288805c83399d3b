using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using FederationConsole.Platform.Outbound;
using FederationConsole.Tests.Support;
using Microsoft.Extensions.Logging;
using static FederationConsole.Tests.Platform.Outbound.Outbounds;

namespace FederationConsole.Tests.Platform.Outbound;

public sealed class OutboundHealthTests
{
    [Fact]
    public async Task The_last_fifty_calls_are_kept_without_their_query()
    {
        await using var server = new ThirdParty("HTTP/1.1 403 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        var time = new ManualTime();
        using var calls = Calls(time: time);

        for (var i = 0; i < 60; i++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await calls.GetAsync(new($"http://127.0.0.1:{server.Port}/check/{i}?access_token=secret"));
        }

        var health = calls.Health(Partition);
        Assert.Equal(50, health.Calls.Count);
        var newest = $"http://127.0.0.1:{server.Port}/check/59";
        Assert.Equal(new OutboundCall(time.GetUtcNow(), TimeSpan.Zero, newest, 403, null, false), health.Calls[0]);
        Assert.EndsWith("/check/10", health.Calls[^1].Target, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_are_over_the_calls_that_were_not_abandoned()
    {
        static OutboundCall Took(int milliseconds, int? status, OutboundFailure? failure = null, bool failed = false) =>
            new(default, TimeSpan.FromMilliseconds(milliseconds), "", status, failure, failed);
        var calls = Enumerable.Range(1, 19).Select(i => Took(i, 200))
            .Append(Took(5000, null, OutboundFailure.TimedOut, failed: true))
            .Append(Took(9000, null))
            .ToList();

        var health = OutboundHealth.Of(BreakerState.Closed, null, calls, 0);

        Assert.Equal((0.05, 10.0, 19.0), (health.FailureRate, health.Median!.Value.TotalMilliseconds, health.P95!.Value.TotalMilliseconds));
    }

    [Fact]
    public void Who_was_never_asked_is_in_good_health()
    {
        using var calls = Calls();

        var health = calls.Health("env 1 source 1");

        Assert.Equal((BreakerState.Closed, 0, 0.0, null), (health.Breaker, health.Calls.Count, health.FailureRate, health.Median));
    }

    [Fact]
    public async Task Meter_trace_and_log_tell_the_outcome_and_no_secret()
    {
        var seen = new ConcurrentQueue<string>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument is { Meter.Name: "FederationConsole", Name: "outbound.duration" })
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<double>((_, _, tags, _) => seen.Enqueue("metric " + Join(tags.ToArray())));
        meters.Start();
        using var spans = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => seen.Enqueue($"span {span.OperationName} {span.Status} " + Join(span.TagObjects)),
        };
        ActivitySource.AddActivityListener(spans);
        await using var server = new ThirdParty("garbage");
        using var calls = Calls(log: new Recorder(seen));

        await calls.SendAsync(
            new("env 77 source 10-of-this-test", HttpMethod.Get, server.Url) { Headers = [new("Authorization", "secret-in-header")] },
            default);

        var url = $"http://127.0.0.1:{server.Port}/check";
        Assert.Contains("metric outbound.kind=source 10-of-this-test, outbound.outcome=BrokenAnswer", seen);
        Assert.Contains(
            $"span outbound Error outbound.partition=env 77 source 10-of-this-test, http.request.method=GET, url.full={url}, " +
            "outbound.outcome=BrokenAnswer", seen);
        var logged = $"log Outbound call failed: env 77 source 10-of-this-test GET {url} BrokenAnswer";
        Assert.Contains(seen, line => line.StartsWith(logged, StringComparison.Ordinal));
        Assert.DoesNotContain(seen, line => line.Contains("secret-in", StringComparison.Ordinal));
        Assert.DoesNotContain("traceparent", Assert.Single(server.Heads), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_request_shows_no_secret_when_printed() => Assert.Equal(
        "GET https://example.com/path (env 1 source 2)",
        new OutboundRequest("env 1 source 2", HttpMethod.Get, new("https://me:secret@example.com/path?token=secret#secret"))
        {
            Headers = [new("X", "secret")],
        }.ToString());

    private static string Join(IEnumerable<KeyValuePair<string, object?>> tags) =>
        string.Join(", ", tags.Select(tag => $"{tag.Key}={tag.Value}"));

    private sealed class Recorder(ConcurrentQueue<string> lines) : ILogger<OutboundCalls>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"log {formatter(state, exception)} {exception}");
    }
}
