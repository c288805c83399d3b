using System.ComponentModel;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.SignIn;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

public sealed record InitPasswordRequest([property: Description("初始化密码")] string? Password);

public sealed class InitPasswordRequestValidator : AbstractValidator<InitPasswordRequest>
{
    public InitPasswordRequestValidator() => RuleFor(r => r.Password).Required().Text(UserPasswords.MaxLength);
}

/// <summary>5.1.5 第三方用户初始化登录密码: once.</summary>
internal sealed class InitPassword(IotAccess access, PasswordSignIn passwords)
    : SignedInHandler<InitPasswordRequest, IotNothing>(access, new InitPasswordRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("第三方用户初始化登录密码", "A third-party user’s first password")
    {
        Seed = "002, 5.1.5",
        Text = "C端第三方用户一般不需要使用密码进行登录,但是在绑定了邮箱或者手机之后需要切换为邮箱或者手机登录时又必须要有密码;为了解决该需求故而提供了第三方用户初始化登录密" +
            "码的功能,第三方用户只能初始化一次密码,如若忘记密码则需要进入找回密码流程",
        Parameters = [IotDocuments.UserId],
        Faults = [.. IotDocuments.User, FaultKind.NotThirdPartyUser, FaultKind.PasswordInitialised, FaultKind.WeakPassword],
        Request = """
            {
                "password": "Test46525dff"
            }
            """,
        Reply = "{}",
        Demo = [new() { Values = new Dictionary<string, string> { [IotDocuments.UserIdName] = "{{user_id}}" }, Body = """{"password":"Test46525dff"}""" }],
    };

    protected override async Task<Outcome<IotNothing>> HandleAsync(InitPasswordRequest request, CheckedSession session, FaceCall call)
    {
        var done = await passwords.InitialiseAsync(session, request.Password!, ActorOf(session, call), call.Cancellation);
        return done.Ok ? IotNothing.Instance : done.Fault;
    }
}
