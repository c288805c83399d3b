using FederationConsole.Features.Accounts;
using FederationConsole.Features.SignIn;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>5.1.3.3: 5.1.2's fields, the phone, and the code that was sent to it (5.1.3.1).</summary>
public sealed record AuthBindPhoneRequest : ThirdPartyRequest
{
    public string? Phone { get; init; }

    /// <summary>Default +86.</summary>
    public string? PhoneZone { get; init; }

    public string? Verifycode { get; init; }
}

public sealed class AuthBindPhoneRequestValidator : AbstractValidator<AuthBindPhoneRequest>
{
    public AuthBindPhoneRequestValidator()
    {
        Include(new ThirdPartyRequestValidator());
        RuleFor(r => r.Phone).Required().Text(32).IsPhone(r => r.PhoneZone);
        RuleFor(r => r.PhoneZone).Text(8);
        RuleFor(r => r.Verifycode).Required().Text(16);
    }
}

/// <summary>5.1.3.3 绑定手机第三方用户登录.</summary>
internal sealed class AuthBindPhone(PhoneSignIn signIn) : FaceHandler<AuthBindPhoneRequest, IotSession>(new AuthBindPhoneRequestValidator())
{
    protected override async Task<Outcome<IotSession>> HandleAsync(AuthBindPhoneRequest request, FaceCall call)
    {
        if (PhoneNumber.Parse(request.Phone, request.PhoneZone) is not { } phone)
        {
            return IotContact.WrongZone;
        }

        var issued = await signIn.SignInAsync(request.ToCall(call), new(phone, request.Verifycode!), request.Name, request.Resource ?? "", call.Cancellation);
        return issued.Ok ? IotSession.Of(issued.Value) : issued.Fault;
    }
}
