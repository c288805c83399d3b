using System.Text;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Verifications;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>5.1.3.2 获取图片验证码; an e-mail in the phone's place is ours.</summary>
public sealed record CaptchaRequest(string? CorpId, string? Phone, string? PhoneZone, string? Email) : IContactRequest
{
    string? IContactRequest.PluginId => null;
}

/// <param name="Url">Of the picture; with <c>?form=text</c> it is a question with the same answer, for those who cannot see it.</param>
public sealed record CaptchaReply(string Url);

public sealed class CaptchaRequestValidator : AbstractValidator<CaptchaRequest>
{
    public CaptchaRequestValidator() => this.Contact(phone: true, email: true);
}

internal sealed class RegisterCaptcha(ProjectCatalog projects, Captchas captchas) : FaceHandler<CaptchaRequest, CaptchaReply>(new CaptchaRequestValidator())
{
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
internal sealed class CaptchaImage(Captchas captchas) : FaceHandler<FaceFile>
{
    protected override async ValueTask<Outcome<FaceFile>> HandleAsync(FaceCall call)
    {
        var id = call.PathText("id");
        if (call.Query("form") == "text")
        {
            var question = await captchas.AskAsync(id);
            return question.Ok ? new FaceFile("text/plain; charset=utf-8", Encoding.UTF8.GetBytes(question.Value)) : question.Fault;
        }

        var picture = await captchas.DrawAsync(id);
        return picture.Ok ? new FaceFile("image/png", picture.Value) : picture.Fault;
    }
}
