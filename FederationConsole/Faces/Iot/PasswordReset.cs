using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.SignIn;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

public sealed record PasswordResetRequest(string? OldPassword, string? NewPassword);

public sealed class PasswordResetRequestValidator : AbstractValidator<PasswordResetRequest>
{
    public PasswordResetRequestValidator()
    {
        RuleFor(r => r.OldPassword).Required().MaximumLength(UserPasswords.MaxLength);
        RuleFor(r => r.NewPassword).Required().Text(UserPasswords.MaxLength);
    }
}

/// <summary><c>PUT /v2/user/password/reset</c> (faces.md, Iot): the user's other sessions end.</summary>
internal sealed class PasswordReset(IotAccess access, PasswordSignIn passwords)
    : SignedInHandler<PasswordResetRequest, IotNothing>(access, new PasswordResetRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("修改密码", "Change the password")
    {
        Text = "用户的其他会话随之结束。",
        Faults = [FaultKind.WeakPassword, FaultKind.Locked, FaultKind.PasswordWrong],
        Reply = "{}",
        Demo = [new() { Body = """{"old_password":"Test46525dff","new_password":"Test46525dfg"}""" }],
    };

    protected override async Task<Outcome<IotNothing>> HandleAsync(PasswordResetRequest request, CheckedSession session, FaceCall call)
    {
        var done = await passwords.ChangeAsync(session, request.OldPassword!, request.NewPassword!, ActorOf(session, call), call.Cancellation);
        return done.Ok ? IotNothing.Instance : done.Fault;
    }
}
