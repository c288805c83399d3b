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
internal sealed class OAuthRefresh(VendorSignIn signIn) : FaceHandler<OAuthRefreshRequest, OAuthSession>(new OAuthRefreshRequestValidator())
{
    protected override async Task<Outcome<OAuthSession>> HandleAsync(OAuthRefreshRequest request, FaceCall call)
    {
        var session = await signIn.RefreshAsync(request.RefreshToken!, string.IsNullOrEmpty(request.AppKey) ? null : request.AppKey, new(call.RequestId, call.Address));
        return session.Ok ? OAuthSession.Of(session.Value) : session.Fault;
    }
}
