using FederationConsole.Features.Sessions;
using FederationConsole.Features.SignIn;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Iot;

/// <summary>A session as seed 002 hands it out.</summary>
/// <param name="ExpireIn">Seconds.</param>
public sealed record IotSession(long UserId, string AccessToken, string RefreshToken, int ExpireIn, string Authorize)
{
    public static IotSession Of(IssuedSession issued) =>
        new(issued.UserId.Value, issued.AccessToken, issued.RefreshToken, issued.ExpiresIn, issued.Authorize);
}

/// <summary>5.1.2 第三方用户登录.</summary>
internal sealed class UserAuthThird(ThirdPartySignIn signIn) : FaceHandler<ThirdPartyRequest, IotSession>(new ThirdPartyRequestValidator())
{
    protected override async Task<Outcome<IotSession>> HandleAsync(ThirdPartyRequest request, FaceCall call)
    {
        var issued = await signIn.SignInAsync(request.ToCall(call), request.Name, request.Resource ?? "", call.Cancellation);
        return issued.Ok ? IotSession.Of(issued.Value) : issued.Fault;
    }
}
