using System.ComponentModel;
using System.Text;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Verifications;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>5.1.3.2 获取图片验证码; an e-mail in the phone's place is ours.</summary>
public sealed record CaptchaRequest(
    [property: Description("企业标识")] string? CorpId, [property: Description("手机号")] string? Phone, [property: Description("手机区号")] string? PhoneZone, string? Email) : IContactRequest
{
    string? IContactRequest.PluginId => null;
}

/// <param name="Url">Of the picture; with <c>?form=text</c> it is a question with the same answer, for those who cannot see it.</param>
public sealed record CaptchaReply([property: Description("验证码图片地址")] string Url);

public sealed class CaptchaRequestValidator : AbstractValidator<CaptchaRequest>
{
    public CaptchaRequestValidator() => this.Contact(phone: true, email: true);
}

internal sealed class RegisterCaptcha(ProjectCatalog projects, Captchas captchas) : FaceHandler<CaptchaRequest, CaptchaReply>(new CaptchaRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("获取图片验证码", "A picture to read")
    {
        Seed = "002, 5.1.3.2",
        Text = "当互联网用户的注册手机在一定时间段内获取手机验证码过于频繁时,此时获取手机验证码被要求需要图片验证码防止机刷手机验证码",
        Faults = [FaultKind.PhoneZoneInvalid, FaultKind.UnknownCorp, FaultKind.WayNotOffered],
        Request = """
            {
                "corp_id":"1235sdfsd5465df5ds",
                "phone":"13838383388",
                "phone_zone":"+86"
            }
            """,
        Reply = """
            {
                "url": "http://www.baidu.com"
            }
            """,
        Demo = [new() { Body = """{"corp_id":"{{corp_id}}","phone":"139{{run}}","phone_zone":"+86"}""", Captures = [Capture.LastSegment("captcha_id", "url")] }],
    };

    protected override async Task<Outcome<CaptchaReply>> HandleAsync(CaptchaRequest request, FaceCall call)
    {
        var contact = IotContact.Of(projects, request);
        if (!contact.Ok)
        {
            return contact.Fault;
        }

        var id = await captchas.IssueAsync(contact.Value.Environment, contact.Value.Target, call.Address);
        return id.Ok ? new CaptchaReply($"{call.Origin}{call.Path}/{id.Value}") : id.Fault;
    }
}

/// <summary>GET of the address that <see cref="RegisterCaptcha"/> gave: the picture, or the question.</summary>
internal sealed class CaptchaImage(Captchas captchas) : FaceHandler<FaceFile>, IDocumented
{
    private const string Id = "id";
    private const string Form = "form";

    public static Documentation Documentation => new("图片验证码的图片", "The picture")
    {
        Text = "PNG 图片，5 分钟内有效，只能用于一次验证。",
        Produces = "image/png",
        Parameters = [Parameter.Path(Id, "上一步返回的 url 的最后一段"), Parameter.Query(Form, "text：返回同一答案的文字问题，供看不见图片的人使用")],
        Faults = [FaultKind.NotFound],
        Demo = [new() { Values = new Dictionary<string, string> { [Id] = "{{captcha_id}}" } }],
    };

    protected override async ValueTask<Outcome<FaceFile>> HandleAsync(FaceCall call)
    {
        var id = call.PathText(Id);
        if (call.Query(Form) == "text")
        {
            var question = await captchas.AskAsync(id);
            return question.Ok ? new FaceFile("text/plain; charset=utf-8", Encoding.UTF8.GetBytes(question.Value)) : question.Fault;
        }

        var picture = await captchas.DrawAsync(id);
        return picture.Ok ? new FaceFile("image/png", picture.Value) : picture.Fault;
    }
}
