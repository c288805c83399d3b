using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FederationConsole.Tests.Support.Upstreams;

/// <summary>WeChat (upstreams A1): three GETs, always 200; the text of a fault has a tail that is never the same.</summary>
internal sealed class WeChatParty : Upstream
{
    private readonly ConcurrentDictionary<string, string> _tokens = new();
    private readonly ConcurrentDictionary<string, string> _codes = new();
    private readonly ConcurrentDictionary<string, bool> _spent = new();

    public override int Source => 4;

    public override Dictionary<string, string> Settings => new() { ["appId"] = "wx1234567890abcdef", ["apiBase"] = Address };

    public override Dictionary<string, string?> Secrets { get; } = new() { ["appSecret"] = "wechat-secret-0123456789" };

    /// <summary>Whether this customer's apps are bound to one Open Platform account.</summary>
    public bool GivesUnionId { get; set; } = true;

    /// <summary>Whether people consented to more than their id (scope snsapi_userinfo).</summary>
    public bool GivesProfile { get; set; } = true;

    /// <summary>1: the account is WeChat's throwaway one for previews.</summary>
    public int IsSnapshot { get; set; }

    public override string IdOf(int number) => $"o6_bmjrPTlm6_2sgVt7hMZOPf{number:D3}";

    /// <summary>A token says nothing of the app that it is for: another app's looks the same.</summary>
    public override string SignIn(string openId)
    {
        var token = NewToken("wechat");
        _tokens[token] = openId;
        return token;
    }

    public string Authorize(string openId)
    {
        var code = NewToken("wechat-code");
        _codes[code] = openId;
        return code;
    }

    protected override Task AnswerAsync(HttpContext http, IReadOnlyDictionary<string, string> asked)
    {
        Check(http.Request.Method == "GET", "GET");
        return http.Request.Path.Value switch
        {
            "/sns/auth" => SayAsync(http, IsPair(asked) ? new() { ["errcode"] = 0, ["errmsg"] = "ok" } : Fault(40003, "invalid openid")),
            "/sns/userinfo" => SayAsync(http, Profile(asked)),
            "/sns/oauth2/access_token" => SayAsync(http, Exchange(asked)),
            _ => JsonAsync(http, new { }, 404),
        };
    }

    private JsonObject Profile(IReadOnlyDictionary<string, string> asked)
    {
        if (!IsPair(asked))
        {
            return Fault(40014, "invalid access_token");
        }

        if (!GivesProfile)
        {
            return Fault(48001, "api unauthorized");
        }

        return WithUnionId(new() { ["openid"] = asked["openid"], ["nickname"] = "微信用户", ["sex"] = 1, ["headimgurl"] = "https://thirdwx.qlogo.cn/1", ["privilege"] = new JsonArray() }, asked["openid"]);
    }

    private JsonObject Exchange(IReadOnlyDictionary<string, string> asked)
    {
        if (asked["appid"] != Settings["appId"] || asked["secret"] != Secrets["appSecret"] || asked["grant_type"] != "authorization_code")
        {
            return Fault(40125, "invalid appsecret");
        }

        var code = asked["code"];
        if (!_codes.TryRemove(code, out var openId))
        {
            return _spent.ContainsKey(code) ? Fault(40163, "code been used") : Fault(40029, "invalid code");
        }

        _spent[code] = true;
        var answer = new JsonObject
        {
            ["access_token"] = SignIn(openId), ["expires_in"] = 7200, ["refresh_token"] = NewToken("refresh"), ["openid"] = openId, ["scope"] = "snsapi_userinfo",
        };
        if (IsSnapshot != 0)
        {
            answer["is_snapshotuser"] = IsSnapshot;
        }

        return WithUnionId(answer, openId);
    }

    private JsonObject WithUnionId(JsonObject answer, string openId)
    {
        if (GivesUnionId)
        {
            answer["unionid"] = "union-" + openId;
        }

        return answer;
    }

    private bool IsPair(IReadOnlyDictionary<string, string> asked) =>
        asked.GetValueOrDefault("access_token") is { } token && _tokens.TryGetValue(token, out var openId) && openId == asked.GetValueOrDefault("openid");

    private static JsonObject Fault(int code, string text) => new() { ["errcode"] = code, ["errmsg"] = $"{text}, rid: {Guid.NewGuid():N}" };

    /// <summary>JSON that calls itself plain text, as WeChat's does.</summary>
    private static async Task SayAsync(HttpContext http, JsonObject answer)
    {
        http.Response.ContentType = "text/plain";
        await http.Response.WriteAsync(answer.ToJsonString());
    }
}
