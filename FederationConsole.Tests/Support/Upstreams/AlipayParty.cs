using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace FederationConsole.Tests.Support.Upstreams;

/// <summary>Alipay (upstreams A4): one gateway, both sides sign; the answer's signature is over its bytes, blanks and escapes and all.</summary>
internal sealed class AlipayParty : Upstream
{
    private static readonly RSA Ours = RSA.Create(2048);
    private static readonly RSA Theirs = RSA.Create(2048);

    private readonly ConcurrentDictionary<string, (string OpenId, string AppId)> _codes = new();
    private readonly ConcurrentDictionary<string, string> _tokens = new();

    public override int Source => 9;

    public override Dictionary<string, string> Settings => new()
    {
        ["appId"] = "2021000122671234", ["apiBase"] = Address, ["alipayPublicKey"] = Convert.ToBase64String(Theirs.ExportSubjectPublicKeyInfo()),
    };

    /// <summary>The key as Alipay's own tool gives it: base64 alone.</summary>
    public override Dictionary<string, string?> Secrets { get; } = new() { ["privateKey"] = Convert.ToBase64String(Ours.ExportPkcs8PrivateKey()) };

    /// <summary>People consented to their profile (scope auth_user, not auth_base).</summary>
    public bool GivesProfile { get; set; } = true;

    /// <summary>Newer apps get an open_id in place of a user_id.</summary>
    public bool OpenIdsOnly { get; set; }

    /// <summary>Somebody on the way changes the answer after it was signed.</summary>
    public bool IsTampered { get; set; }

    /// <summary>The gateway escapes slashes after it has signed.</summary>
    public bool EscapesSlashes { get; set; }

    public override string IdOf(int number) => (2_088_102_177_840_000L + number).ToString(CultureInfo.InvariantCulture);

    public override string SignIn(string openId) => Authorize(openId, Settings["appId"]);

    public override string? SignInToAnotherApp(string openId) => Authorize(openId, "2021000199999999");

    public string Authorize(string openId, string appId)
    {
        var code = Guid.NewGuid().ToString("N") + "WX96";
        _codes[code] = (openId, appId);
        return code;
    }

    protected override Task AnswerAsync(HttpContext http, IReadOnlyDictionary<string, string> asked)
    {
        Check(http.Request.Method == "POST" && http.Request.Path == "/gateway.do", "POST /gateway.do");
        Check(asked["format"] == "JSON" && asked["charset"] == "utf-8" && asked["sign_type"] == "RSA2" && asked["version"] == "1.0", "common parameters");
        var beijing = DateTime.ParseExact(asked["timestamp"], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        Check((Clock.GetUtcNow().UtcDateTime.AddHours(8) - beijing).Duration() < TimeSpan.FromMinutes(10), "timestamp in Beijing");
        var signed = string.Join('&', asked.Where(p => p.Key != "sign" && p.Value.Length > 0).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));
        if (!Ours.VerifyData(Encoding.UTF8.GetBytes(signed), Convert.FromBase64String(asked["sign"]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
        {
            return ErrorAsync(http, "40002", "Invalid Arguments", "isv.invalid-signature");
        }

        return asked["method"] switch
        {
            "alipay.system.oauth.token" => TokenAsync(http, asked),
            "alipay.user.info.share" => ProfileAsync(http, asked),
            _ => ErrorAsync(http, "40002", "Invalid Arguments", "isv.invalid-method"),
        };
    }

    private Task TokenAsync(HttpContext http, IReadOnlyDictionary<string, string> asked)
    {
        Check(asked.GetValueOrDefault("grant_type") == "authorization_code", "grant_type");
        if (!_codes.TryRemove(asked.GetValueOrDefault("code") ?? "", out var code) || code.AppId != asked["app_id"])
        {
            return ErrorAsync(http, "40002", "Invalid Arguments", "isv.code-invalid");
        }

        var token = "composeB" + Guid.NewGuid().ToString("N");
        _tokens[token] = code.OpenId;
        var who = OpenIdsOnly ? $"\"open_id\":\"{code.OpenId}\"" : $"\"user_id\":\"{code.OpenId}\", \"alipay_user_id\":\"2088older\"";
        // Blanks as no serializer would put them: whoever writes the object anew has another text than the one signed.
        return SignedAsync(http, "alipay_system_oauth_token_response", $$"""{ "access_token":"{{token}}", {{who}},"expires_in" :"1296000","re_expires_in":2592000, "refresh_token":"r{{token}}" }""");
    }

    private Task ProfileAsync(HttpContext http, IReadOnlyDictionary<string, string> asked) =>
        _tokens.TryGetValue(asked.GetValueOrDefault("auth_token") ?? "", out var openId) && GivesProfile
            ? SignedAsync(http, "alipay_user_info_share_response", $$"""{"code":"10000","msg":"Success","user_id":"{{openId}}","nick_name":"\u652f付宝用户","avatar":"https://tfs.alipayobjects.com/1"}""")
            : SignedAsync(http, "alipay_user_info_share_response", """{"code":"20001","msg":"Insufficient Token Permissions","sub_code":"aop.invalid-auth-token","sub_msg":"无效的访问令牌"}""");

    private Task ErrorAsync(HttpContext http, string code, string message, string subCode) =>
        SignedAsync(http, "error_response", $$"""{"code":"{{code}}","msg":"{{message}}","sub_code":"{{subCode}}","sub_msg":"无效"}""");

    private Task SignedAsync(HttpContext http, string name, string content)
    {
        var sign = Convert.ToBase64String(Theirs.SignData(Encoding.UTF8.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        content = IsTampered ? content.Replace("2088", "2089", StringComparison.Ordinal) : content;
        content = EscapesSlashes ? content.Replace("/", "\\/", StringComparison.Ordinal) : content;
        http.Response.ContentType = "text/html;charset=utf-8";
        return http.Response.WriteAsync($$"""{"{{name}}":{{content}},"sign":"{{sign}}"}""");
    }
}
