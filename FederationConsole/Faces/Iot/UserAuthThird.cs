using System.ComponentModel;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.SignIn;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Iot;

/// <summary>A session as seed 002 hands it out.</summary>
/// <param name="ExpireIn">Seconds.</param>
public sealed record IotSession(
    [property: Description("用户标识")] long UserId, [property: Description("调用凭证")] string AccessToken, [property: Description("刷新凭证")] string RefreshToken,
    [property: Description("调用凭证的有效期")] int ExpireIn, [property: Description("用户认证码")] string Authorize)
{
    public static IotSession Of(IssuedSession issued) =>
        new(issued.UserId.Value, issued.AccessToken, issued.RefreshToken, issued.ExpiresIn, issued.Authorize);
}

/// <summary>5.1.2 第三方用户登录.</summary>
internal sealed class UserAuthThird(ThirdPartySignIn signIn) : FaceHandler<ThirdPartyRequest, IotSession>(new ThirdPartyRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("第三方用户登录", "Sign in by a third party")
    {
        Seed = "002, 5.1.2",
        Text = "用户在通过了第三方平台登录成功后,通过第三方openId、accessToken在物联云平台请求登录,如果第三方用户不在物联云平台则直接创建一个用户,如果已在物联云平台则更新相关信息.",
        Faults = [.. IotDocuments.ThirdParty, FaultKind.UserDisabled, FaultKind.WayNotOffered],
        Request = """
            {
                "source": 4,
                "corp_id": "1235aed1f1df222",
                "open_id":"156s1fe6d123fef15d1d2",
                "access_token":"1112sdfwefdsfafd212",
                "name":"李清华",
                "resource":"TEST",
                "plugin_id":"131566efdfaew23"
            }
            """,
        Reply = """
            {
                "user_id":112356456,
                "access_token":"dsfs16we1d1fd23afew5fdf",
                "refresh_token":"1561ewfd1s2fwe5fffdfdsfsdf",
                "expire_in":7200,
                "authorize":"dsfe1561d56fds1fe"
            }
            """,
        Demo = [
            new()
            {
                Needs = [IotDocuments.Standard],
                Body = """{"source":10,"corp_id":"{{corp_id}}","open_id":"{{standard_open_id}}","access_token":"{{standard_token}}","name":"李清华","resource":"TEST"}""",
                Captures = [new("user_id", "user_id"), new("user_token", "access_token"), new("user_refresh", "refresh_token")],
            },
        ],
    };

    protected override async Task<Outcome<IotSession>> HandleAsync(ThirdPartyRequest request, FaceCall call)
    {
        var issued = await signIn.SignInAsync(request.ToCall(call), request.Name, request.Resource ?? "", call.Cancellation);
        return issued.Ok ? IotSession.Of(issued.Value) : issued.Fault;
    }
}
