using System.ComponentModel;
using System.Globalization;
using FederationConsole.Features.SignIn;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Iot;

/// <summary>5.1.9's reply.</summary>
/// <param name="OpenId">第三方OpenId绑定了平台用户的标识: the platform user's id, as text; the seed's example shows it.</param>
public sealed record IsBindReply([property: Description("第三方OpenId绑定了平台用户的标识")] string? OpenId, [property: Description("第三方OpenId是否绑定了平台用户")] bool IsBind);

/// <summary>5.1.9 查询第三方openId是否绑定用户.</summary>
internal sealed class IsBind(ThirdPartySignIn signIn) : FaceHandler<ThirdPartyRequest, IsBindReply>(new ThirdPartyRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("查询第三方openId是否绑定用户", "Is this open id bound")
    {
        Seed = "002, 5.1.9",
        Text = "根据第三方openId以及accessToken查询openId是否被平台用户所绑定,用于App登录之前的交互体验",
        Faults = [.. IotDocuments.ThirdParty],
        Request = """
            {
                "source": 4,
                "open_id":"156465ew23erfd",
                "access_token":"131655dsaf23434rfs",
                "plugin_id":"132132324srfd",
                "corp_id":"416516523rfef34rf"
            }
            """,
        Reply = """
            {
                "open_id": "123649222",
                "is_bind": true
            }
            """,
        Demo = [
            new()
            {
                Needs = [IotDocuments.Standard],
                Body = """{"source":10,"corp_id":"{{corp_id}}","open_id":"{{standard_open_id}}","access_token":"{{standard_token}}"}""",
            },
        ],
    };

    protected override async Task<Outcome<IsBindReply>> HandleAsync(ThirdPartyRequest request, FaceCall call)
    {
        var registration = await signIn.CheckAsync(request.ToCall(call), call.Cancellation);
        return registration.Ok
            ? new IsBindReply(registration.Value.User?.Id.Value.ToString(CultureInfo.InvariantCulture), registration.Value.User is not null)
            : registration.Fault;
    }
}
