using System.Globalization;
using FederationConsole.Features.SignIn;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Iot;

/// <summary>5.1.9's reply.</summary>
/// <param name="OpenId">第三方OpenId绑定了平台用户的标识: the platform user's id, as text; the seed's example shows it.</param>
public sealed record IsBindReply(string? OpenId, bool IsBind);

/// <summary>5.1.9 查询第三方openId是否绑定用户.</summary>
internal sealed class IsBind(ThirdPartySignIn signIn) : FaceHandler<ThirdPartyRequest, IsBindReply>(new ThirdPartyRequestValidator())
{
    protected override async Task<Outcome<IsBindReply>> HandleAsync(ThirdPartyRequest request, FaceCall call)
    {
        var registration = await signIn.CheckAsync(request.ToCall(call), call.Cancellation);
        return registration.Ok
            ? new IsBindReply(registration.Value.User?.Id.Value.ToString(CultureInfo.InvariantCulture), registration.Value.User is not null)
            : registration.Fault;
    }
}
