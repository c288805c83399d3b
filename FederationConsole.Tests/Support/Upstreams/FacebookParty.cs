using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FederationConsole.Tests.Support.Upstreams;

/// <summary>Facebook (upstreams A5): an invalid token is 200 with is_valid false; a proof that is not right is refused.</summary>
internal sealed class FacebookParty : Upstream
{
    private const string AnotherApp = "999900001111222";

    private readonly ConcurrentDictionary<string, (string UserId, string AppId, bool Valid)> _tokens = new();

    public override int Source => 7;

    public override Dictionary<string, string> Settings => new() { ["appId"] = "138483919580948", ["apiBase"] = Address };

    public override Dictionary<string, string?> Secrets { get; } = new() { ["appSecret"] = "facebook-secret-0123456789" };

    /// <summary>Older replies have ids as numbers.</summary>
    public bool NumericIds { get; set; }

    /// <summary>The app's setting "require app secret".</summary>
    public bool ProofRequired { get; set; } = true;

    public override string IdOf(int number) => (10_157_000_000_000_000L + number).ToString(CultureInfo.InvariantCulture);

    public override string SignIn(string openId) => Issue(openId, Settings["appId"], true);

    public override string? SignInToAnotherApp(string openId) => Issue(openId, AnotherApp, true);

    /// <summary>A token that was good once.</summary>
    public string ExpiredToken(string openId) => Issue(openId, Settings["appId"], false);

    protected override Task AnswerAsync(HttpContext http, IReadOnlyDictionary<string, string> asked) => http.Request.Path.Value switch
    {
        "/debug_token" => InspectAsync(http, asked),
        "/me" => MeAsync(http, asked),
        _ => FaultAsync(http, 2500, "Unknown path components"),
    };

    private Task InspectAsync(HttpContext http, IReadOnlyDictionary<string, string> asked)
    {
        if (asked.GetValueOrDefault("access_token") != $"{Settings["appId"]}|{Secrets["appSecret"]}")
        {
            return FaultAsync(http, 190, "Invalid OAuth access token signature.");
        }

        if (!_tokens.TryGetValue(asked.GetValueOrDefault("input_token") ?? "", out var token) || !token.Valid)
        {
            return JsonAsync(http, new JsonObject
            {
                ["data"] = new JsonObject
                {
                    ["error"] = new JsonObject { ["code"] = 190, ["message"] = "Error validating access token: Session has expired", ["subcode"] = 463 },
                    ["is_valid"] = false, ["scopes"] = new JsonArray(),
                },
            });
        }

        return JsonAsync(http, new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["app_id"] = Id(token.AppId), ["type"] = "USER", ["application"] = "Shop", ["expires_at"] = 0, ["is_valid"] = true,
                ["scopes"] = new JsonArray("public_profile", "email"), ["user_id"] = Id(token.UserId),
            },
        });
    }

    private Task MeAsync(HttpContext http, IReadOnlyDictionary<string, string> asked)
    {
        var token = asked.GetValueOrDefault("access_token") ?? "";
        var proof = asked.GetValueOrDefault("appsecret_proof");
        if (proof is null ? ProofRequired : proof != Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secrets["appSecret"]!), Encoding.UTF8.GetBytes(token))))
        {
            return FaultAsync(http, 100, "Invalid appsecret_proof provided in the API argument");
        }

        return _tokens.TryGetValue(token, out var known)
            ? JsonAsync(http, new JsonObject { ["id"] = known.UserId, ["name"] = "Li Qinghua", ["email"] = "li@example.com" })
            : FaultAsync(http, 190, "Invalid OAuth access token.");
    }

    private JsonNode Id(string id) => NumericIds ? JsonValue.Create(long.Parse(id, CultureInfo.InvariantCulture)) : JsonValue.Create(id);

    private static Task FaultAsync(HttpContext http, int code, string message) =>
        JsonAsync(http, new { error = new { message, type = "OAuthException", code, fbtrace_id = Guid.NewGuid().ToString("N") } }, 400);

    private string Issue(string userId, string appId, bool valid)
    {
        var token = "EAAB" + Guid.NewGuid().ToString("N");
        _tokens[token] = (userId, appId, valid);
        return token;
    }
}
