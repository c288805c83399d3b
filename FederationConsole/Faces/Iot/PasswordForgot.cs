using FederationConsole.Features.Projects;
using FederationConsole.Features.SignIn;
using FederationConsole.Features.Verifications;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>Sends a code to whoever has this phone or mail; <c>{}</c> whether there is such a user or not (faces.md, Iot).</summary>
internal sealed class PasswordForgot(ProjectCatalog projects, PasswordRecovery recovery)
    : FaceHandler<VerifyCodeRequest, IotNothing>(new VerifyCodeRequestValidator(phone: true, email: true)), IDocumented
{
    public static Documentation Documentation => new("忘记密码-获取验证码", "Forgotten password: a code")
    {
        Text = "无论用户是否存在都返回成功。",
        Faults = [.. IotDocuments.Contact, FaultKind.SmsLimit, FaultKind.CaptchaNeeded, FaultKind.CaptchaWrong],
        Reply = "{}",
        Demo = [new() { Body = """{"corp_id":"{{corp_id}}","email":"nobody{{run}}@example.com"}""" }],
    };

    protected override async Task<Outcome<IotNothing>> HandleAsync(VerifyCodeRequest request, FaceCall call)
    {
        var contact = IotContact.Of(projects, request);
        if (!contact.Ok)
        {
            return contact.Fault;
        }

        // The new password is set without naming an app, so the code is no app's.
        var sent = await recovery.ForgetAsync(request.ToCode(contact.Value with { App = null }, CodePurpose.ResetPassword, call));
        return sent.Ok ? IotNothing.Instance : sent.Fault;
    }
}

/// <summary>A new password for a code (faces.md, Iot). The user's sessions end.</summary>
public sealed record FoundBackRequest(string? CorpId, string? Phone, string? PhoneZone, string? Email, string? Verifycode, string? NewPassword) : IContactRequest
{
    string? IContactRequest.PluginId => null;
}

public sealed class FoundBackRequestValidator : AbstractValidator<FoundBackRequest>
{
    public FoundBackRequestValidator()
    {
        this.Contact(phone: true, email: true);
        RuleFor(r => r.Verifycode).Required().Text(16);
        RuleFor(r => r.NewPassword).Required().MaximumLength(1024);
    }
}

internal sealed class PasswordFoundBack(ProjectCatalog projects, PasswordRecovery recovery)
    : FaceHandler<FoundBackRequest, IotNothing>(new FoundBackRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("忘记密码-设置新密码", "Forgotten password: a new one")
    {
        Text = "用验证码设置新密码，用户的全部会话随之结束。",
        Faults = [.. IotDocuments.Contact, FaultKind.WeakPassword, .. IotDocuments.Codes, FaultKind.UnknownUser, FaultKind.UserDisabled],
        Reply = "{}",
        Demo = [
            new()
            {
                Body = """{"corp_id":"{{corp_id}}","email":"nobody{{run}}@example.com","verifycode":"000000","new_password":"Test46525dfg"}""",
                Expects = FaultKind.MailCodeWrong,
            },
        ],
    };

    protected override async Task<Outcome<IotNothing>> HandleAsync(FoundBackRequest request, FaceCall call)
    {
        var contact = IotContact.Of(projects, request);
        if (!contact.Ok)
        {
            return contact.Fault;
        }

        var done = await recovery.ResetAsync(
            contact.Value.Environment, contact.Value.Target, request.Verifycode!, request.NewPassword!, contact.Value.Actor(call), call.Cancellation);
        return done.Ok ? IotNothing.Instance : done.Fault;
    }
}
