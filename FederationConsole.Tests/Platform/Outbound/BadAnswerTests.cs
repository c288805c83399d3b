using System.Net;
using System.Net.Sockets;
using System.Text;
using FederationConsole.Platform.Outbound;
using FederationConsole.Tests.Support;
using static FederationConsole.Tests.Platform.Outbound.Outbounds;

namespace FederationConsole.Tests.Platform.Outbound;

public sealed class BadAnswerTests
{
    private static readonly TimeSpan Whole = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task An_answer_comes_whole_whatever_its_status()
    {
        await using var server = new ThirdParty(
            "HTTP/1.1 403 No\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 12\r\n\r\n{\"error\":{}}");
        using var calls = Calls();

        var answer = Assert.IsType<OutboundResult.Answered>(await calls.GetAsync(server.Url));

        Assert.Equal((403, "application/json; charset=utf-8", "{\"error\":{}}"),
            (answer.Status, answer.ContentType, Encoding.UTF8.GetString(answer.Body.Span)));
    }

    [Fact]
    public async Task The_request_carries_what_it_was_given_and_no_more()
    {
        await using var server = new ThirdParty("HTTP/1.1 204 No\r\nConnection: close\r\nSet-Cookie: a=b\r\n\r\n");
        using var calls = Calls();
        OutboundRequest Request() => new(Partition, HttpMethod.Post, server.Url)
        {
            Content = new StringContent("x=1"),
            Headers = [new("X-Signature", "sha256=00")],
        };

        await calls.SendAsync(Request(), default);
        var answer = Assert.IsType<OutboundResult.Answered>(await calls.SendAsync(Request(), default));

        Assert.True(answer.Body.IsEmpty);
        Assert.Null(answer.ContentType);
        Assert.All(server.Heads, head => Assert.Equal(
            $"POST /check?access_token=secret-in-query HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\nX-Signature: sha256=00\r\n" +
            "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 3\r\n\r\n", head));
    }

    [Fact]
    public async Task A_header_cannot_smuggle_another() => await Assert.ThrowsAsync<FormatException>(async () =>
    {
        using var calls = Calls();
        await calls.SendAsync(new(Partition, HttpMethod.Get, new("http://127.0.0.1/")) { Headers = [new("X-A", "1\r\nX-B: 2")] }, default);
    });

    [Fact]
    public async Task Silence_ends_after_five_seconds()
    {
        await using var server = ThirdParty.Silent();
        var time = new ManualTime();
        using var calls = Calls(time: time);

        var call = calls.GetAsync(server.Url);
        await server.ArrivalAsync();
        time.Advance(Whole - TimeSpan.FromMilliseconds(1));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(new OutboundResult.Failed(OutboundFailure.TimedOut) { Elapsed = Whole }, await call);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n{")]
    public async Task A_hang_after_the_first_bytes_counts_into_the_same_five_seconds(string beginning)
    {
        var begun = new SemaphoreSlim(0);
        await using var server = new ThirdParty(async (_, stream, ct) =>
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(beginning), ct);
            begun.Release();
            await Task.Delay(Timeout.Infinite, ct);
        });
        var time = new ManualTime();
        using var calls = Calls(time: time);

        var call = calls.FailureAsync(server.Url);
        await begun.WaitAsync();
        time.Advance(Whole);

        Assert.Equal(OutboundFailure.TimedOut, await call);
    }

