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
internal sealed class OAuthLogin(VendorSignIn signIn) : FaceHandler<OAuthLoginRequest, OAuthSession>(new OAuthLoginRequestValidator())
{
    protected override async Task<Outcome<OAuthSession>> HandleAsync(OAuthLoginRequest request, FaceCall call)
    {
        var session = await signIn.SignInAsync(
            new(request.AppKey!, request.AuthCode!, request.Resource ?? "", call.Address, call.Client, call.RequestId), call.Cancellation);
        return session.Ok ? OAuthSession.Of(session.Value) : session.Fault;
    }
}
