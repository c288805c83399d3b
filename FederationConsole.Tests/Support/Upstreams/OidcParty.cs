using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FederationConsole.Tests.Support.Upstreams;

/// <summary>What Apple and Google have in common: codes good for one use, id_tokens signed with keys that rotate.</summary>
internal abstract class OidcParty : Upstream
{
    private readonly ConcurrentDictionary<string, (string OpenId, string ClientId, JsonObject Claims)> _codes = new();
    private readonly ConcurrentDictionary<string, bool> _spent = new();
    private RSA _key = RSA.Create(2048);
    private string _kid = "key-1";

    public override bool ByApp => true;

    /// <summary>Changes the claims before they are signed.</summary>
    public Action<JsonObject>? Claims { get; set; }

    /// <summary>Changes the header before it is signed.</summary>
    public Action<JsonObject>? Header { get; set; }

    /// <summary>Changes the whole token after it was signed.</summary>
    public Func<string, string>? Token { get; set; }

    /// <summary>How often the keys were asked for.</summary>
    public int KeysAsked => Asked.Count(path => path == KeysPath);

    protected abstract string KeysPath { get; }

    protected abstract string TokenPath { get; }

    protected abstract string UsedCode { get; }

    public override string SignIn(string openId) => Authorize(openId, Settings["clientId"]);

    public override string? SignInToAnotherApp(string openId) => Authorize(openId, "com.example.another");

    /// <summary>A code, and what the id_token is to say besides the subject.</summary>
    public string Authorize(string openId, string clientId, JsonObject? claims = null)
    {
        var code = $"4/0A{Guid.NewGuid():N}";
        _codes[code] = (openId, clientId, claims ?? []);
        return code;
    }

    /// <summary>A new key in place of the one there was.</summary>
    public void Rotate() => (_key, _kid) = (RSA.Create(2048), $"key-{Guid.NewGuid():N}");

    /// <summary>Signs by a key that is not among those published, under the name of one that is.</summary>
    public void Impersonate() => _signing = RSA.Create(2048);

    private RSA? _signing;

    protected override Task AnswerAsync(HttpContext http, IReadOnlyDictionary<string, string> asked)
    {
        if (http.Request.Path == KeysPath)
        {
            var key = _key.ExportParameters(includePrivateParameters: false);
            return JsonAsync(http, new
            {
                keys = new object[]
                {
                    new { kty = "EC", kid = "elliptic", crv = "P-256", x = "AA", y = "AA" },
                    new { kty = "RSA", kid = _kid, use = "sig", alg = "RS256", n = Encode(key.Modulus!), e = Encode(key.Exponent!) },
                },
            });
        }

        if (http.Request.Path != TokenPath)
        {
            return JsonAsync(http, new { error = "not_found" }, 404);
        }

        Check(http.Request.Method == "POST", "POST");
        if (asked.GetValueOrDefault("grant_type") != "authorization_code")
        {
            return FaultAsync(http, "unsupported_grant_type", "");
        }

        if (RefuseClient(asked) is { } refused)
        {
            return FaultAsync(http, refused.Error, refused.Says, refused.Status);
        }

        var code = asked.GetValueOrDefault("code") ?? "";
        if (!_codes.TryGetValue(code, out var grant) || grant.ClientId != asked["client_id"] || !_spent.TryAdd(code, true))
        {
            return FaultAsync(http, "invalid_grant", UsedCode);
        }

        return JsonAsync(http, new
        {
            access_token = "a" + Guid.NewGuid().ToString("N"), token_type = "Bearer", expires_in = 3600, refresh_token = "r" + Guid.NewGuid().ToString("N"),
            id_token = IdToken(grant.OpenId, grant.Claims),
        });
    }

    /// <summary>What is wrong with who asks; null when nothing is.</summary>
    protected abstract (string Error, string Says, int Status)? RefuseClient(IReadOnlyDictionary<string, string> asked);

    protected abstract JsonObject ClaimsOf(string openId);

    protected static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    protected static byte[] Decode(string text)
    {
        var base64 = text.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(base64 + new string('=', (4 - base64.Length % 4) % 4));
    }

    private string IdToken(string openId, JsonObject more)
    {
        var now = Clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = ClaimsOf(openId);
        claims["aud"] = Settings["clientId"];
        claims["sub"] = openId;
        claims["iat"] = now;
        claims["exp"] = now + 600;
        foreach (var (name, value) in more)
        {
            claims[name] = value?.DeepClone();
        }

        Claims?.Invoke(claims);
        var header = new JsonObject { ["alg"] = "RS256", ["kid"] = _kid, ["typ"] = "JWT" };
        Header?.Invoke(header);
        var text = $"{Encode(JsonSerializer.SerializeToUtf8Bytes(header))}.{Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        var token = $"{text}.{Encode((_signing ?? _key).SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
        return Token?.Invoke(token) ?? token;
    }

    private static Task FaultAsync(HttpContext http, string error, string says, int status = 400) =>
        JsonAsync(http, new { error, error_description = says }, status);
}
