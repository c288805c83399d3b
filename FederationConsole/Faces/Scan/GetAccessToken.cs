using FederationConsole.Features.QrLogin;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Scan;

/// <summary>1.3.2 通过auth_code获取access_token.</summary>
public sealed record AccessTokenReply(int Code, string AccessToken);

/// <summary><c>GET</c> or <c>POST</c>, form or JSON: app_id, app_secret, auth_code.</summary>
internal sealed class GetAccessToken(AuthCodes codes) : IFaceHandler, IDocumented
{
    private const string AppId = "app_id";

    public static Documentation Documentation => new("通过auth_code获取access_token", "The auth_code against an access_token")
    {
        Seed = "004, 1.3.2",
        Text = "GET 用查询参数；POST 也可以用表单或 JSON。auth_code 只能用一次，有效期10分钟；再次使用会结束第一次得到的会话。access_token 有效期2小时。",
        Parameters =
        [
            Parameter.Query(AppId, "应用唯一标识(注册应用时获取)", required: true),
            Parameter.Query(AuthCodes.SecretField, "应用秘钥(注册应用时获取)", required: true),
            Parameter.Query(AuthCodes.CodeField, "填写第一步获取的auth_code参数(有效期10分钟)", required: true),
        ],
        Faults = [FaultKind.UnknownApp, FaultKind.PasswordWrong, new(FaultKind.NotFound, AuthCodes.CodeField), FaultKind.Forbidden],
        Reply = """
            {
                "success": 1,
                "data": {
                    "code": 1,
                    "access_token":"@access_token"
                }
            }
            """,
        Demo =
        [
            new()
            {
                Values = new Dictionary<string, string> { [AppId] = "{{app_key}}", [AuthCodes.SecretField] = "{{app_secret}}", [AuthCodes.CodeField] = "{{auth_code}}" },
                Captures = [new("scan_token", "data.access_token")],
            },
        ],
    };

    public HandlerShape Shape { get; } = new(null, typeof(AccessTokenReply), null, Credential.None);

    public async Task<Outcome<object>> HandleAsync(FaceCall call, Face face, HttpContext http)
    {
        var parameters = await ScanParameters.ReadAsync(http);
        if (!parameters.Ok)
        {
            return parameters.Fault;
        }

        var (app, secret, code) = (parameters.Value.Required(AppId), parameters.Value.Required(AuthCodes.SecretField), parameters.Value.Required(AuthCodes.CodeField));
        if ((app.Fault ?? secret.Fault ?? code.Fault) is { } fault)
        {
            return fault;
        }

        var session = await codes.RedeemAsync(app.Value!, secret.Value!, code.Value!);
        return session.Ok ? new AccessTokenReply(1, session.Value.AccessToken) : session.Fault;
    }
}
