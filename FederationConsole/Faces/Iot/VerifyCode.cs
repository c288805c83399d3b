using System.Text.Json.Serialization;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Verifications;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>What 5.1.3.1, email_verifycode and forgot ask for.</summary>
/// <param name="Captcha">What the person read in the picture, when they were asked to.</param>
public sealed record VerifyCodeRequest(string? CorpId, string? Phone, string? PhoneZone, string? Email, string? Captcha, string? PluginId) : IContactRequest
{
    internal CodeRequest ToCode(IotContact contact, CodePurpose purpose, FaceCall call) =>
        new(contact.Environment, purpose, contact.Target, contact.App?.Id ?? default, Captcha, call.Address, call.RequestId);
}

public sealed class VerifyCodeRequestValidator : AbstractValidator<VerifyCodeRequest>
{
    public VerifyCodeRequestValidator(bool phone, bool email)
    {
        this.Contact(phone, email);
        RuleFor(r => r.Captcha).Text(16);
    }
}

/// <summary>5.1.3.1 获取手机验证码: for registering and for binding a phone.</summary>
internal sealed class VerifyCode(ProjectCatalog projects, CodeService codes)
    : FaceHandler<VerifyCodeRequest, IotNothing>(new VerifyCodeRequestValidator(phone: true, email: false))
{
    protected override Task<Outcome<IotNothing>> HandleAsync(VerifyCodeRequest request, FaceCall call) =>
        SendAsync(projects, codes, request with { Email = null }, call);

    internal static async Task<Outcome<IotNothing>> SendAsync(ProjectCatalog projects, CodeService codes, VerifyCodeRequest request, FaceCall call)
    {
        var contact = IotContact.Of(projects, request);
        if (!contact.Ok)
        {
            return contact.Fault;
        }

        var sent = await codes.SendAsync(request.ToCode(contact.Value, CodePurpose.Register, call), call.Cancellation);
        return sent.Ok ? IotNothing.Instance : sent.Fault;
    }
}

/// <summary>The same by mail (faces.md, Iot).</summary>
internal sealed class EmailVerifyCode(ProjectCatalog projects, CodeService codes)
    : FaceHandler<VerifyCodeRequest, IotNothing>(new VerifyCodeRequestValidator(phone: false, email: true))
{
    protected override Task<Outcome<IotNothing>> HandleAsync(VerifyCodeRequest request, FaceCall call) =>
        VerifyCode.SendAsync(projects, codes, request with { Phone = null, PhoneZone = null }, call);
}
