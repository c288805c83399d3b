namespace FederationConsole.Features.Accounts;

/// <summary>
/// What a third party vouches for. Only this links accounts: an e-mail that the provider says is verified, a phone from the
/// standard third party's answer (model.md); never a name or what the client claimed.
/// </summary>
/// <param name="Source">As seed 002 numbers them.</param>
/// <param name="Issuer">The third party's app, where open ids are one an app; else empty.</param>
public sealed record VerifiedIdentity(int Source, string Issuer, string OpenId)
{
    public string? UnionId { get; init; }
    public string? Nickname { get; init; }
    public string? AvatarUrl { get; init; }

    /// <summary>0 unknown, 1 male, 2 female; a new user's.</summary>
    public int Gender { get; init; }

    /// <summary>E.164.</summary>
    public string? Phone { get; init; }
    public string? PhoneZone { get; init; }

    /// <summary>Lower case.</summary>
    public string? Email { get; init; }
}
