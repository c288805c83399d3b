using FederationConsole.Features.SignIn;
using FederationConsole.Features.Sources;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>What 5.1.1 and 5.1.2 ask for.</summary>
/// <param name="Source">用户第三方源.</param>
/// <param name="PluginId">应用标识.</param>
/// <param name="OpenId">第三方用户标识; for Google any or none, it follows from the code.</param>
/// <param name="Name">用户名称, 5.1.2 only.</param>
/// <param name="Resource">用户登录源, 5.1.2 only.</param>
public sealed record ThirdPartyRequest(int? Source, string? CorpId, string? PluginId, string? OpenId, string? AccessToken, string? Name, string? Resource)
{
    public ThirdPartyCall ToCall(FaceCall call) => new(
        CorpId!, string.IsNullOrEmpty(PluginId) ? null : PluginId, Source!.Value, new SourceClaim(OpenId ?? "", AccessToken!),
        call.Address, call.Client, call.RequestId);
}

public sealed class ThirdPartyRequestValidator : AbstractValidator<ThirdPartyRequest>
{
    public ThirdPartyRequestValidator()
    {
        RuleFor(r => r.Source).NotNull().WithErrorCode(Validation.MissingCode);
        RuleFor(r => r.CorpId).Required().Text(64);
        RuleFor(r => r.PluginId).Text(64);
        RuleFor(r => r.OpenId).Required().When(r => r.Source != (int)SourceKind.Google, ApplyConditionTo.CurrentValidator).Text(128);
        RuleFor(r => r.AccessToken).Required().Text(4096);
        RuleFor(r => r.Name).Text(64);
        RuleFor(r => r.Resource).Text(64);
    }
}
