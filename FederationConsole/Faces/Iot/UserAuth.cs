using FederationConsole.Features.Accounts;
using FederationConsole.Features.SignIn;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>A login by phone or e-mail and password (faces.md, Iot). Where both are given, the phone counts.</summary>
/// <param name="PhoneZone">Default +86.</param>
/// <param name="Resource">用户登录源: a new login with the same one ends the old, different ones live side by side.</param>
public sealed record UserAuthRequest(string? CorpId, string? Phone, string? PhoneZone, string? Email, string? Password, string? Resource, string? PluginId);

public sealed class UserAuthRequestValidator : AbstractValidator<UserAuthRequest>
{
    public UserAuthRequestValidator()
    {
        RuleFor(r => r.CorpId).Required().Text(64);
        RuleFor(r => r.Phone).Required().When(r => string.IsNullOrEmpty(r.Email), ApplyConditionTo.CurrentValidator).Text(32).IsPhone(r => r.PhoneZone);
        RuleFor(r => r.PhoneZone).Text(8);
        RuleFor(r => r.Email).Email().When(r => string.IsNullOrEmpty(r.Phone) && !string.IsNullOrEmpty(r.Email));
        RuleFor(r => r.Password).Required().MaximumLength(UserPasswords.MaxLength);
        RuleFor(r => r.Resource).Text(64);
        RuleFor(r => r.PluginId).Text(64);
    }
}

/// <summary><c>POST /v2/user_auth</c>: the same answer, in the same time, for a wrong password and for nobody.</summary>
internal sealed class UserAuth(PasswordSignIn signIn) : FaceHandler<UserAuthRequest, IotSession>(new UserAuthRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("密码登录", "Sign in by password")
    {
        Text = "手机号或邮箱，加密码。密码错误与用户不存在返回相同的错误码。",
        Faults = [.. IotDocuments.Contact, FaultKind.PasswordWrong, FaultKind.Locked, FaultKind.UserDisabled],
        Reply = """{"user_id":112356456,"access_token":"AZmjwgAAcACAAAAAAAAAAQ…","refresh_token":"AZmjwgAAcACAAAAAAAAAAQ…","expire_in":7200,"authorize":"dsfe1561d56fds1fe"}""",
        Demo = [
            new()
            {
                Body = """{"corp_id":"{{corp_id}}","phone":"137{{run}}","password":"Test46525dff","resource":"TEST"}""",
                Captures = [new("user_id", "user_id"), new("user_token", "access_token"), new("user_refresh", "refresh_token")],
            },
        ],
    };

    protected override async Task<Outcome<IotSession>> HandleAsync(UserAuthRequest request, FaceCall call)
    {
        PhoneNumber? phone = null;
        if (!string.IsNullOrEmpty(request.Phone))
        {
            phone = PhoneNumber.Parse(request.Phone, request.PhoneZone);
            if (phone is null)
            {
                return IotContact.WrongZone;
            }
        }

        var issued = await signIn.SignInAsync(
            new(request.CorpId!, string.IsNullOrEmpty(request.PluginId) ? null : request.PluginId, phone, phone is null ? request.Email!.ToLowerInvariant() : null,
                request.Password!, request.Resource ?? "", call.Address, call.Client, call.RequestId),
            call.Cancellation);
        return issued.Ok ? IotSession.Of(issued.Value) : issued.Fault;
    }
}
