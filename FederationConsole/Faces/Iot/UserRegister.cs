using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Features.SignIn;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>Registering by phone or mail (faces.md, Iot).</summary>
public sealed record UserRegisterRequest(
    string? CorpId, string? Phone, string? PhoneZone, string? Email, string? Verifycode, string? Nickname, string? Password, string? PluginId) : IContactRequest;

/// <param name="Phone">The national number, or none.</param>
/// <param name="Email">Lower case, or none.</param>
public sealed record UserRegisterReply(long UserId, string? Phone, string? Email);

public sealed class UserRegisterRequestValidator : AbstractValidator<UserRegisterRequest>
{
    public UserRegisterRequestValidator()
    {
        this.Contact(phone: true, email: true);
        RuleFor(r => r.Verifycode).Required().Text(16);
        RuleFor(r => r.Nickname).Text(64);
        // What a password may be is the policy's, which has a code of its own.
        RuleFor(r => r.Password).Required().MaximumLength(1024);
    }
}

internal sealed class UserRegister(ProjectCatalog projects, UserRegistration registration)
    : FaceHandler<UserRegisterRequest, UserRegisterReply>(new UserRegisterRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("用户注册", "Register")
    {
        Text = "用手机号或邮箱与验证码注册。",
        Faults = [.. IotDocuments.Contact, FaultKind.WeakPassword, .. IotDocuments.Codes, FaultKind.PhoneRegistered, FaultKind.EmailRegistered],
        Reply = """{"user_id":112356456,"email":"liqinghua@xlink.cn"}""",
        Demo = [
            new()
            {
                Body = """{"corp_id":"{{corp_id}}","email":"code{{run}}@example.com","verifycode":"000000","nickname":"李清华","password":"Test46525dff"}""",
                Expects = FaultKind.MailCodeWrong,
            },
        ],
    };

    protected override async Task<Outcome<UserRegisterReply>> HandleAsync(UserRegisterRequest request, FaceCall call)
    {
        var contact = IotContact.Of(projects, request);
        if (!contact.Ok)
        {
            return contact.Fault;
        }

        var (environment, app, target) = contact.Value;
        var nickname = string.IsNullOrWhiteSpace(request.Nickname) ? null : request.Nickname.Trim();
        var user = await registration.RegisterAsync(
            new(environment, target, app, request.Verifycode!, nickname, request.Password!), contact.Value.Actor(call), call.Cancellation);
        return user.Ok
            ? new UserRegisterReply(user.Value.Id.Value, user.Value.NationalPhone, target.Channel == MessageChannel.Mail ? target.Text : null)
            : user.Fault;
    }
}
