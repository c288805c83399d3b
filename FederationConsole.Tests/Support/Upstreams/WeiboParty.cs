using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FederationConsole.Tests.Support.Upstreams;

/// <summary>Weibo (upstreams A3): ids as numbers or text, two names for the life that is left, faults with 400.</summary>
internal sealed class WeiboParty : Upstream
{
    private readonly ConcurrentDictionary<string, (string Uid, long AppKey)> _tokens = new();
    private readonly ConcurrentDictionary<string, string> _codes = new();

    public override int Source => 6;

    public override Dictionary<string, string> Settings => new() { ["appId"] = "1352222456", ["apiBase"] = Address, ["redirectUri"] = "https://app.example/weibo" };

    public override Dictionary<string, string?> Secrets { get; } = new() { ["appSecret"] = "weibo-secret-0123456789" };

    /// <summary>The earlier revision's name and types.</summary>
    public bool EarlierRevision { get; set; }

    public long SecondsLeft { get; set; } = 157_679_471;

    public override string IdOf(int number) => (1_073_880_650L + number).ToString(CultureInfo.InvariantCulture);

    public override string SignIn(string openId) => Issue(openId, 1352222456);

    public override string? SignInToAnotherApp(string openId) => Issue(openId, 2000000001);

    public string Authorize(string openId)
    {
        var code = NewToken("weibo-code");
        _codes[code] = openId;
        return code;
    }

    protected override Task AnswerAsync(HttpContext http, IReadOnlyDictionary<string, string> asked)
    {
        var known = _tokens.TryGetValue(asked.GetValueOrDefault("access_token") ?? "", out var token);
        return (http.Request.Method, http.Request.Path.Value) switch
        {
            ("POST", "/oauth2/get_token_info") => known ? JsonAsync(http, Info(token)) : FaultAsync(http, "invalid_access_token", 21332),
            ("GET", "/2/users/show.json") => known && asked.GetValueOrDefault("uid") == token.Uid ? JsonAsync(http, Profile(token.Uid)) : FaultAsync(http, "expired_token", 21327),
            ("POST", "/oauth2/access_token") => ExchangeAsync(http, asked),
            _ => FaultAsync(http, "request api not found", 10020, 404),
        };
    }

    private JsonObject Info((string Uid, long AppKey) token) => EarlierRevision
        ? new() { ["uid"] = token.Uid, ["appkey"] = token.AppKey.ToString(CultureInfo.InvariantCulture), ["scope"] = null, ["create_at"] = "1352267591", ["expires_in"] = SecondsLeft.ToString(CultureInfo.InvariantCulture) }
        : new() { ["uid"] = long.Parse(token.Uid, CultureInfo.InvariantCulture), ["appkey"] = token.AppKey, ["scope"] = null, ["create_at"] = 1352267591, ["expire_in"] = SecondsLeft };

    private static JsonObject Profile(string uid) => new()
    {
        ["id"] = long.Parse(uid, CultureInfo.InvariantCulture), ["idstr"] = uid, ["screen_name"] = "微博用户", ["name"] = "微博用户", ["gender"] = "m", ["profile_image_url"] = "https://tvax1.sinaimg.cn/50",
    };

    private Task ExchangeAsync(HttpContext http, IReadOnlyDictionary<string, string> asked)
    {
        if (asked.GetValueOrDefault("client_id") != Settings["appId"] || asked.GetValueOrDefault("client_secret") != Secrets["appSecret"])
        {
            return FaultAsync(http, "invalid_client", 21324);
        }

        if (asked.GetValueOrDefault("redirect_uri") != Settings["redirectUri"])
        {
            return FaultAsync(http, "redirect_uri_mismatch", 21322);
        }

        return _codes.TryRemove(asked.GetValueOrDefault("code") ?? "", out var uid)
            ? JsonAsync(http, new { access_token = SignIn(uid), remind_in = "157679999", expires_in = 157679999, uid })
            : FaultAsync(http, "invalid_grant", 21325);
    }

    private Task FaultAsync(HttpContext http, string error, int code, int status = 400) => JsonAsync(
        http,
        new { error, error_code = EarlierRevision ? code.ToString(CultureInfo.InvariantCulture) : (object)code, request = http.Request.Path.Value, error_uri = http.Request.Path.Value },
        status);

    private string Issue(string uid, long appKey)
    {
        var token = "2.00" + Guid.NewGuid().ToString("N");
        _tokens[token] = (uid, appKey);
        return token;
    }
}
