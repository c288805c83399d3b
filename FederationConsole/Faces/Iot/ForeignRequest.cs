using System.ComponentModel;
using FederationConsole.Features.SignIn;
using FederationConsole.Features.Sources;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>
/// What 5.1.4 and 5.1.7 ask for: a third-party request, and the parameters of a question that the client signed for Twitter. The seed
/// sends version 1.0 with Facebook too, which knows OAuth 2.0 alone: there they are checked and not used.
/// </summary>
public sealed record ForeignRequest : ThirdPartyRequest
{
    /// <summary>1.0: what the client signed is asked as it is; 2.0: the access token is a bearer token.</summary>
    [Description("oauth版本.值为1.0或者2.0")]
    public string? OauthVersion { get; init; }

    [Description("注册应用后由应用服务商提供(如果oauth_version为1.0，必须提供)")]
    public string? OauthConsumerKey { get; init; }

    [Description("随机字符串，须保证每次都不同(如果oauth_version为1.0，必须提供)")]
    public string? OauthNonce { get; init; }

    [Description("时间戳(如果oauth_version为1.0，必须提供)")]
    public string? OauthTimestamp { get; init; }

    [Description("签名base string 的方法，目前支持 HMAC-SHA1(如果oauth_version为1.0，必须提供)")]
    public string? OauthSignatureMethod { get; init; }

    /// <summary>Percent-encoded or not.</summary>
    [Description("签名值(如果oauth_version为1.0，必须提供)")]
    public string? OauthSignature { get; init; }

    public bool IsSigned => OauthVersion == ForeignRequestValidator.OAuth1;

    public override ThirdPartyCall ToCall(FaceCall call) => base.ToCall(call) with { Foreign = true };

    public override SourceClaim ToClaim() => base.ToClaim() with
    {
        OAuth1 = IsSigned ? new(OauthConsumerKey!, OauthNonce!, OauthTimestamp!, OauthSignature!) : null,
    };
}

public sealed class ForeignRequestValidator : AbstractValidator<ForeignRequest>
{
    public const string OAuth1 = "1.0";
    private const string OAuth2 = "2.0";
    private const string Method = "HMAC-SHA1";

    /// <param name="withCorp">False where the corp follows from the token.</param>
    public ForeignRequestValidator(bool withCorp = true)
    {
        Include(new ThirdPartyRequestValidator(withCorp));
        RuleFor(r => r.OauthVersion).Required().Must(version => version is OAuth1 or OAuth2).WithMessage($"{{PropertyName}}: {OAuth1} | {OAuth2}");
        When(r => r.IsSigned, () =>
        {
            RuleFor(r => r.OauthConsumerKey).Required().Text(128);
            RuleFor(r => r.OauthNonce).Required().Text(256);
            RuleFor(r => r.OauthTimestamp).Required().Text(16).Must(time => time!.All(char.IsAsciiDigit)).WithMessage("{PropertyName}: 0-9");
            RuleFor(r => r.OauthSignatureMethod).Required().Must(method => method == Method).WithMessage($"{{PropertyName}}: {Method}");
            RuleFor(r => r.OauthSignature).Required().Text(256);
        });
    }
}
