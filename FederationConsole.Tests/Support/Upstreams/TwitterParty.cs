using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace FederationConsole.Tests.Support.Upstreams;

/// <summary>A question that a client signed for Twitter, field by field as seed 002 has it.</summary>
internal sealed record TwitterSignature(string AccessToken, string ConsumerKey, string Nonce, string Timestamp, string Signature);

/// <summary>
/// Twitter (upstreams A6): it checks the OAuth 1.0a signature of its own address (whatever host the question came to), takes
/// a nonce once, and shows any user to any good token.
/// </summary>
internal sealed class TwitterParty : Upstream
{
    private const string Show = "https://api.twitter.com/1.1/users/show.json";

    // What a real app keeps to itself: the product never learns these.
    private const string ConsumerSecret = "consumer-secret-of-the-app";

    private readonly ConcurrentDictionary<string, (string UserId, string Secret)> _tokens = new();
    private readonly ConcurrentDictionary<string, bool> _nonces = new();

    public override int Source => 8;

    public override Dictionary<string, string> Settings => new() { ["appId"] = "DC0sePOBbQ8bYdC8r4Smg", ["apiBase"] = Address };

    public override Dictionary<string, string?> Secrets { get; } = new() { ["appSecret"] = "twitter-secret-0123456789" };

    /// <summary>Whether the plan has users/show; most have not since 2023.</summary>
    public bool PlanHasLookup { get; set; } = true;

    public override string IdOf(int number) => (1_445_566_778_899_001_000L + number).ToString(CultureInfo.InvariantCulture);

    /// <summary>An OAuth 2.0 token; it does not say for which app.</summary>
    public override string SignIn(string openId)
    {
        var token = "VGNibzFWSREtMTE1" + Guid.NewGuid().ToString("N");
        _tokens[token] = (openId, "");
        return token;
    }

    /// <summary>Somebody is signed in, and their app signs the question about <paramref name="asksAbout"/> (themselves if left out).</summary>
    public TwitterSignature Sign(string openId, string? asksAbout = null, DateTimeOffset? at = null)
    {
        var token = $"{openId}-{Guid.NewGuid():N}";
        _tokens[token] = (openId, "token-secret-of-" + openId);
        var (nonce, timestamp) = (Guid.NewGuid().ToString("N"), (at ?? Clock.GetUtcNow()).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return new(token, Settings["appId"], nonce, timestamp, Signature(Settings["appId"], nonce, timestamp, token, asksAbout ?? openId, _tokens[token].Secret));
    }

    protected override Task AnswerAsync(HttpContext http, IReadOnlyDictionary<string, string> asked)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return http.Request.Path.Value switch
        {
            "/1.1/users/show.json" => ShowAsync(http, header, asked.GetValueOrDefault("user_id") ?? ""),
            "/2/users/me" => header.StartsWith("Bearer ", StringComparison.Ordinal) && _tokens.TryGetValue(header[7..], out var known)
                ? JsonAsync(http, new { data = new { id = known.UserId, name = "推特用户", username = "tweeter", profile_image_url = "https://pbs.twimg.com/1" } })
                : JsonAsync(http, new { title = "Unauthorized", type = "about:blank", status = 401, detail = "Unauthorized" }, 401),
            _ => FaultAsync(http, 404, 34, "Sorry, that page does not exist."),
        };
    }

    private Task ShowAsync(HttpContext http, string header, string userId)
    {
        if (!header.StartsWith("OAuth ", StringComparison.Ordinal))
        {
            return FaultAsync(http, 400, 215, "Bad Authentication data.");
        }

        var oauth = header[6..].Split(", ").Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1].Trim('"')));
        Check(oauth["oauth_version"] == "1.0" && oauth["oauth_signature_method"] == "HMAC-SHA1", "version and method");
        var age = Clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(long.Parse(oauth["oauth_timestamp"], CultureInfo.InvariantCulture));
        if (age.Duration() > TimeSpan.FromMinutes(5))
        {
            return FaultAsync(http, 401, 135, "Timestamp out of bounds.");
        }

        if (!_tokens.TryGetValue(oauth["oauth_token"], out var token))
        {
            return FaultAsync(http, 401, 89, "Invalid or expired token.");
        }

        // The nonce counts only once the signature is good: else anybody could spend another's.
        if (oauth["oauth_signature"] != Signature(oauth["oauth_consumer_key"], oauth["oauth_nonce"], oauth["oauth_timestamp"], oauth["oauth_token"], userId, token.Secret)
            || !_nonces.TryAdd(oauth["oauth_nonce"], true))
        {
            return FaultAsync(http, 401, 32, "Could not authenticate you.");
        }

        if (!PlanHasLookup)
        {
            return FaultAsync(http, 403, 453, "You currently have access to a subset of Twitter API v2 endpoints.");
        }

        // Anybody, whoever asks: the trap of this endpoint.
        return _tokens.Values.Any(t => t.UserId == userId)
            ? JsonAsync(http, new { id = long.Parse(userId, CultureInfo.InvariantCulture), id_str = userId, name = "推特用户", screen_name = "tweeter", profile_image_url_https = "https://pbs.twimg.com/1" })
            : FaultAsync(http, 404, 50, "User not found.");
    }

    private string Signature(string consumerKey, string nonce, string timestamp, string token, string userId, string tokenSecret)
    {
        var parameters = string.Join('&', new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["oauth_consumer_key"] = consumerKey, ["oauth_nonce"] = nonce, ["oauth_signature_method"] = "HMAC-SHA1", ["oauth_timestamp"] = timestamp,
            ["oauth_token"] = token, ["oauth_version"] = "1.0", ["user_id"] = userId,
        }.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
        var text = $"GET&{Uri.EscapeDataString(Show)}&{Uri.EscapeDataString(parameters)}";
        var key = $"{Uri.EscapeDataString(ConsumerSecret)}&{Uri.EscapeDataString(tokenSecret)}";
        // RFC 5849 3.4.2.
#pragma warning disable CA5350
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.ASCII.GetBytes(key), Encoding.ASCII.GetBytes(text)));
#pragma warning restore CA5350
    }

    private static Task FaultAsync(HttpContext http, int status, int code, string message) => JsonAsync(http, new { errors = new[] { new { code, message } } }, status);
}
