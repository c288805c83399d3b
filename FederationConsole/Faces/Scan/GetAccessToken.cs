using FederationConsole.Features.QrLogin;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Scan;

/// <summary>1.3.2 通过auth_code获取access_token.</summary>
public sealed record AccessTokenReply(int Code, string AccessToken);

/// <summary><c>GET</c> or <c>POST</c>, form or JSON: app_id, app_secret, auth_code.</summary>
internal sealed class GetAccessToken(AuthCodes codes) : IFaceHandler
{
    public HandlerShape Shape { get; } = new(null, typeof(AccessTokenReply), null, Credential.None);

    public async Task<Outcome<object>> HandleAsync(FaceCall call, Face face, HttpContext http)
    {
        var parameters = await ScanParameters.ReadAsync(http);
        if (!parameters.Ok)
        {
            return parameters.Fault;
        }

        var (app, secret, code) = (parameters.Value.Required("app_id"), parameters.Value.Required(AuthCodes.SecretField), parameters.Value.Required(AuthCodes.CodeField));
        if ((app.Fault ?? secret.Fault ?? code.Fault) is { } fault)
        {
            return fault;
        }

        var session = await codes.RedeemAsync(app.Value!, secret.Value!, code.Value!);
        return session.Ok ? new AccessTokenReply(1, session.Value.AccessToken) : session.Fault;
    }
}
