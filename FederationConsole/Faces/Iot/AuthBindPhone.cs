using System.ComponentModel;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.SignIn;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>5.1.3.3: 5.1.2's fields, the phone, and the code that was sent to it (5.1.3.1).</summary>
public sealed record AuthBindPhoneRequest : ThirdPartyRequest
{
    [Description("绑定的手机号码")]
    public string? Phone { get; init; }

    /// <summary>Default +86.</summary>
    [Description("绑定的手机区号,默认为+86")]
    public string? PhoneZone { get; init; }

    [Description("绑定的手机号码的验证码")]
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
internal sealed class AuthBindPhone(PhoneSignIn signIn) : FaceHandler<AuthBindPhoneRequest, IotSession>(new AuthBindPhoneRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("绑定手机第三方用户登录", "Sign in by a third party and bind a phone")
    {
        Seed = "002, 5.1.3.3",
        Text = "用户在通过了第三方平台登录成功后,通过openId、accessToken在物联云平台请求登录,如果第三方用户不在物联云平台则直接创建一个用户,如果已在物联云平" +
            "台则更新相关信息,与此同时绑定该用户的手机号码.如果通过5.1.1检测出已经绑定了手机号码,则可以直接使用5.1.2接口进行登录",
        Faults = [.. IotDocuments.ThirdParty, FaultKind.UserDisabled, FaultKind.WayNotOffered, FaultKind.PhoneZoneInvalid, FaultKind.PhoneCodeMissing, FaultKind.PhoneCodeWrong, FaultKind.PhoneTaken, FaultKind.PhoneAlreadySet],
        Request = """
            {
                "source": 4,
                "corp_id": "1515wddad2332f",
                "open_id":"111116554afdaed23ee",
                "access_token":"14564f56fsdf32fsdfsdaf",
                "name":"李清华",
                "resource":"TEST",
                "plugin_id":"51356efdf12df",
                "phone":"13838383388",
                "phone_zone":"+86",
                "verifycode":"123563"
            }
            """,
        Reply = """
            {
                "user_id":12356465,
                "access_token":"562233sdffdsf1s3f2sdfg234r",
                "refresh_token":"sfffff23345563rfa234436346",
                "expire_in":7200,
                "authorize":"dsf564sfgg"
            }
            """,
        Demo = [
            new()
            {
                Needs = [IotDocuments.Standard],
                Body = """{"source":10,"corp_id":"{{corp_id}}","open_id":"{{standard_open_id}}","access_token":"{{standard_token}}","phone":"139{{run}}","phone_zone":"+86","verifycode":"000000"}""",
                Expects = FaultKind.PhoneCodeWrong,
            },
        ],
    };

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
