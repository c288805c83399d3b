using FederationConsole.Features.SignIn;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Iot;

/// <summary>5.1.4 国外第三方用户登录.</summary>
internal sealed class UserAuthThirdForeign(ThirdPartySignIn signIn) : FaceHandler<ForeignRequest, IotSession>(new ForeignRequestValidator())
{
    protected override async Task<Outcome<IotSession>> HandleAsync(ForeignRequest request, FaceCall call)
    {
        var issued = await signIn.SignInAsync(request.ToCall(call), request.Name, request.Resource ?? "", call.Cancellation);
        return issued.Ok ? IotSession.Of(issued.Value) : issued.Fault;
    }
}
