using FederationConsole.Features.SignIn;
using FederationConsole.Features.Sources;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>What 5.1.1, 5.1.2, 5.1.6 and 5.1.9 ask for, and others with fields of their own beside it.</summary>
public record ThirdPartyRequest
{
    /// <summary>用户第三方源.</summary>
    public int? Source { get; init; }

    /// <summary>Where somebody is signed in, it follows from the token.</summary>
    public string? CorpId { get; init; }

    /// <summary>应用标识; Apple and Google are set up by app.</summary>
    public string? PluginId { get; init; }

    /// <summary>第三方用户标识; for Google any or none, it follows from the code.</summary>
    public string? OpenId { get; init; }

    public string? AccessToken { get; init; }

    /// <summary>用户名称, 5.1.2 only.</summary>
    public string? Name { get; init; }

    /// <summary>用户登录源, 5.1.2 only.</summary>
    public string? Resource { get; init; }

    /// <summary>Not in the seed: what the app had put into the id_token of Apple or Google against replay.</summary>
    public string? Nonce { get; init; }

    public virtual ThirdPartyCall ToCall(FaceCall call) => new(
        CorpId!, string.IsNullOrEmpty(PluginId) ? null : PluginId, Source!.Value, ToClaim(), call.Address, call.Client, call.RequestId);

    /// <summary>What is to be proved, once the validator is content.</summary>
    public virtual SourceClaim ToClaim() => new(OpenId ?? "", AccessToken!) { Nonce = string.IsNullOrEmpty(Nonce) ? null : Nonce };
}

public sealed class ThirdPartyRequestValidator : AbstractValidator<ThirdPartyRequest>
{
    /// <param name="withCorp">False where the corp follows from the token.</param>
    public ThirdPartyRequestValidator(bool withCorp = true)
    {
        RuleFor(r => r.Source).NotNull().WithErrorCode(Validation.MissingCode);
        RuleFor(r => r.CorpId).Required().When(_ => withCorp, ApplyConditionTo.CurrentValidator).Text(64);
        RuleFor(r => r.PluginId).Required().When(r => SourceRules.IsByApp((SourceKind)(r.Source ?? 0)), ApplyConditionTo.CurrentValidator).Text(64);
        RuleFor(r => r.OpenId).Required().When(r => r.Source != (int)SourceKind.Google, ApplyConditionTo.CurrentValidator).Text(128);
        RuleFor(r => r.AccessToken).Required().Text(4096);
        RuleFor(r => r.Name).Text(64);
        RuleFor(r => r.Resource).Text(64);
        RuleFor(r => r.Nonce).Text(256);
    }
}
