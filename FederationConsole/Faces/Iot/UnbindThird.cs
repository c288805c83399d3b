using System.ComponentModel;
using FederationConsole.Features.Linking;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FluentValidation;

namespace FederationConsole.Faces.Iot;

public sealed record UnbindThirdRequest([property: Description("用户第三方源")] int? Source);

public sealed class UnbindThirdRequestValidator : AbstractValidator<UnbindThirdRequest>
{
    public UnbindThirdRequestValidator() => RuleFor(r => r.Source).NotNull().WithErrorCode(Validation.MissingCode);
}

/// <summary>5.1.8 非第三方用户解绑第三方账号: refused for the last way in.</summary>
internal sealed class UnbindThird(IotAccess access, ThirdPartyLinks links)
    : SignedInHandler<UnbindThirdRequest, IotNothing>(access, new UnbindThirdRequestValidator()), IDocumented
{
    public static Documentation Documentation => new("非第三方用户解绑第三方账号", "Unbind a third-party account")
    {
        Seed = "002, 5.1.8",
        Text = "使用手机号或者邮箱等注册成为平台用户后,被标记为非第三方用户,我们称之为手机用户/邮箱用户等;手机用户/邮箱用户向与某个第三方账号(如微信账号)进行关联,此时被" +
            "认定为非第三方用户绑定了第三方账号;非第三方用户在使用一段时间后想要解绑第三方账号,例如解绑微信账号",
        Parameters = [IotDocuments.UserId],
        Faults = [.. IotDocuments.User, FaultKind.NoSuchBinding, FaultKind.LastWayIn],
        Request = """
            {
                "source": 4
            }
            """,
        Reply = "{}",
        Demo = [new() { Values = new Dictionary<string, string> { [IotDocuments.UserIdName] = "{{user_id}}" }, Body = """{"source":5}""" }],
    };

    protected override async Task<Outcome<IotNothing>> HandleAsync(UnbindThirdRequest request, CheckedSession session, FaceCall call)
    {
        var parted = await links.UnbindAsync(session, request.Source!.Value, ActorOf(session, call));
        return parted.Ok ? IotNothing.Instance : parted.Fault;
    }
}