    [Fact]
    public async Task A_drip_of_single_bytes_does_not_prolong_the_five_seconds()
    {
        var drips = new SemaphoreSlim(0);
        await using var server = new ThirdParty(async (_, stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), ct);
            while (true)
            {
                await stream.WriteAsync("."u8.ToArray(), ct);
                drips.Release();
                await Task.Delay(1, ct);
            }
        });
        var time = new ManualTime();
        using var calls = Calls(time: time);

        var call = calls.FailureAsync(server.Url);
        for (var second = 0; second < 5; second++)
        {
            Assert.False(call.IsCompleted);
            await drips.WaitAsync();
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(OutboundFailure.TimedOut, await call);
    }

    [Fact]
    public async Task A_name_server_that_never_answers_is_in_the_five_seconds()
    {
        var asked = new TaskCompletionSource();
        var time = new ManualTime();
        using var calls = Calls(time: time, resolve: async (_, ct) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
            return [];
        });

        var call = calls.FailureAsync(new("http://slow.example/"));
        await asked.Task;
        time.Advance(Whole);

        Assert.Equal(OutboundFailure.TimedOut, await call);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_gigabyte_is_not_read(bool announced)
    {
        var sent = 0L;
        var over = new TaskCompletionSource();
        await using var server = new ThirdParty(async (_, stream, ct) =>
        {
            var length = announced ? "Content-Length: 1073741824\r\n" : "";
            await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\n{length}\r\n"), ct);
            var block = new byte[64 * 1024];
            try
            {
                for (; sent < 1L << 30; sent += block.Length)
                {
                    await stream.WriteAsync(block, ct);
                }
            }
            finally
            {
                over.SetResult();
            }
        });
        using var calls = Calls();

        Assert.Equal(OutboundFailure.TooLarge, await calls.FailureAsync(server.Url));
        await over.Task;
        // What the sockets' buffers hold, and no more: the connection was closed.
        Assert.InRange(sent, 0, 32L << 20);
    }

    [Theory]
    [InlineData(64 * 1024, true, true)]
    [InlineData(64 * 1024, false, true)]
    [InlineData(64 * 1024 + 1, true, false)]
    [InlineData(64 * 1024 + 1, false, false)]
    public async Task Sixty_four_KiB_are_the_most(int size, bool announced, bool fits)
    {
        var length = announced ? $"Content-Length: {size}\r\n" : "";
        await using var server = new ThirdParty($"HTTP/1.1 200 OK\r\n{length}\r\n" + new string('a', size));
        using var calls = Calls();

        var result = await calls.GetAsync(server.Url);

        Assert.Equal(fits ? size : -1, result is OutboundResult.Answered answered ? answered.Body.Length : -1);
        Assert.Equal(fits, result is not OutboundResult.Failed { Reason: OutboundFailure.TooLarge });
    }

    [Fact]
    public async Task Endless_headers_are_too_large()
    {
        var header = $"X-A: {new string('a', 1000)}\r\n";
        await using var server = new ThirdParty("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat(header, 20)));
        using var calls = Calls();

        Assert.Equal(OutboundFailure.TooLarge, await calls.FailureAsync(server.Url));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_inward_is_not_followed(int status)
    {
        await using var inside = new ThirdParty(Ok);
        await using var server = new ThirdParty($"HTTP/1.1 {status} Go\r\nLocation: {inside.Url}\r\nContent-Length: 0\r\n\r\n");
        using var calls = Calls();

        Assert.Equal(OutboundFailure.Redirected, await calls.FailureAsync(server.Url));
        Assert.Empty(inside.Heads);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: many\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nno chunk")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nab\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nab")]
    [InlineData("HTTP/9.9 999999 ?\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("\0\0\0\0")]
    public async Task Nonsense_and_answers_cut_short_are_broken(string answer)
    {
        await using var server = new ThirdParty(answer);
        using var calls = Calls();

        Assert.Equal(OutboundFailure.BrokenAnswer, await calls.FailureAsync(server.Url));
    }

    [Fact]
    public async Task Nobody_listening_is_unreachable()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var calls = Calls();

        Assert.Equal(OutboundFailure.Unreachable, await calls.FailureAsync(new($"http://127.0.0.1:{port}/")));
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_told_apart()
    {
        using var calls = Calls(resolve: (_, _) => throw new SocketException((int)SocketError.HostNotFound));

        Assert.Equal(OutboundFailure.NameUnknown, await calls.FailureAsync(new("http://nobody.example/")));
    }
}
