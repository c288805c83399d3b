using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;

namespace FederationConsole.Features.Users;

/// <summary>A third party's identity as an administrator types it, or a file says.</summary>
/// <param name="Source">As seed 002 numbers them.</param>
/// <param name="Issuer">The third party's app, where open ids are one an app.</param>
public sealed record IdentityInput(int Source, string? Issuer, string? OpenId)
{
    public const int MaxIssuer = 64;
    public const int MaxOpenId = 128;

    /// <summary>
    /// The setting of a source that its verifier takes for the issuer: an identity bound under another one would never be found by a
    /// login. Null where open ids are the same for every app.
    /// </summary>
    public static string? IssuerSetting(SourceKind source) => source switch
    {
        SourceKind.WeChat or SourceKind.QQ or SourceKind.Facebook or SourceKind.Alipay => "appId",
        SourceKind.Apple => "teamId",
        SourceKind.Weibo or SourceKind.Twitter or SourceKind.Standard or SourceKind.Google => null,
        _ => null,
    };

    /// <summary>Alipay knows users by a number of its own (no issuer) or by an open id of the app.</summary>
    public static bool IssuerIsOptional(SourceKind source) => source == SourceKind.Alipay;

    /// <summary>The issuer of this environment's logins, as its source is set up; empty where that is unknown or there is none.</summary>
    internal static string IssuerOf(SourceCatalog sources, EnvironmentId environment, SourceKind source) =>
        IssuerSetting(source) is { } name ? sources.Any(environment, source)?.Setting(name) ?? "" : "";

    /// <summary>Faults: <see cref="FaultKind.UnknownSource"/>, <see cref="FaultKind.Missing"/>, <see cref="FaultKind.Invalid"/>, each with its field.</summary>
    public Outcome<VerifiedIdentity> Read()
    {
        var (source, issuer, openId) = ((SourceKind)Source, Issuer?.Trim() ?? "", OpenId?.Trim() ?? "");
        if (!Enum.IsDefined(source))
        {
            return new Fault(FaultKind.UnknownSource, nameof(Source));
        }

        if (openId.Length == 0)
        {
            return new Fault(FaultKind.Missing, nameof(OpenId));
        }

        if (IssuerSetting(source) is not null && !IssuerIsOptional(source) && issuer.Length == 0)
        {
            return new Fault(FaultKind.Missing, nameof(Issuer));
        }

        return !Fits(openId, MaxOpenId) ? new Fault(FaultKind.Invalid, nameof(OpenId))
            : !Fits(issuer, MaxIssuer) || (IssuerSetting(source) is null && issuer.Length > 0) ? new Fault(FaultKind.Invalid, nameof(Issuer))
            : new VerifiedIdentity(Source, issuer, openId);
    }

    private static bool Fits(string text, int length) => text.Length <= length && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));
}
