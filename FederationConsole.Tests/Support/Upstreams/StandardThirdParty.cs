using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FederationConsole.Tests.Support.Upstreams;

/// <summary>
/// A customer's standard third party (source 10) on loopback, as the vendor's page has it: it checks both signatures, says
/// yes with 200 and no with 403, and does worse when told to.
/// </summary>
internal sealed class StandardThirdParty : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<(string OpenId, string AccessToken), string> _people = new();

    private StandardThirdParty(WebApplication app) => _app = app;

    /// <summary>What signs the platform's questions.</summary>
    public string Token { get; } = "standard-signature-token-" + Guid.NewGuid().ToString("N");

    public string Url => _app.Urls.Single() + "/userinfo?tenant=7";

    /// <summary>In place of an honest answer, for a test of what goes wrong.</summary>
    public Func<HttpContext, Task>? Misbehave { get; set; }

    /// <summary>Questions whose signatures were both right.</summary>
    public int Asked { get; private set; }

    /// <summary>What was wrong with a question; a test looks that there is none.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    public static async Task<StandardThirdParty> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var party = new StandardThirdParty(app);
        app.Run(party.AnswerAsync);
        await app.StartAsync();
        return party;
    }

    /// <summary>Somebody who is signed in there. <paramref name="answer"/> is the JSON of a yes; empty: an empty body.</summary>
    public string SignIn(string openId, string answer = "")
    {
        var accessToken = "third-party-token/+ " + Guid.NewGuid().ToString("N");
        _people[(openId, accessToken)] = answer;
        return accessToken;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var (accessToken, openId, timestamp, sign) = ((string?)query["access_token"], (string?)query["open_id"], (string?)query["timestamp"], (string?)query["sign"]);
        var signed = http.Request.QueryString.Value![1..].Replace("&sign=" + sign, "", StringComparison.Ordinal);
        Check(sign == Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(openId + accessToken + timestamp + Token))), "sign");
        Check(http.Request.Headers["X-Signature"] == "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Token), Encoding.UTF8.GetBytes(signed))), "X-Signature");
        Check(http.Request.Method == "GET" && query["tenant"] == "7", "GET and the address's own query");
        Check(long.TryParse(timestamp, CultureInfo.InvariantCulture, out _), "timestamp in seconds");
        Asked++;
        if (Misbehave is { } misbehave)
        {
            await misbehave(http);
            return;
        }

        if (_people.TryGetValue((openId ?? "", accessToken ?? ""), out var answer))
        {
            await http.Response.WriteAsync(answer);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        await http.Response.WriteAsync("""{"error":{"code":4030001,"msg":"token invalid"}}""");
    }

    private void Check(bool right, string what)
    {
        if (!right)
        {
            Complaints.Enqueue(what);
        }
    }
}
