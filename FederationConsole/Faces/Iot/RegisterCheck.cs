using FederationConsole.Features.SignIn;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Iot;

/// <summary>5.1.1 校验第三方openId在平台的信息.</summary>
/// <param name="Phone">The national number.</param>
public sealed record RegisterCheckReply(bool IsRegister, long? UserId, string? Phone);

internal sealed class RegisterCheck(ThirdPartySignIn signIn) : FaceHandler<ThirdPartyRequest, RegisterCheckReply>(new ThirdPartyRequestValidator())
{
    protected override async Task<Outcome<RegisterCheckReply>> HandleAsync(ThirdPartyRequest request, FaceCall call)
    {
        var registration = await signIn.CheckAsync(request.ToCall(call), call.Cancellation);
        return registration.Ok
            ? new RegisterCheckReply(registration.Value.User is not null, registration.Value.User?.Id.Value, registration.Value.User?.NationalPhone)
            : registration.Fault;
    }
}
