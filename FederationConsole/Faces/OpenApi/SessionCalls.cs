using FederationConsole.Features.JointLogin;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.OpenApi;

/// <summary>What <c>/js/session.js</c> and the autoLogin page are answered.</summary>
public sealed record SessionReply(int BusinessCode, string BusinessMessage, SessionData? Data)
{
    public static SessionReply Of(IssuedSession session, string? target = null) => new(0, "", new(session.AccessToken, session.RefreshToken, session.ExpiresIn, target));
}

/// <param name="ExpiresIn">Seconds of the access token.</param>
/// <param name="Target">Where autoLogin goes on to.</param>
public sealed record SessionData(string AccessToken, string RefreshToken, int ExpiresIn, string? Target);

/// <param name="TokenIn"><c>fragment</c>: behind <c>#</c>; anything else: in the query.</param>
public sealed record AutoLoginRequest(string? Uid, string? Code, string? Returl, string? TokenIn);

public sealed record SessionTokenRequest(string? Token);

public sealed record SessionRefreshRequest(string? RefreshToken);

public sealed class AutoLoginRequestValidator : AbstractValidator<AutoLoginRequest>
{
    public AutoLoginRequestValidator()
    {
        RuleFor(r => r.Uid).Required().MaximumLength(64);
        RuleFor(r => r.Code).Required().MaximumLength(Tokens.MaxLength);
        RuleFor(r => r.Returl).Required().MaximumLength(2048);
    }
}

public sealed class SessionTokenRequestValidator : AbstractValidator<SessionTokenRequest>
{
    public SessionTokenRequestValidator() => RuleFor(r => r.Token).Required().MaximumLength(Tokens.MaxLength);
}

public sealed class SessionRefreshRequestValidator : AbstractValidator<SessionRefreshRequest>
{
    public SessionRefreshRequestValidator() => RuleFor(r => r.RefreshToken).Required().MaximumLength(Tokens.MaxLength).OverridePropertyName("refreshToken").WithName("refreshToken");
}

/// <summary><c>POST /op/security/autologin</c>: the page's browser redeems its code.</summary>
internal sealed class AutoLoginCall(JointCodes codes) : FaceHandler<AutoLoginRequest, SessionReply>(new AutoLoginRequestValidator())
{
    protected override async Task<Outcome<SessionReply>> HandleAsync(AutoLoginRequest request, FaceCall call)
    {
        var done = await codes.RedeemAsync(new(request.Uid!, request.Code!, request.Returl!, request.TokenIn == AutoLoginPage.Fragment, call.Address, call.Client));
        return done.Ok ? SessionReply.Of(done.Value.Session, done.Value.Target) : done.Fault;
    }
}

/// <summary><c>POST /op/security/session</c>: a website takes a session of its own for the token in its address.</summary>
internal sealed class SessionTake(JointSessions sessions) : FaceHandler<SessionTokenRequest, SessionReply>(new SessionTokenRequestValidator())
{
    protected override async Task<Outcome<SessionReply>> HandleAsync(SessionTokenRequest request, FaceCall call)
    {
        var taken = await sessions.TakeAsync(request.Token!, call.Header("Origin"), call.Address, call.Client);
        return taken.Ok ? SessionReply.Of(taken.Value) : taken.Fault;
    }
}

/// <summary><c>POST /op/security/refresh</c>.</summary>
internal sealed class SessionRefresh(JointSessions sessions) : FaceHandler<SessionRefreshRequest, SessionReply>(new SessionRefreshRequestValidator())
{
    protected override async Task<Outcome<SessionReply>> HandleAsync(SessionRefreshRequest request, FaceCall call)
    {
        var renewed = await sessions.RefreshAsync(request.RefreshToken!, new(call.RequestId, call.Address));
        return renewed.Ok ? SessionReply.Of(renewed.Value) : renewed.Fault;
    }
}

/// <summary><c>POST /op/security/signout</c>.</summary>
internal sealed class SessionSignOut(JointSessions sessions) : FaceHandler<SessionTokenRequest, SessionReply>(new SessionTokenRequestValidator())
{
    protected override async Task<Outcome<SessionReply>> HandleAsync(SessionTokenRequest request, FaceCall call)
    {
        await sessions.EndAsync(request.Token!);
        return new SessionReply(0, "", null);
    }
}
