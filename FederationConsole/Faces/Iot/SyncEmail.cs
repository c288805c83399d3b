using System.ComponentModel;
using FederationConsole.Features.Linking;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

public sealed record SyncEmailRequest([property: Description("第三方调用凭证")] string? AccessToken, [property: Description("用户第三方源\n10: 其他")] int? Source);

public sealed record SyncEmailReply([property: Description("用户已同步的邮箱")] string Email);

public sealed class SyncEmailRequestValidator : AbstractValidator<SyncEmailRequest>
{
    public SyncEmailRequestValidator()
    {
        RuleFor(r => r.AccessToken).Required().Text(4096);
        RuleFor(r => r.Source).NotNull().WithErrorCode(Validation.MissingCode);
    }
}

/// <summary>5.1.12 同步物联云平台标准第三方用户邮箱.</summary>
internal sealed class SyncEmail(IotAccess access, ContactSync contacts)
    : SignedInHandler<SyncEmailRequest, SyncEmailReply>(access, new SyncEmailRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("同步物联云平台标准第三方用户邮箱", "Take over the third party’s e-mail")
    {
        Seed = "002, 5.1.12",
        Text = "非主流第三方平台用户(source为10)第三方登录成功之后,查询用户信息如果发现用户未绑定邮箱,调用此接口发起同步第三方平台的邮箱;后端处理逻辑如下:\n" +
            "• 判断调用用户是否为非主流第三方平台用户,如果不是则直接返回报错\n" +
            "• 判断调用用户是否已绑定邮箱,如果已绑定则直接返回报错\n" +
            "• 根据调用用户的openId以及企业后台配置的反查用户信息接口,按照规范向第三方平台发起请求,获得用户在第三方平台的邮箱email\n" +
            "• 查询邮箱在物联平台是否已存在,如果已存在则直接返回报错\n" +
            "• 邮箱在物联平台不存在,则为调用用户同步初始化邮箱\n" +
            "• 发布用户信息变更事件",
        Faults = [FaultKind.UnknownUser, FaultKind.NotStandardUser, FaultKind.EmailTaken, FaultKind.SourceNotSetUp, FaultKind.ThirdPartyFailed, FaultKind.ThirdPartyEmailInvalid],
        Request = """
            {
                "access_token": "we1ds2356sd4f5f1sd2fdsf",
                "source": 10
            }
            """,
        Reply = """
            {
                "email": "liqinghua@xlink.cn"
            }
            """,
        Demo = [new() { Needs = [IotDocuments.Standard], Body = """{"access_token":"{{standard_token}}","source":10}""" }],
    };

    protected override async Task<Outcome<SyncEmailReply>> HandleAsync(SyncEmailRequest request, CheckedSession session, FaceCall call)
    {
        var email = await contacts.SyncEmailAsync(session, request.Source!.Value, request.AccessToken!, ActorOf(session, call), call.Cancellation);
        return email.Ok ? new SyncEmailReply(email.Value) : email.Fault;
    }
}
