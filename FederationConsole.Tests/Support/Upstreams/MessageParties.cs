using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FederationConsole.Tests.Support.Upstreams;

/// <summary>What a gateway was asked: everything that a check of it needs.</summary>
internal sealed record GatewayCall(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>A gateway of a customer, or Alibaba Cloud: it keeps what it is asked and answers what it is told to.</summary>
internal sealed class MessageGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private MessageGateway(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public ConcurrentQueue<GatewayCall> Calls { get; } = new();

    public (int Status, string Body) Answer { get; set; } = (200, "");

    public static async Task<MessageGateway> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var gateway = new MessageGateway(builder.Build());
        gateway._app.Run(gateway.AnswerAsync);
        await gateway._app.StartAsync();
        return gateway;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        Calls.Enqueue(new(http.Request.Method, http.Request.Path, http.Request.QueryString.Value ?? "", http.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()), body.ToArray()));
        http.Response.StatusCode = Answer.Status;
        await http.Response.WriteAsync(Answer.Body);
    }
}

/// <summary>A mail server without encryption (RFC 5321) that keeps what it is told; it knows one user.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public MailServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>Says nothing, as a dead server behind an open port.</summary>
    public bool Silent { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException or IOException)
        {
            // The test is over, or its client hung up.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        if (Silent)
        {
            await Task.Delay(Timeout.Infinite, _stop.Token);
        }

        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 mail.test ready");
        var data = false;
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            Lines.Enqueue(line);
            var answer = (data, line) switch
            {
                (true, ".") => "250 queued",
                (true, _) => null,
                (_, ['E', 'H', 'L', 'O', ..]) => "250-mail.test\r\n250 AUTH PLAIN",
                (_, ['A', 'U', 'T', 'H', ..]) => line == "AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes("\0li\0secret")) ? "235 in" : "535 5.7.8 unknown",
                (_, "DATA") => "354 go on",
                (_, "QUIT") => "221 bye",
                _ => "250 ok",
            };
            data = line == "DATA" || (data && line != ".");
            if (answer is not null)
            {
                await writer.WriteLineAsync(answer);
            }

            if (line == "QUIT" && !data)
            {
                return;
            }
        }
    }
}
