using FederationConsole.Features.Linking;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Iot;

/// <summary>5.1.6 非第三方用户绑定第三方账号.</summary>
internal sealed class BindThird(IotAccess access, ThirdPartyLinks links)
    : SignedInHandler<ThirdPartyRequest, IotNothing>(access, new ThirdPartyRequestValidator(withCorp: false))
{
    protected override async Task<Outcome<IotNothing>> HandleAsync(ThirdPartyRequest request, CheckedSession session, FaceCall call)
    {
        var asked = (request with { CorpId = links.CorpOf(session) }).ToCall(call);
        var bound = await links.BindAsync(session, asked, ActorOf(session, call), call.Cancellation);
        return bound.Ok ? IotNothing.Instance : bound.Fault;
    }
}

/// <summary>5.1.7 非第三方用户绑定国外第三方帐号.</summary>
internal sealed class BindThirdForeign(IotAccess access, ThirdPartyLinks links)
    : SignedInHandler<ForeignRequest, IotNothing>(access, new ForeignRequestValidator(withCorp: false))
{
    protected override async Task<Outcome<IotNothing>> HandleAsync(ForeignRequest request, CheckedSession session, FaceCall call)
    {
        var asked = (request with { CorpId = links.CorpOf(session) }).ToCall(call);
        var bound = await links.BindAsync(session, asked, ActorOf(session, call), call.Cancellation);
        return bound.Ok ? IotNothing.Instance : bound.Fault;
    }
}
