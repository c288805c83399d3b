using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

public sealed record RefreshRequest(string? RefreshToken);

/// <param name="ExpireIn">Seconds.</param>
public sealed record RefreshReply(string AccessToken, string RefreshToken, int ExpireIn);

public sealed class RefreshRequestValidator : AbstractValidator<RefreshRequest>
{
    public RefreshRequestValidator() => RuleFor(r => r.RefreshToken).Required().Text(256);
}

/// <summary>Token refresh (faces.md, Iot): an expired access token is accepted, the refresh token is what counts.</summary>
internal sealed class TokenRefresh(SessionService sessions) : FaceHandler<RefreshRequest, RefreshReply>(new RefreshRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("刷新调用凭证", "Renew a session")
    {
        Text = "过期的 Access-Token 也接受；refresh_token 只能用一次，重复使用会结束整个会话。",
        Faults = [FaultKind.RefreshTokenUnknown, FaultKind.RefreshTokenSpent, FaultKind.UserDisabled],
        Reply = """{"access_token":"AZmjwgAAcACAAAAAAAAAAQ…","refresh_token":"AZmjwgAAcACAAAAAAAAAAQ…","expire_in":7200}""",
        Demo = [new() { Body = """{"refresh_token":"{{user_refresh}}"}""", Captures = [new("user_token", "access_token"), new("user_refresh", "refresh_token")] }],
    };

    protected override Credential Credential => Credential.UserToken;

    protected override ValueTask<Outcome> AdmitAsync(FaceCall call) =>
        ValueTask.FromResult<Outcome>(string.IsNullOrEmpty(call.Header(IotAccess.Header)) ? FaultKind.TokenMissing : Outcome.Done);

    protected override async Task<Outcome<RefreshReply>> HandleAsync(RefreshRequest request, FaceCall call)
    {
        var issued = await sessions.RefreshAsync(call.Header(IotAccess.Header)!, request.RefreshToken!, new(call.RequestId, call.Address));
        return issued.Ok ? new RefreshReply(issued.Value.AccessToken, issued.Value.RefreshToken, issued.Value.ExpiresIn) : issued.Fault;
    }
}
