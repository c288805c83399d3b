using FederationConsole.Features.SignIn;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Iot;

/// <summary>5.1.4 国外第三方用户登录.</summary>
internal sealed class UserAuthThirdForeign(ThirdPartySignIn signIn) : FaceHandler<ForeignRequest, IotSession>(new ForeignRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("国外第三方用户登录", "Sign in by a foreign third party")
    {
        Seed = "002, 5.1.4",
        Text = "由于国外网络访问限制原因导致该接口的存在,目前主要适用于facebook和twitter两种第三方登录;其中facebook使用oauth2.0验证;twitt" +
            "er使用oauth1.0验证,验证用户的接口是https://api.twitter.com/1.1/users/show.json?user_id={twit" +
            "ter_user_id}(客户端构造oauth_signature时需要用到)",
        Faults = [.. IotDocuments.ThirdParty, FaultKind.UserDisabled, FaultKind.WayNotOffered],
        Request = """
            {
                "source": 7,
                "corp_id": "12564dsf56efsdf",
                "open_id":"651fs1f25frdfsd",
                "access_token":"1fsd545rf56f15a1d",
                "name":"李清华",
                "resource":"TEST",
                "plugin_id":"12365a6efcdf23r43115",
                "oauth_version":"1.0",
                "oauth_consumer_key":"DC0sePOBbQ8bYdC8r4Smg",
                "oauth_signature_method":"HMAC-SHA1",
                "oauth_timestamp":"1477446586",
                "oauth_nonce":"1130669700",
                "oauth_signature":"PAWOXPqbWK13rL%2F5QrWfKcLRfKs%3D"
            }
            """,
        Reply = """
            {
                "user_id":56562231,
                "access_token":"dsf156sa1f65r532r561f561fsdf",
                "refresh_token":"165sd15f11eaw5d32rfdsfdsd",
                "expire_in":7200,
                "authorize":"111sd23f3rfdf1sd32f"
            }
            """,
        Demo = [
            new()
            {
                Needs = [IotDocuments.Facebook],
                Body = """{"source":7,"corp_id":"{{corp_id}}","open_id":"{{facebook_open_id}}","access_token":"{{facebook_token}}","oauth_version":"2.0","name":"李清华","resource":"TEST"}""",
            },
        ],
    };

    protected override async Task<Outcome<IotSession>> HandleAsync(ForeignRequest request, FaceCall call)
    {
        var issued = await signIn.SignInAsync(request.ToCall(call), request.Name, request.Resource ?? "", call.Cancellation);
        return issued.Ok ? IotSession.Of(issued.Value) : issued.Fault;
    }
}
