using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sources.Upstreams;
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
            "userinfo", Masking.Hide($"GET {question.Uri.AbsoluteUri}\nX-Signature: sha256=•••", [claim.AccessToken, token]), Masking.Shown(result, [claim.AccessToken, token]), result.Elapsed,
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
        if (Answers.Json(body.Span) is not { } answer)
        {
            return new Verification.NotAsked(null, "HTTP 200, but no JSON object");
        }

        var phone = PhoneNumber.Parse(Answers.Text(answer, "phone"), Answers.Text(answer, "phone_zone"));
        return new Verification.Verified(new((int)SourceKind.Standard, "", claim.OpenId)
        {
            UnionId = Answers.Text(answer, "union_id") is { Length: <= Answers.MaxId } unionId ? unionId : null,
            Nickname = Answers.Nickname(answer, "nickname"),
            AvatarUrl = Answers.Avatar(answer, "avatar"),
            Phone = phone?.E164,
            PhoneZone = phone?.Zone,
            Email = Answers.Email(answer, "email"),
        });
    }

    private static Verification.Refused? ReadNo(ReadOnlyMemory<byte> body) =>
        Answers.Json(body.Span) is { } answer && Answers.Object(answer, "error") is { } error
            ? new(Answers.Id(error, "code") ?? "403", Answers.Cut(Answers.Text(error, "msg"), 200))
            : null;

    // The vendor's formula; the X-Signature header is there because MD5 is not what one would choose.
#pragma warning disable CA5351
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
