using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FederationConsole.Tests.Support.Upstreams;

/// <summary>A customer's receiver of events on loopback: keeps what came, in its order, and answers as it is told.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single() + "/events";

    /// <summary>What to answer; 204 unless told otherwise.</summary>
    public Func<Delivered, HttpContext, Task<int>> Answer { get; set; } = (_, _) => Task.FromResult(StatusCodes.Status204NoContent);

    public ConcurrentQueue<Delivered> Got { get; } = new();

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Waits for so many posts; which, the test then looks at.</summary>
    public Task UntilAsync(int posts) => Waiting.UntilAsync(() => Got.Count >= posts, () => $"{Got.Count} of {posts} came");

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var delivered = new Delivered(http.Request.Method, http.Request.ContentType, http.Request.Headers["X-Event-Id"]!, http.Request.Headers["X-Signature"]!, body.ToArray());
        Got.Enqueue(delivered);
        var status = await Answer(delivered, http);
        if (!http.Response.HasStarted)
        {
            http.Response.StatusCode = status;
        }
    }
}

/// <summary>One post as it came.</summary>
internal sealed record Delivered(string Method, string? ContentType, string EventId, string Signature, byte[] Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Type => Json.GetProperty("type").GetString()!;

    public long? User => Json.GetProperty("user_id") is { ValueKind: JsonValueKind.Number } id ? id.GetInt64() : null;

    /// <summary>Checked as faces.md words it, with nothing of the product's.</summary>
    public bool IsSignedBy(string secret, DateTimeOffset at)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(secret));
        var signed = Encoding.UTF8.GetBytes(time + "." + Encoding.UTF8.GetString(Body));
#pragma warning disable CA1850 // another way than the product's, on purpose
        var hex = string.Concat(hmac.ComputeHash(signed).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
#pragma warning restore CA1850
        return Signature == $"t={time},v1={hex}";
    }
}

/// <summary>For what happens behind the calls: looks until it is so, or says how it stands.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task UntilAsync(Func<bool> holds, Func<string> state) => UntilAsync(() => Task.FromResult(holds()), state);

    public static async Task UntilAsync(Func<Task<bool>> holds, Func<string> state)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, state());
            await Task.Delay(15);
        }
    }
}
