using System.ComponentModel;
using System.Text.Json.Serialization;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Verifications;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>What 5.1.3.1, email_verifycode and forgot ask for.</summary>
/// <param name="Captcha">What the person read in the picture, when they were asked to.</param>
public sealed record VerifyCodeRequest(
    [property: Description("企业标识")] string? CorpId, [property: Description("手机号")] string? Phone, [property: Description("手机区号")] string? PhoneZone, string? Email,
    [property: Description("图片验证码,当调用本接口到了一定次数以后需要该字段")] string? Captcha, [property: Description("注册用户绑定的应用标识")] string? PluginId) : IContactRequest
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
    : FaceHandler<VerifyCodeRequest, IotNothing>(new VerifyCodeRequestValidator(phone: true, email: false)), IDocumented
{
    public static Documentation Documentation => new("获取手机验证码", "A code by SMS")
    {
        Seed = "002, 5.1.3.1",
        Text = "互联网用户使用App使用手机号码注册为注册成为物联云平台用户前,请求发送一封手机验证码的短信,手机验证码有效期是120秒。",
        Faults = [.. IotDocuments.Contact, FaultKind.SmsLimit, FaultKind.CaptchaNeeded, FaultKind.CaptchaWrong],
        Request = """
            {
                "corp_id":"1235sdfsd5465df5ds",
                "phone":"13838383388",
                "phone_zone":"+86",
                "captcha":"265621",
                "plugin_id":"265655233sdfs6"
            }
            """,
        Reply = "{}",
        Demo = [new() { Body = """{"corp_id":"{{corp_id}}","phone":"139{{run}}","phone_zone":"+86"}""" }],
    };

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
    : FaceHandler<VerifyCodeRequest, IotNothing>(new VerifyCodeRequestValidator(phone: false, email: true)), IDocumented
{
    public static Documentation Documentation => new("获取邮箱验证码", "A code by mail")
    {
        Text = "注册前向邮箱发送验证码，有效期120秒。",
        Faults = [.. IotDocuments.Contact, FaultKind.SmsLimit, FaultKind.CaptchaNeeded, FaultKind.CaptchaWrong],
        Reply = "{}",
        Demo = [new() { Body = """{"corp_id":"{{corp_id}}","email":"code{{run}}@example.com"}""" }],
    };

    protected override Task<Outcome<IotNothing>> HandleAsync(VerifyCodeRequest request, FaceCall call) =>
        VerifyCode.SendAsync(projects, codes, request with { Phone = null, PhoneZone = null }, call);
}
