using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace FederationConsole.Tests.Faces.Scan;

/// <summary>SignalR's JSON hub protocol over a plain socket, as the page's own client speaks it.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    private const char End = '\x1e';

    private readonly ClientWebSocket _socket = new();
    private readonly Queue<JsonElement> _records = new();

    public static async Task<HubClient> ConnectAsync(Uri host)
    {
        var client = new HubClient();
        await client._socket.ConnectAsync(new UriBuilder(host) { Scheme = "ws", Path = "/hubs/scan" }.Uri, CancellationToken.None);
        await client.SendAsync("""{"protocol":"json","version":1}""");
        Assert.Empty((await client.NextAsync()).EnumerateObject());
        return client;
    }

    public Task WatchAsync(Code code) => SendAsync(JsonSerializer.Serialize(new { type = 1, invocationId = "1", target = "watch", arguments = new[] { code.Ticket, code.Secret } }));

    public Task SendAsync(string record) => _socket.SendAsync(Encoding.UTF8.GetBytes(record + End), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>The next state that is told.</summary>
    public async Task<JsonElement> StateAsync()
    {
        while (true)
        {
            var record = await NextAsync();
            if (record.GetProperty("type").GetInt32() == 1)
            {
                Assert.Equal("state", record.GetProperty("target").GetString());
                return record.GetProperty("arguments")[0];
            }
        }
    }

    /// <summary>The answer to watch.</summary>
    public async Task<JsonElement> CompletionAsync()
    {
        while (true)
        {
            var record = await NextAsync();
            if (record.GetProperty("type").GetInt32() == 3)
            {
                return record;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_socket.State == WebSocketState.Open)
        {
            await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }

        _socket.Dispose();
    }

    private async Task<JsonElement> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (_records.Count == 0)
        {
            var text = new StringBuilder();
            var buffer = new byte[4096];
            WebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(buffer, patience.Token);
                text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
            }
            while (!part.EndOfMessage);
            Assert.NotEqual(WebSocketMessageType.Close, part.MessageType);
            foreach (var record in text.ToString().Split(End, StringSplitOptions.RemoveEmptyEntries))
            {
                _records.Enqueue(JsonDocument.Parse(record).RootElement);
            }
        }

        return _records.Dequeue();
    }
}
