using System.ComponentModel;
using FederationConsole.Features.SignIn;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Iot;

/// <summary>5.1.1 校验第三方openId在平台的信息.</summary>
/// <param name="Phone">The national number.</param>
public sealed record RegisterCheckReply(
    [property: Description("在平台是否已注册")] bool IsRegister, [property: Description("如果已注册,则对应平台的用户标识")] long? UserId, [property: Description("如果已注册,则对应平台的手机号码")] string? Phone);

internal sealed class RegisterCheck(ThirdPartySignIn signIn) : FaceHandler<ThirdPartyRequest, RegisterCheckReply>(new ThirdPartyRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("校验第三方openId在平台的信息", "Is this open id known")
    {
        Seed = "002, 5.1.1",
        Text = "第三方用户登录在获取到第三方openId以及第三方AccessToken之后,向物联云平台发起信息查询,查询openId是否在平台下; 该接口为无认证,但会根据" +
            "第三方openId以及第三方AccessToken向第三方发起校验.",
        Faults = [.. IotDocuments.ThirdParty],
        Request = """
            {
                "source": 4,
                "corp_id": "45649745ed2f2dsf4dsf",
                "open_id": "15641564sdaf6ew45f1d2",
                "access_token": "1wef1sd5a4f564efd5fd5f4f456dfd",
                "plugin_id": "12sd56fewdfdsf"
            }
            """,
        Reply = """
            {
                "is_register":true,
                "user_id":165498562,
                "phone":"13838383388"
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

    protected override async Task<Outcome<RegisterCheckReply>> HandleAsync(ThirdPartyRequest request, FaceCall call)
    {
        var registration = await signIn.CheckAsync(request.ToCall(call), call.Cancellation);
        return registration.Ok
            ? new RegisterCheckReply(registration.Value.User is not null, registration.Value.User?.Id.Value, registration.Value.User?.NationalPhone)
            : registration.Fault;
    }
}
