namespace FederationConsole.Features.VendorAccounts.Conformance;

/// <summary>What seed 003 (三方自有账号对接) asks of a vendor, in the order in which it is read. Texts: <c>Rule_</c> and the name.</summary>
public enum ConformanceRule
{
    /// <summary>Both addresses are HTTPS, loopback excepted.</summary>
    Https,
    /// <summary>Every question is answered, with 200 (a refusal with less than 500), without a redirect, in 64 KiB.</summary>
    Answers,
    /// <summary>Every answer is there within five seconds.</summary>
    InTime,
    /// <summary><c>application/json</c>, and an object.</summary>
    Json,
    /// <summary>A string of the seed's table, in every answer.</summary>
    ResultCode,
    /// <summary>A string, in every answer.</summary>
    Message,
    CodeExchange,
    AccessToken,
    ExpiresIn,
    RefreshToken,
    OpenId,
    UserInfo,
    SameOpenId,
    NickName,
    /// <summary>mobile, avatar_url, gender: right where they are there.</summary>
    OptionalFields,
    AccessTokenUnknown,
    OpenIdWrong,
    Refresh,
    /// <summary>A better habit (RFC 9700 2.2.2), which the seed does not ask for: said, never failed.</summary>
    RefreshRotates,
    NewAccessToken,
    RefreshTokenUnknown,
    RefreshTokenSpent,
    SecretWrong,
    CodeUnknown,
    CodeOnce,
    /// <summary>Takes as long as a token lives.</summary>
    AccessTokenExpired,
    /// <summary>Takes somebody who changes their password at the vendor.</summary>
    GrantRevoked,
}

public enum RuleOutcome
{
    Holds,
    Fails,
    NotTested,
}

/// <param name="Why">For people; null where a rule simply holds.</param>
public sealed record RuleResult(ConformanceRule Rule, RuleOutcome Outcome, string? Why = null);

/// <summary>A vendor to be examined.</summary>
/// <param name="ByGet">The token address is asked by GET; the seed says POST.</param>
/// <param name="Fields">The seed's name of a parameter or field → the vendor's; those left out are the seed's.</param>
/// <param name="Partition">Who shares a bulkhead and a breaker (OutboundRequest).</param>
public sealed record ConformanceSetup(
    Uri TokenUrl, Uri UserInfoUrl, string ClientId, string ClientSecret, bool ByGet, IReadOnlyDictionary<string, string> Fields, string Partition)
{
    /// <summary>The vendor's name for a parameter or field of the seed.</summary>
    public string Name(string field) => Fields.GetValueOrDefault(field, field);

    /// <summary>Never the secret.</summary>
    public override string ToString() => $"{TokenUrl.GetLeftPart(UriPartial.Path)} {UserInfoUrl.GetLeftPart(UriPartial.Path)}";
}
