using FederationConsole.Features.Linking;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

public sealed record UnbindThirdRequest(int? Source);

public sealed class UnbindThirdRequestValidator : AbstractValidator<UnbindThirdRequest>
{
    public UnbindThirdRequestValidator() => RuleFor(r => r.Source).NotNull().WithErrorCode(Validation.MissingCode);
}

/// <summary>5.1.8 非第三方用户解绑第三方账号: refused for the last way in.</summary>
internal sealed class UnbindThird(IotAccess access, ThirdPartyLinks links)
    : SignedInHandler<UnbindThirdRequest, IotNothing>(access, new UnbindThirdRequestValidator())
{
    protected override async Task<Outcome<IotNothing>> HandleAsync(UnbindThirdRequest request, CheckedSession session, FaceCall call)
    {
        var parted = await links.UnbindAsync(session, request.Source!.Value, ActorOf(session, call));
        return parted.Ok ? IotNothing.Instance : parted.Fault;
    }
}
