using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace FederationConsole.Features.Sandbox;

/// <summary>What the platform asks, as it came. A parameter that is absent, or there twice, is null.</summary>
/// <param name="Query">The query string as sent, without the question mark.</param>
/// <param name="Header">The header <c>X-Signature</c>; null when it is not sent.</param>
public sealed record StandardQuestion(string Query, string? OpenId, string? AccessToken, string? Timestamp, string? Sign, string? Header)
{
    public static StandardQuestion From(HttpRequest request)
    {
        var query = request.Query;
        return new(
            request.QueryString.HasValue ? request.QueryString.Value[1..] : "",
            Once("open_id"), Once("access_token"), Once("timestamp"), Once("sign"),
            request.Headers["X-Signature"] is { Count: > 0 } header ? header.ToString() : null);

        string? Once(string name) => query[name] is [{ Length: > 0 } value] ? value : null;
    }

    /// <summary>What the header signs: the query as sent, without <c>sign</c>.</summary>
    public string QueryWithoutSign =>
        string.Join('&', Query.Split('&').Where(pair => !pair.StartsWith("sign=", StringComparison.Ordinal)));
}

public enum SignatureCheck
{
    /// <summary>Not sent.</summary>
    Absent,
    Wrong,
    /// <summary>Right.</summary>
    Ok,
    /// <summary>Right, in the order of the sentence beside the vendor's formula (upstreams B1): timestamp before access_token.</summary>
    OkOtherOrder,
}

/// <summary>Both signatures of one question.</summary>
public sealed record SignatureVerdict(SignatureCheck Sign, SignatureCheck Header);

/// <summary>
/// Checks what faces.md ("source 10") lets the platform send: <c>sign</c>, an MD5, and the header <c>X-Signature</c>, an
/// HMAC-SHA256 over the query as sent.
/// </summary>
public sealed class StandardSignature(IOptions<SandboxOptions> options)
{
    private const string Prefix = "sha256=";

    private readonly string token = options.Value.StandardToken;
    private readonly byte[] key = Encoding.UTF8.GetBytes(options.Value.StandardToken);

    public SignatureVerdict Check(StandardQuestion q) => new(CheckSign(q), CheckHeader(q));

    private SignatureCheck CheckSign(StandardQuestion q) =>
        q.Sign is null ? SignatureCheck.Absent
        : IsMd5(q.Sign, q.OpenId + q.AccessToken + q.Timestamp + token) ? SignatureCheck.Ok
        : IsMd5(q.Sign, q.OpenId + q.Timestamp + q.AccessToken + token) ? SignatureCheck.OkOtherOrder
        : SignatureCheck.Wrong;

    private SignatureCheck CheckHeader(StandardQuestion q)
    {
        if (q.Header is null)
        {
            return SignatureCheck.Absent;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(q.QueryWithoutSign), expected);
        return q.Header.StartsWith(Prefix, StringComparison.Ordinal) && IsHexOf(q.Header.AsSpan(Prefix.Length), expected)
            ? SignatureCheck.Ok
            : SignatureCheck.Wrong;
    }

    [SuppressMessage("Security", "CA5351", Justification = "The vendor's formula; X-Signature is there for those who want better.")]
    private static bool IsMd5(string sign, string signed)
    {
        Span<byte> expected = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(Encoding.UTF8.GetBytes(signed), expected);
        return IsHexOf(sign, expected);
    }

    private static bool IsHexOf(ReadOnlySpan<char> hex, ReadOnlySpan<byte> expected)
    {
        Span<byte> given = stackalloc byte[expected.Length];
        return hex.Length == expected.Length * 2
            && Convert.FromHexString(hex, given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, expected);
    }
}
