using FederationConsole.Features.Linking;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.SignIn;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>What 5.1.6 asks for: 5.1.1's fields without the corp, which follows from the token.</summary>
public sealed record BindThirdRequest(int? Source, string? PluginId, string? OpenId, string? AccessToken);

public sealed class BindThirdRequestValidator : AbstractValidator<BindThirdRequest>
{
    public BindThirdRequestValidator()
    {
        RuleFor(r => r.Source).NotNull().WithErrorCode(Validation.MissingCode);
        RuleFor(r => r.PluginId).Text(64);
        RuleFor(r => r.OpenId).Required().When(r => r.Source != (int)SourceKind.Google, ApplyConditionTo.CurrentValidator).Text(128);
        RuleFor(r => r.AccessToken).Required().Text(4096);
    }
}

/// <summary>5.1.6 非第三方用户绑定第三方账号.</summary>
internal sealed class BindThird(IotAccess access, ThirdPartyLinks links)
    : SignedInHandler<BindThirdRequest, IotNothing>(access, new BindThirdRequestValidator())
{
    protected override async Task<Outcome<IotNothing>> HandleAsync(BindThirdRequest request, CheckedSession session, FaceCall call)
    {
        var asked = new ThirdPartyCall(
            links.CorpOf(session), string.IsNullOrEmpty(request.PluginId) ? null : request.PluginId, request.Source!.Value,
            new SourceClaim(request.OpenId ?? "", request.AccessToken!), call.Address, call.Client, call.RequestId);
        var bound = await links.BindAsync(session, asked, ActorOf(session, call), call.Cancellation);
        return bound.Ok ? IotNothing.Instance : bound.Fault;
    }
}
