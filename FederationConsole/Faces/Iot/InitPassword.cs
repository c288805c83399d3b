using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.SignIn;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

public sealed record InitPasswordRequest(string? Password);

public sealed class InitPasswordRequestValidator : AbstractValidator<InitPasswordRequest>
{
    public InitPasswordRequestValidator() => RuleFor(r => r.Password).Required().Text(UserPasswords.MaxLength);
}

/// <summary>5.1.5 第三方用户初始化登录密码: once.</summary>
internal sealed class InitPassword(IotAccess access, PasswordSignIn passwords)
    : SignedInHandler<InitPasswordRequest, IotNothing>(access, new InitPasswordRequestValidator())
{
    protected override async Task<Outcome<IotNothing>> HandleAsync(InitPasswordRequest request, CheckedSession session, FaceCall call)
    {
        var done = await passwords.InitialiseAsync(session, request.Password!, ActorOf(session, call), call.Cancellation);
        return done.Ok ? IotNothing.Instance : done.Fault;
    }
}
