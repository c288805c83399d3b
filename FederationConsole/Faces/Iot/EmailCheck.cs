using System.ComponentModel;
using FederationConsole.Features.Linking;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

/// <summary>5.1.11: 5.1.1's fields and the e-mail.</summary>
public sealed record EmailCheckRequest : ThirdPartyRequest
{
    [Description("第三方邮箱")]
    public string? Email { get; init; }
}

/// <param name="IsRegister">A Boolean, as the seed's example shows it.</param>
/// <param name="UserId">A number, as the example shows it.</param>
public sealed record EmailCheckReply(
    [property: Description("在平台是否已注册")] bool IsRegister, [property: Description("如果已注册,则对应平台的用户标识")] long? UserId, [property: Description("如果已注册,则对应平台的邮箱")] string? Email);

public sealed class EmailCheckRequestValidator : AbstractValidator<EmailCheckRequest>
{
    public EmailCheckRequestValidator()
    {
        Include(new ThirdPartyRequestValidator());
        RuleFor(r => r.Email).Required().Email();
    }
}

/// <summary>5.1.11 校验第三方邮箱在平台的信息: the third party must vouch for the very e-mail that is asked about.</summary>
internal sealed class EmailCheck(ContactSync contacts) : FaceHandler<EmailCheckRequest, EmailCheckReply>(new EmailCheckRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("校验第三方邮箱在平台的信息", "Is this e-mail known")
    {
        Seed = "002, 5.1.11",
        Text = "手机App登录到第三方平台获取到用户在第三方平台邮箱以及第三方调用凭证,向物联平台查询第三方邮箱是否已在物联平台下;用于决定手机App的展示,",
        Faults = [.. IotDocuments.ThirdParty],
        Request = """
            {
                "source": 4,
                "corp_id": "13216151dsafd1w6ef1",
                "open_id":"15315sffffewfsdfds",
                "access_token":"163132fdsf23dfsd",
                "email":"liqinghua@xlink.cn",
                "plugin_id":"415623fdsfffffffdsfd"
            }
            """,
        Reply = """
            {
                "is_register":true,
                "user_id":89561125,
                "email":"liqinghua@xlink.cn"
            }
            """,
        Demo = [
            new()
            {
                Needs = [IotDocuments.Standard],
                Body = """{"source":10,"corp_id":"{{corp_id}}","open_id":"{{standard_open_id}}","access_token":"{{standard_token}}","email":"ming{{run}}@example.com"}""",
            },
        ],
    };

    protected override async Task<Outcome<EmailCheckReply>> HandleAsync(EmailCheckRequest request, FaceCall call)
    {
        var found = await contacts.CheckEmailAsync(request.ToCall(call), request.Email!.ToLowerInvariant(), call.Cancellation);
        return !found.Ok ? found.Fault
            : found.Value.User is { } user ? new EmailCheckReply(true, user.Id.Value, user.Email)
            : new EmailCheckReply(false, null, null);
    }
}
