using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FederationConsole.Features.Sources.Upstreams;

/// <summary>What an id_token must say to be believed.</summary>
/// <param name="KeysUrl">Where its issuer publishes its keys.</param>
/// <param name="Issuers">Any one of them, exactly.</param>
/// <param name="Audience">Our client id.</param>
internal sealed record IdTokenRules(string KeysUrl, IReadOnlyList<string> Issuers, string Audience);

/// <summary>Claims that may be believed, or <see cref="Otherwise"/>.</summary>
internal readonly record struct IdToken(JsonElement Claims, string Subject, Verification? Otherwise);

/// <summary>
/// Checks id_tokens (OpenID Connect Core 3.1.3.7). The algorithm is RS256 whatever the token's header says: a token that may
/// choose its own algorithm can choose a weak one.
/// </summary>
internal sealed class IdTokens(SigningKeys keys, TimeProvider clock)
{
    public const string Algorithm = "RS256";

    /// <summary>How far our clock and theirs may differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    public async Task<IdToken> CheckAsync(Conversation talk, string? token, IdTokenRules rules)
    {
        var checkedToken = await ReadAsync(talk, token, rules);
        var found = checkedToken.Otherwise switch
        {
            Verification.Refused refused => $"{refused.Code} {refused.Message}",
            Verification.NotAsked notAsked => notAsked.Detail,
            _ => $"sub {checkedToken.Subject}",
        };
        talk.Note("id_token", $"alg {Algorithm}\niss {string.Join(" | ", rules.Issuers)}\naud {rules.Audience}", found, checkedToken.Otherwise is null);
        return checkedToken;
    }

    private async Task<IdToken> ReadAsync(Conversation talk, string? token, IdTokenRules rules)
    {
        if (token?.Split('.') is not [var head, var body, var sign] || Json(head) is not { } header || Json(body) is not { } claims || Bytes(sign) is not { } signature)
        {
            return Refuse("it is no signed JWT");
        }

        if (Answers.Text(header, "alg") != Algorithm || Answers.Text(header, "kid") is not { } kid)
        {
            return Refuse($"alg is not {Algorithm}, or kid is missing");
        }

        var (key, otherwise) = await keys.FindAsync(talk, rules.KeysUrl, kid);
        if (otherwise is not null)
        {
            return new(default, "", otherwise);
        }

        if (key is not { } parameters || !IsSigned(parameters, $"{head}.{body}", signature))
        {
            return Refuse(key is null ? "its key is not among the issuer's" : "its signature is wrong");
        }

        return Judge(claims, rules, talk.Claim.Nonce);
    }

    private IdToken Judge(JsonElement claims, IdTokenRules rules, string? nonce)
    {
        var now = clock.GetUtcNow();
        var (issued, expires) = (Time(claims, "iat"), Time(claims, "exp"));
        return claims switch
        {
            _ when !rules.Issuers.Contains(Answers.Text(claims, "iss")) => Refuse("iss is another"),
            _ when !IsFor(claims, rules.Audience) => new(default, "", new Verification.Refused(Refusal.OtherApp, "aud")),
            _ when issued is null || expires is null || issued > now + Skew => Refuse("exp or iat is missing, or iat lies in the future"),
            _ when expires + Skew <= now => new(default, "", new Verification.Refused(Refusal.ExpiredIdToken, $"exp {expires:O}")),
            _ when nonce is not null && !IsNonce(Answers.Text(claims, "nonce"), nonce) => Refuse("nonce is another"),
            _ when Answers.Text(claims, "sub") is not { Length: <= Answers.MaxId } => Refuse("sub is missing"),
            _ => new(claims, Answers.Text(claims, "sub")!, null),
        };
    }

    /// <summary>One audience, or several of which we are one and the party that it was issued to (azp).</summary>
    private static bool IsFor(JsonElement claims, string audience) => claims.TryGetProperty("aud", out var aud) && aud.ValueKind switch
    {
        JsonValueKind.String => Answers.Text(claims, "aud") == audience,
        JsonValueKind.Array => aud.EnumerateArray().Any(a => a.ValueKind == JsonValueKind.String && a.ValueEquals(audience))
            && (aud.GetArrayLength() == 1 || Answers.Text(claims, "azp") == audience),
        _ => false,
    };

    /// <summary>Native SDKs of Apple put the SHA-256 of the nonce into the token, in hexadecimal digits.</summary>
    private static bool IsNonce(string? told, string sent) =>
        told == sent || string.Equals(told, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(sent))), StringComparison.OrdinalIgnoreCase);

    /// <summary>Seconds since 1970; a number out of all calendars is none.</summary>
    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        Answers.Number(claims, name) is >= 0 and <= 253_402_300_799 and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static bool IsSigned(RSAParameters key, string text, byte[] signature)
    {
        using var rsa = RSA.Create(key);
        return rsa.VerifyData(Encoding.ASCII.GetBytes(text), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static IdToken Refuse(string why) => new(default, "", new Verification.Refused(Refusal.BadIdToken, why));

    private static JsonElement? Json(string part) => Bytes(part) is { } bytes ? Answers.Json(bytes) : null;

    private static byte[]? Bytes(string part) => Base64Url.IsValid(part) ? Base64Url.DecodeFromChars(part) : null;
}
