using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FederationConsole.Features.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FederationConsole.Tests.Features.Sandbox;

/// <summary>A real Kestrel with nothing but the sandbox on it, a clock that tests move, and a caller that signs as the platform does.</summary>
internal sealed class SandboxHost : IAsyncDisposable
{
    public const string Token = "test-standard-token";

    private readonly WebApplication app;

    private SandboxHost(WebApplication app, Clock clock, HttpClient http) => (this.app, Time, Http) = (app, clock, http);

    public HttpClient Http { get; }

    public Uri Address => Http.BaseAddress!;

    public Clock Time { get; }

    public static async Task<SandboxHost> StartAsync(string environment = "Development", params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment, WebRootPath = WebRoot() });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["Sandbox:StandardToken"] = Token;
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        var clock = new Clock();
        builder.Services.AddSingleton<TimeProvider>(clock).AddSandbox();
        builder.Services.AddHttpClient("caller").ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        var built = builder.Build();
        built.UseStaticFiles();
        built.MapSandbox();
        await built.StartAsync();
        var http = built.Services.GetRequiredService<IHttpClientFactory>().CreateClient("caller");
        http.BaseAddress = new Uri(built.Urls.First());
        return new SandboxHost(built, clock, http);
    }

    public async Task<(string OpenId, string AccessToken)> IssueAsync(object? asked = null)
    {
        using var reply = await Http.PostAsJsonAsync("/sandbox/standard/issue", asked ?? new { });
        var body = await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return (body.GetProperty("open_id").GetString()!, body.GetProperty("access_token").GetString()!);
    }

    /// <summary>Asks as the platform does, each part replaceable.</summary>
    public async Task<(int Status, string Body, HttpResponseMessage Reply)> AskAsync(
        (string OpenId, string AccessToken) who, string? sign = null, string? header = null, long? timestamp = null, CancellationToken cancel = default)
    {
        var seconds = (timestamp ?? Time.Now.ToUnixTimeSeconds()).ToString(CultureInfo.InvariantCulture);
        var query = $"access_token={who.AccessToken}&open_id={who.OpenId}&timestamp={seconds}";
        sign ??= Md5(who.OpenId + who.AccessToken + seconds + Token);
        header ??= "sha256=" + Hmac(query);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/sandbox/standard/userinfo?{query}&sign={sign}");
        if (header.Length > 0)
        {
            request.Headers.Add("X-Signature", header);
        }

        var reply = await Http.SendAsync(request, cancel);
        return ((int)reply.StatusCode, await reply.Content.ReadAsStringAsync(cancel), reply);
    }

    public async Task<JsonElement> StateAsync() => await Http.GetFromJsonAsync<JsonElement>("/sandbox/standard/state");

    public async Task<JsonElement> LastAskedAsync() => (await StateAsync()).GetProperty("journal")[0];

    [SuppressMessage("Security", "CA5351", Justification = "The vendor's formula.")]
    public static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    public static string Hmac(string text, string key = Token) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }

    public static string WebRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "wwwroot"));

    internal sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
