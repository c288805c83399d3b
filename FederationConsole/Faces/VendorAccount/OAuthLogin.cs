using FederationConsole.Features.VendorAccounts;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.VendorAccount;

/// <param name="AuthCode">The Authorization Code that the vendor gave (seed 003, 第一步).</param>
/// <param name="Resource">A new login with the same one ends the old, different ones live side by side.</param>
public sealed record OAuthLoginRequest(string? AppKey, string? AuthCode, string? Resource);

/// <summary>A session of ours.</summary>
/// <param name="OpenId">The vendor's id of the person.</param>
/// <param name="ExpireIn">Seconds.</param>
public sealed record OAuthSession(long UserId, string OpenId, string AccessToken, string RefreshToken, int ExpireIn) : VendorAccountReply
{
    public static OAuthSession Of(VendorSession session) =>
        new(session.Issued.UserId.Value, session.OpenId, session.Issued.AccessToken, session.Issued.RefreshToken, session.Issued.ExpiresIn);
}

public sealed class OAuthLoginRequestValidator : AbstractValidator<OAuthLoginRequest>
{
    public OAuthLoginRequestValidator()
    {
        RuleFor(r => r.AppKey).Required().Text(64);
        RuleFor(r => r.AuthCode).Required().Text(4096);
        RuleFor(r => r.Resource).Text(64);
    }
}

/// <summary><c>POST /account/v1/oauth/login</c>: seed 003's 第二步 1 and 第三步 at the vendor, then a session of ours.</summary>
internal sealed class OAuthLogin(VendorSignIn signIn) : FaceHandler<OAuthLoginRequest, OAuthSession>(new OAuthLoginRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("用厂商的 Authorization Code 登录", "Sign in by the vendor’s authorization code")
    {
        Seed = "003, 第一步至第三步",
        Text = "厂商的 App 把 Authorization Code 交给应用，应用用它登录：平台按应用的配置向厂商换取 access_token、获取用户信息，然后签发自己的会话。厂商返回的结果码原样传出。",
        Faults = [FaultKind.UnknownApp, FaultKind.AppNotEnabled, FaultKind.SourceNotSetUp, FaultKind.ThirdPartyFailed, FaultKind.UserDisabled],
        Reply = """{"result_code":"0","message":"成功","user_id":112356456,"open_id":"OPENID","access_token":"AZmjwgAAcACAAAAAAAAAAQ…","refresh_token":"AZmjwgAAcACAAAAAAAAAAQ…","expire_in":7200}""",
        Demo =
        [
            new()
            {
                Needs = [Vendor],
                Body = """{"app_key":"{{app_key}}","auth_code":"{{vendor_code}}"}""",
                Captures = [new("vendor_user_id", "user_id"), new("vendor_refresh", "refresh_token")],
            },
        ],
    };

    private static readonly DemoPreparation Vendor = new(
        "沙箱：在厂商登录", "Sandbox: sign in at the vendor", "/sandbox/vendor/issue", """{"nickname":"李清华"}""", [new("vendor_open_id", "open_id"), new("vendor_code", "code")]);

    protected override async Task<Outcome<OAuthSession>> HandleAsync(OAuthLoginRequest request, FaceCall call)
    {
        var session = await signIn.SignInAsync(
            new(request.AppKey!, request.AuthCode!, request.Resource ?? "", call.Address, call.Client, call.RequestId), call.Cancellation);
        return session.Ok ? OAuthSession.Of(session.Value) : session.Fault;
    }
}
