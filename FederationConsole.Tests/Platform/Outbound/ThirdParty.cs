using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FederationConsole.Tests.Platform.Outbound;

/// <summary>A server on loopback, one request a connection, in raw bytes: it can also say what no HTTP server would.</summary>
internal sealed class ThirdParty : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _heads = new();
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly Func<string, NetworkStream, CancellationToken, Task> _answer;
    private readonly Task _accepting;

    public ThirdParty(Func<string, NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public ThirdParty(string answer)
        : this((_, stream, ct) => stream.WriteAsync(Encoding.Latin1.GetBytes(answer), ct).AsTask())
    {
    }

    /// <summary>Takes the request and says nothing until the server stops.</summary>
    public static ThirdParty Silent() => new((_, _, ct) => Task.Delay(Timeout.Infinite, ct));

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Url => new($"http://127.0.0.1:{Port}/check?access_token=secret-in-query");

    /// <summary>The request heads as they came.</summary>
    public IReadOnlyCollection<string> Heads => _heads;

    /// <summary>Returns once one more request has arrived.</summary>
    public async Task ArrivalAsync() => Assert.True(await _arrivals.WaitAsync(TimeSpan.FromSeconds(20)), "no request arrived");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
        _arrivals.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                if (await ReadHeadAsync(stream) is { } head)
                {
                    _heads.Enqueue(head);
                    _arrivals.Release();
                    await _answer(head, stream, _stop.Token);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The caller hung up, or the test is over: both are what some tests are about.
            }
        }
    }

    private async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) > 0)
        {
            head.Append((char)one[0]);
            if (one[0] == '\n' && head.Length > 3 && head[^3] == '\n')
            {
                return head.ToString();
            }
        }

        return null;
    }
}
