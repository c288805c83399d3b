using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FederationConsole.Tests.Features.VendorAccounts.Conformance;

/// <summary>A vendor of seed 003 on loopback that knows nothing of the product, honest but for the one fault that a test gives it.</summary>
internal sealed class ExaminedVendor : IAsyncDisposable
{
    public const string ClientId = "vendor-app";
    public const string ClientSecret = "vendor-app-secret";
    private const string OpenId = "v-1";

    private readonly HashSet<string> _codes = ["the-code"];
    private readonly HashSet<string> _access = [];
    private readonly HashSet<string> _refresh = [];
    private readonly WebApplication _app;

    private ExaminedVendor(WebApplication app) => _app = app;

    /// <summary>Changes an answer that was to be sent; by the path, or the grant at the token address.</summary>
    public Action<string, Dictionary<string, object?>>? Change { get; set; }

    /// <summary>In place of an answer, where it returns true.</summary>
    public Func<HttpContext, Task<bool>>? Misbehave { get; set; }

    public bool CodesLive { get; set; }

    public bool RefreshTokensLive { get; set; }

    public bool KeepsRefreshToken { get; set; }

    public bool TakesAnySecret { get; set; }

    public bool TakesAnyOpenId { get; set; }

    public string ContentType { get; set; } = "application/json; charset=utf-8";

    /// <summary>Names of its own for what the seed calls otherwise.</summary>
    public Dictionary<string, string> Names { get; } = [];

    public HashSet<string> Methods { get; } = [];

    public Uri TokenUrl => new(_app.Urls.Single() + "/token?version=2");

    public Uri UserInfoUrl => new(_app.Urls.Single() + "/me");

    public static async Task<ExaminedVendor> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var vendor = new ExaminedVendor(builder.Build());
        vendor._app.Run(vendor.ServeAsync);
        await vendor._app.StartAsync();
        return vendor;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext http)
    {
        if (Misbehave is { } misbehave && await misbehave(http))
        {
            return;
        }

        var fields = http.Request.Query.Concat(http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : FormCollection.Empty)
            .ToDictionary(f => f.Key, f => f.Value.ToString());
        string Asked(string name) => fields.GetValueOrDefault(Names.GetValueOrDefault(name, name), "");
        var isToken = http.Request.Path == "/token";
        lock (Methods)
        {
            Methods.Add($"{http.Request.Method} {http.Request.Path}");
        }

        var answer = isToken ? Token(Asked) : Me(Asked);
        Change?.Invoke(isToken ? Asked("grant_type") : "userinfo", answer);
        http.Response.ContentType = ContentType;
        await http.Response.WriteAsync(JsonSerializer.Serialize(answer.ToDictionary(a => Names.GetValueOrDefault(a.Key, a.Key), a => a.Value)));
    }

    private Dictionary<string, object?> Token(Func<string, string> asked)
    {
        if (asked("client_id") != ClientId || (asked("client_secret") != ClientSecret && !TakesAnySecret))
        {
            return No("110000");
        }

        var isCode = asked("grant_type") == "authorization_code";
        if (isCode ? !Take(_codes, asked("code"), CodesLive) : !Take(_refresh, asked("refresh_token"), RefreshTokensLive || KeepsRefreshToken))
        {
            return No(isCode ? "100002" : "100003");
        }

        var access = RandomNumberGenerator.GetHexString(16);
        var refresh = !isCode && KeepsRefreshToken ? asked("refresh_token") : RandomNumberGenerator.GetHexString(16);
        _access.Add(access);
        _refresh.Add(refresh);
        var yes = new Dictionary<string, object?> { ["result_code"] = "0", ["message"] = "ok", ["access_token"] = access, ["expires_in"] = "3600", ["refresh_token"] = refresh };
        if (isCode)
        {
            yes["openid"] = OpenId;
        }

        return yes;
    }

    private Dictionary<string, object?> Me(Func<string, string> asked) =>
        !_access.Contains(asked("access_token")) ? No("100005")
        : asked("openid") != OpenId && !TakesAnyOpenId ? No("100006")
        : new() { ["result_code"] = "0", ["message"] = "ok", ["openid"] = OpenId, ["nick_name"] = "小明", ["gender"] = "1", ["mobile"] = "13800000000" };

    private static bool Take(HashSet<string> known, string key, bool stays) => stays ? known.Contains(key) : known.Remove(key);

    private static Dictionary<string, object?> No(string code) => new() { ["result_code"] = code, ["message"] = "no" };
}
