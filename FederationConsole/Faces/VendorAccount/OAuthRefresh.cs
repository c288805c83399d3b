using FederationConsole.Features.VendorAccounts;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.VendorAccount;

/// <param name="RefreshToken">Ours, of the last login or refresh; good for one use.</param>
/// <param name="AppKey">Must be the app's that signed in, where it is said.</param>
public sealed record OAuthRefreshRequest(string? RefreshToken, string? AppKey);

public sealed class OAuthRefreshRequestValidator : AbstractValidator<OAuthRefreshRequest>
{
    public OAuthRefreshRequestValidator()
    {
        RuleFor(r => r.RefreshToken).Required().Text(256);
        RuleFor(r => r.AppKey).Text(64);
    }
}

/// <summary><c>POST /account/v1/oauth/refresh</c>: the vendor is asked first (seed 003, 第二步 2); ours is renewed only after its yes.</summary>
internal sealed class OAuthRefresh(VendorSignIn signIn) : FaceHandler<OAuthRefreshRequest, OAuthSession>(new OAuthRefreshRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("刷新会话", "Renew a session")
    {
        Seed = "003, 第二步 2",
        Text = "先向厂商刷新，厂商同意后才刷新平台的会话；厂商返回 100003 或 100004 时会话结束。",
        Faults = [FaultKind.RefreshTokenUnknown, FaultKind.RefreshTokenSpent, FaultKind.ThirdPartyFailed, FaultKind.UserDisabled],
        Reply = """{"result_code":"0","message":"成功","user_id":112356456,"open_id":"OPENID","access_token":"AZmjwgAAcACAAAAAAAAAAQ…","refresh_token":"AZmjwgAAcACAAAAAAAAAAQ…","expire_in":7200}""",
        Demo = [new() { Body = """{"refresh_token":"{{vendor_refresh}}","app_key":"{{app_key}}"}""", Captures = [new("vendor_refresh", "refresh_token")] }],
    };

    protected override async Task<Outcome<OAuthSession>> HandleAsync(OAuthRefreshRequest request, FaceCall call)
    {
        var session = await signIn.RefreshAsync(request.RefreshToken!, string.IsNullOrEmpty(request.AppKey) ? null : request.AppKey, new(call.RequestId, call.Address));
        return session.Ok ? OAuthSession.Of(session.Value) : session.Fault;
    }
}
