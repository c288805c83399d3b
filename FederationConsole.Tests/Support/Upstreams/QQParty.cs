using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FederationConsole.Tests.Support.Upstreams;

/// <summary>QQ (upstreams A2): JSONP unless asked for JSON, form-encoded tokens, a fault for an app without the right to unionids.</summary>
internal sealed class QQParty : Upstream
{
    private static readonly JsonSerializerOptions Chinese = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentDictionary<string, (string OpenId, string AppId)> _tokens = new();
    private readonly ConcurrentDictionary<string, string> _codes = new();

    public override int Source => 5;

    public override Dictionary<string, string> Settings => new() { ["appId"] = "101234567", ["apiBase"] = Address, ["redirectUri"] = "https://app.example/qq" };

    public override Dictionary<string, string?> Secrets { get; } = new() { ["appSecret"] = "qq-secret-0123456789" };

    public bool MayGiveUnionId { get; set; } = true;

    /// <summary>JSONP even where JSON was asked for, as older gateways answer.</summary>
    public bool AlwaysJsonp { get; set; }

    /// <summary>As in one of QQ's own samples.</summary>
    public bool TrailingComma { get; set; }

    public override string IdOf(int number) => $"1704A37F1B6A4B33A2C1E9D0{number:D8}";

    public override string SignIn(string openId) => Issue(openId, Settings["appId"]);

    public override string? SignInToAnotherApp(string openId) => Issue(openId, "109999999");

    public string Authorize(string openId)
    {
        var code = NewToken("qq-code");
        _codes[code] = openId;
        return code;
    }

    protected override Task AnswerAsync(HttpContext http, IReadOnlyDictionary<string, string> asked)
    {
        Check(http.Request.Method == "GET", "GET");
        return http.Request.Path.Value switch
        {
            "/oauth2.0/me" => MeAsync(http, asked),
            "/oauth2.0/token" => TokenAsync(http, asked),
            "/user/get_user_info" => ProfileAsync(http, asked),
            _ => JsonAsync(http, new { }, 404),
        };
    }

    private Task MeAsync(HttpContext http, IReadOnlyDictionary<string, string> asked)
    {
        var withUnionId = asked.GetValueOrDefault("unionid") == "1";
        object answer = true switch
        {
            _ when !_tokens.TryGetValue(asked.GetValueOrDefault("access_token") ?? "", out _) => new { error = 100016, error_description = "access token check failed" },
            _ when withUnionId && !MayGiveUnionId => new { error = 100048, error_description = "no privilege to get unionid" },
            _ => Known(asked["access_token"], withUnionId),
        };
        var json = JsonSerializer.Serialize(answer, Chinese);
        json = TrailingComma ? json[..^1] + ",}" : json;
        http.Response.ContentType = "text/html";
        return http.Response.WriteAsync(asked.GetValueOrDefault("fmt") == "json" && !AlwaysJsonp ? json : $"callback( {json} );\n");
    }

    private object Known(string token, bool withUnionId)
    {
        var (openId, appId) = _tokens[token];
        return withUnionId ? new { client_id = appId, openid = openId, unionid = "UID_" + openId } : new { client_id = appId, openid = openId };
    }

    private Task TokenAsync(HttpContext http, IReadOnlyDictionary<string, string> asked)
    {
        Check(asked.GetValueOrDefault("redirect_uri") == Settings["redirectUri"], "redirect_uri");
        http.Response.ContentType = "text/html";
        if (asked.GetValueOrDefault("client_id") != Settings["appId"] || asked.GetValueOrDefault("client_secret") != Secrets["appSecret"])
        {
            return http.Response.WriteAsync("code=100009&msg=client+secret+is+illegal");
        }

        return http.Response.WriteAsync(_codes.TryRemove(asked.GetValueOrDefault("code") ?? "", out var openId)
            ? $"access_token={Uri.EscapeDataString(SignIn(openId))}&expires_in=7776000&refresh_token={Uri.EscapeDataString(NewToken("refresh"))}"
            : "code=100020&msg=code+is+reused+error");
    }

    private Task ProfileAsync(HttpContext http, IReadOnlyDictionary<string, string> asked)
    {
        var good = _tokens.TryGetValue(asked.GetValueOrDefault("access_token") ?? "", out var known)
            && known == (asked.GetValueOrDefault("openid"), asked.GetValueOrDefault("oauth_consumer_key"));
        http.Response.ContentType = "text/html";
        return http.Response.WriteAsync(JsonSerializer.Serialize<object>(
            good
                ? new { ret = 0, msg = "", is_lost = 0, nickname = "QQ用户", gender = "男", figureurl_qq_1 = "http://thirdqq.qlogo.cn/40", figureurl_qq_2 = "" }
                : new { ret = -1, msg = "client request's parameters are invalid, invalid openid" },
            Chinese));
    }

    private string Issue(string openId, string appId)
    {
        var token = NewToken("qq");
        _tokens[token] = (openId, appId);
        return token;
    }
}
