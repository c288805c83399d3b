using System.Globalization;
using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FederationConsole.Features.Accounts;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Sources;

/// <summary>
/// Source 10: the customer's own URL, asked as faces.md says (Iot, "source 10"): both signatures, 200 with an empty body or
/// an object is a yes, 403 with the vendor's envelope a no, anything else a failure to ask.
/// </summary>
public sealed class StandardVerifier(OutboundCalls calls, TimeProvider clock) : ISourceVerifier
{
    private const int Refused = 403;

    public SourceKind Source => SourceKind.Standard;

    public async Task<Verification> VerifyAsync(SourceEntry source, SourceClaim claim, List<VerificationStep>? trace, CancellationToken cancellation)
    {
        if (source.Setting("url") is not { } url || source.Secret("token") is not { } token)
        {
            return new Verification.NotAsked(null, "url and token are not set");
        }

        var question = Question(source, url, token, claim, clock.GetUtcNow());
        var result = await calls.SendAsync(question, cancellation);
        var verification = Read(result, claim);
        trace?.Add(new(
            "userinfo", Hide($"GET {question.Uri.AbsoluteUri}\nX-Signature: sha256=•••", claim, token), Hide(Shown(result), claim, token), result.Elapsed,
            verification is Verification.Verified));
        return verification;
    }

    /// <summary>The vendor's MD5 <c>sign</c>, and beside it an HMAC over the query as sent, for those who want better.</summary>
    private static OutboundRequest Question(SourceEntry source, string url, string token, SourceClaim claim, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var address = new UriBuilder(url);
        var signed = string.Concat(
            address.Query.Length > 1 ? address.Query[1..] + "&" : "",
            $"access_token={Uri.EscapeDataString(claim.AccessToken)}&open_id={Uri.EscapeDataString(claim.OpenId)}&timestamp={timestamp}");
        address.Query = $"{signed}&sign={Md5(claim.OpenId + claim.AccessToken + timestamp + token)}";
        return new(source.Partition, HttpMethod.Get, address.Uri)
        {
            Headers = [new("X-Signature", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(signed))))],
        };
    }

    private static Verification Read(OutboundResult result, SourceClaim claim) => result switch
    {
        OutboundResult.Failed { Reason: var reason } => new Verification.NotAsked(reason, reason.ToString()),
        OutboundResult.Answered { Status: 200, Body.Length: 0 } => new Verification.Verified(new((int)SourceKind.Standard, "", claim.OpenId)),
        OutboundResult.Answered { Status: 200 } answer => ReadYes(answer.Body, claim),
        OutboundResult.Answered { Status: Refused } answer when ReadNo(answer.Body) is { } no => no,
        OutboundResult.Answered { Status: var status } => new Verification.NotAsked(null, $"HTTP {status}"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Verification ReadYes(ReadOnlyMemory<byte> body, SourceClaim claim)
    {
        if (Parse(body) is not { } answer)
        {
            return new Verification.NotAsked(null, "HTTP 200, but no JSON object");
        }

        using (answer)
        {
            var phone = PhoneNumber.Parse(Text(answer.RootElement, "phone"), Text(answer.RootElement, "phone_zone"));
            return new Verification.Verified(new((int)SourceKind.Standard, "", claim.OpenId)
            {
                UnionId = Text(answer.RootElement, "union_id"),
                Nickname = Cut(Text(answer.RootElement, "nickname"), 64),
                AvatarUrl = Cut(Text(answer.RootElement, "avatar"), 1024),
                Phone = phone?.E164,
                PhoneZone = phone?.Zone,
                Email = Text(answer.RootElement, "email") is { } email && MailAddress.TryCreate(email, out _) ? email.ToLowerInvariant() : null,
            });
        }
    }

    private static Verification.Refused? ReadNo(ReadOnlyMemory<byte> body)
    {
        using var answer = Parse(body);
        return answer is not null && answer.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
            ? new(error.TryGetProperty("code", out var code) ? code.ToString() : "403", Cut(Text(error, "msg"), 200))
            : null;
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            // A customer's server that answers nonsense is a failure to ask, which the caller reports.
            return null;
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            && !text.Any(char.IsControl) ? text : null;

    private static string? Cut(string? text, int length) => text?.Length > length ? text[..length] : text;

    // The vendor's formula; the X-Signature header is there because MD5 is not what one would choose.
#pragma warning disable CA5351
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351

    /// <summary>The third party may say a secret back, as it was sent, as JSON or decoded.</summary>
    private static string Hide(string text, SourceClaim claim, string token) =>
        new[] { claim.AccessToken, token }.SelectMany(secret => new[] { Uri.EscapeDataString(secret), JsonEncodedText.Encode(secret).Value, secret })
            .Where(form => form.Length > 0)
            .Aggregate(text, (hidden, form) => hidden.Replace(form, Secret.Mask, StringComparison.OrdinalIgnoreCase));

    private static string Shown(OutboundResult result) => result switch
    {
        OutboundResult.Answered answer => $"HTTP {answer.Status} {answer.ContentType}\n{Cut(Encoding.UTF8.GetString(answer.Body.Span), 2000)}",
        OutboundResult.Failed failed => failed.Reason.ToString(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
