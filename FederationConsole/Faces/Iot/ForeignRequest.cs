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
    public string? OauthVersion { get; init; }

    public string? OauthConsumerKey { get; init; }

    public string? OauthNonce { get; init; }

    public string? OauthTimestamp { get; init; }

    public string? OauthSignatureMethod { get; init; }

    /// <summary>Percent-encoded or not.</summary>
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
