using System.ComponentModel;
using FederationConsole.Features.Linking;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

public sealed record SyncPhoneRequest([property: Description("第三方调用凭证")] string? AccessToken);

/// <param name="Phone">The national number.</param>
public sealed record SyncPhoneReply([property: Description("用户已同步的手机号")] string Phone);

public sealed class SyncPhoneRequestValidator : AbstractValidator<SyncPhoneRequest>
{
    public SyncPhoneRequestValidator() => RuleFor(r => r.AccessToken).Required().Text(4096);
}

/// <summary>5.1.10 同步物联云平台标准第三方用户手机号.</summary>
internal sealed class SyncPhone(IotAccess access, ContactSync contacts)
    : SignedInHandler<SyncPhoneRequest, SyncPhoneReply>(access, new SyncPhoneRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("同步物联云平台标准第三方用户手机号", "Take over the third party’s phone")
    {
        Seed = "002, 5.1.10",
        Text = "非主流第三方平台用户(source为10)第三方登录成功之后,查询用户信息如果发现用户未绑定手机号,调用此接口发起同步第三方平台的手机号;后端处理逻辑如下:\n" +
            "• 判断调用用户是否为非主流第三方平台用户,如果不是则直接返回报错\n" +
            "• 判断调用用户是否已绑定手机号码,如果已绑定则直接返回报错\n" +
            "• 根据调用用户的openId以及企业后台配置的反查用户信息接口,按照规范向第三方平台发起请求,获得用户在第三方平台的手机号phone\n" +
            "• 查询手机号在物联平台是否已存在,如果已存在则直接返回报错\n" +
            "• 手机号在物联平台不存在,则为调用用户同步初始化手机号\n" +
            "• 发布用户信息变更事件",
        Faults = [FaultKind.UnknownUser, FaultKind.NotStandardUser, FaultKind.PhoneAlreadySet, FaultKind.SourceNotSetUp, FaultKind.ThirdPartyFailed, FaultKind.ThirdPartyPhoneInvalid, FaultKind.PhoneTaken],
        Request = """
            {
                "access_token":"11165123dsfsdf23sdfsd"
            }
            """,
        Reply = """
            {
                "phone": "13838383388"
            }
            """,
        Demo = [new() { Needs = [IotDocuments.Standard], Body = """{"access_token":"{{standard_token}}"}""" }],
    };

    protected override async Task<Outcome<SyncPhoneReply>> HandleAsync(SyncPhoneRequest request, CheckedSession session, FaceCall call)
    {
        var phone = await contacts.SyncPhoneAsync(session, request.AccessToken!, ActorOf(session, call), call.Cancellation);
        return phone.Ok ? new SyncPhoneReply(phone.Value) : phone.Fault;
    }
}
