using FederationConsole.Features.Accounts;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Sources;

/// <summary>What the client says: which of the third party's users it is, and the third party's token to prove it.</summary>
/// <param name="OpenId">Empty only for Google, whose id follows from the code.</param>
/// <param name="AccessToken">A token, or a code where the source is asked in code mode.</param>
public sealed record SourceClaim(string OpenId, string AccessToken)
{
    /// <summary>Twitter with OAuth 1.0a: the question that the client has signed; null elsewhere.</summary>
    public OAuth1Proof? OAuth1 { get; init; }

    /// <summary>What the client had put into the id_token against replay (Apple, Google); null when it did not.</summary>
    public string? Nonce { get; init; }
}

/// <summary>
/// The parameters of a question that the client signed with the third party's secrets, which we do not have (seed 002,
/// 5.1.4; HMAC-SHA1, version 1.0). Good for one use: the third party refuses a nonce the second time.
/// </summary>
/// <param name="Signature">Base64, percent-encoded or not: clients send both.</param>
public sealed record OAuth1Proof(string ConsumerKey, string Nonce, string Timestamp, string Signature);

/// <summary>What became of asking a third party whether a claim is true.</summary>
public abstract record Verification
{
    private Verification()
    {
    }

    /// <summary>The third party vouches for this identity.</summary>
    public sealed record Verified(VerifiedIdentity Identity) : Verification;

    /// <summary>The third party was asked and said no, or said yes to something else than was claimed.</summary>
    /// <param name="Code">The vendor's own code, for the console; or one of <see cref="Refusal"/>, which are ours.</param>
    public sealed record Refused(string Code, string? Message) : Verification;

    /// <summary>No answer to speak of. <paramref name="Failure"/> is null when there was one that nobody can read.</summary>
    public sealed record NotAsked(OutboundFailure? Failure, string Detail) : Verification;
}

/// <summary>Our own codes of <see cref="Verification.Refused"/>: in words, so that no vendor's number can be taken for one.</summary>
public static class Refusal
{
    /// <summary>The third party knows somebody, but not the open_id claimed.</summary>
    public const string OtherUser = "other_user";

    /// <summary>The token was issued to another app than ours.</summary>
    public const string OtherApp = "other_app";

    /// <summary>The token's remaining life is over, though the third party still knows it.</summary>
    public const string Expired = "expired_token";

    /// <summary>No token of this third party can look like that; it was not sent.</summary>
    public const string Malformed = "malformed_token";

    /// <summary>WeChat's preview account, which is gone tomorrow.</summary>
    public const string Throwaway = "throwaway_account";

    /// <summary>The answer's signature is not the third party's.</summary>
    public const string BadSignature = "bad_signature";

    /// <summary>The id_token is not to be believed; the message says why.</summary>
    public const string BadIdToken = "bad_id_token";

    /// <summary>The id_token was good once.</summary>
    public const string ExpiredIdToken = "expired_id_token";

    /// <summary>OAuth's own word for a code that is unknown, used, over or another app's (RFC 6749 5.2); a vendor's code.</summary>
    public const string InvalidGrant = "invalid_grant";
}

/// <summary>One step of asking a third party, for the console's test button: secrets and tokens are masked.</summary>
public sealed record VerificationStep(string Name, string Request, string Answer, TimeSpan Elapsed, bool Good);

/// <summary>How one kind of third party is asked. The one seam behind which all of them stand.</summary>
public interface ISourceVerifier
{
    SourceKind Source { get; }

    /// <param name="trace">Filled when somebody watches (the test button); null on the path of a login.</param>
    Task<Verification> VerifyAsync(SourceEntry source, SourceClaim claim, List<VerificationStep>? trace, CancellationToken cancellation);
}
