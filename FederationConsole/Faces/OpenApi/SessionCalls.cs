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
internal sealed class AutoLoginCall(JointCodes codes) : FaceHandler<AutoLoginRequest, SessionReply>(new AutoLoginRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("中间页兑换登录code", "The page redeems its code")
    {
        Text = "前端登录的中间页用它把 uid 和 code 换成会话；code 只能用一次。target 是带上 token 的 returl。",
        Faults = [FaultKind.NotFound, FaultKind.UserDisabled],
        Reply = """
            {"businessCode":0,"businessMessage":"","data":{"accessToken":"AZmjwgAAcACAAAAAAAAAAQ…","refreshToken":"AZmjwgAAcACAAAAAAAAAAQ…","expiresIn":7200,"target":"http://127.0.0.1:5080/?token=AZmjwgAAcACAAAAAAAAAAQ…"}}
            """,
        Demo =
        [
            new()
            {
                Body = """{"uid":"{{account_id}}","code":"{{login_code}}","returl":"{{return_url}}"}""",
                Captures = [new("session_token", "data.accessToken"), new("session_refresh", "data.refreshToken")],
            },
        ],
    };

    protected override async Task<Outcome<SessionReply>> HandleAsync(AutoLoginRequest request, FaceCall call)
    {
        var done = await codes.RedeemAsync(new(request.Uid!, request.Code!, request.Returl!, request.TokenIn == AutoLoginPage.Fragment, call.Address, call.Client, call.RequestId));
        return done.Ok ? SessionReply.Of(done.Value.Session, done.Value.Target) : done.Fault;
    }
}

/// <summary><c>POST /op/security/session</c>: a website takes a session of its own for the token in its address.</summary>
internal sealed class SessionTake(JointSessions sessions) : FaceHandler<SessionTokenRequest, SessionReply>(new SessionTokenRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("网站换取自己的会话", "A website takes a session of its own")
    {
        Text = "returl 所在的网站（/js/session.js）用地址里的 token 换取自己的会话，每次登录只能换一次。浏览器带上的 Origin 必须在返回地址列表中。",
        Parameters = [Parameter.Header(Origin, "网站的源，由浏览器填写", required: true)],
        Faults = [FaultKind.RefreshTokenUnknown, FaultKind.Forbidden, FaultKind.UserDisabled],
        Reply = """{"businessCode":0,"businessMessage":"","data":{"accessToken":"AZmjwgAAcACAAAAAAAAAAg…","refreshToken":"AZmjwgAAcACAAAAAAAAAAg…","expiresIn":7200,"target":null}}""",
        Demo = [new() { Values = new Dictionary<string, string> { [Origin] = "{{return_origin}}" }, Body = """{"token":"{{session_token}}"}""" }],
    };

    private const string Origin = "Origin";

    protected override async Task<Outcome<SessionReply>> HandleAsync(SessionTokenRequest request, FaceCall call)
    {
        var taken = await sessions.TakeAsync(request.Token!, call.Header(Origin), call.Address, call.Client);
        return taken.Ok ? SessionReply.Of(taken.Value) : taken.Fault;
    }
}

/// <summary><c>POST /op/security/refresh</c>.</summary>
internal sealed class SessionRefresh(JointSessions sessions) : FaceHandler<SessionRefreshRequest, SessionReply>(new SessionRefreshRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("刷新会话", "Renew a session")
    {
        Text = "定时器在 token 过期之前调用；refreshToken 只能用一次，每次返回新的一对。",
        Faults = [FaultKind.RefreshTokenUnknown, FaultKind.RefreshTokenSpent, FaultKind.UserDisabled],
        Reply = """{"businessCode":0,"businessMessage":"","data":{"accessToken":"AZmjwgAAcACAAAAAAAAAAQ…","refreshToken":"AZmjwgAAcACAAAAAAAAAAQ…","expiresIn":7200,"target":null}}""",
        Demo = [new() { Body = """{"refreshToken":"{{session_refresh}}"}""", Captures = [new("session_token", "data.accessToken"), new("session_refresh", "data.refreshToken")] }],
    };

    protected override async Task<Outcome<SessionReply>> HandleAsync(SessionRefreshRequest request, FaceCall call)
    {
        var renewed = await sessions.RefreshAsync(request.RefreshToken!, new(call.RequestId, call.Address));
        return renewed.Ok ? SessionReply.Of(renewed.Value) : renewed.Fault;
    }
}

/// <summary><c>POST /op/security/signout</c>.</summary>
internal sealed class SessionSignOut(JointSessions sessions) : FaceHandler<SessionTokenRequest, SessionReply>(new SessionTokenRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("退出登录", "Sign out")
    {
        Text = "结束会话以及与它配对的网站会话；已经结束的也返回成功。",
        Reply = """{"businessCode":0,"businessMessage":"","data":null}""",
        Demo = [new() { Body = """{"token":"{{session_token}}"}""" }],
    };

    protected override async Task<Outcome<SessionReply>> HandleAsync(SessionTokenRequest request, FaceCall call)
    {
        await sessions.EndAsync(request.Token!);
        return new SessionReply(0, "", null);
    }
}
