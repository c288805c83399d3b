using System.Globalization;
using System.Resources;
using System.Text.Json.Serialization;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Iot;

/// <summary>Seed 002: <c>{"error":{"code":4001001,"msg":"…"}}</c>, whose first three digits are the HTTP status.</summary>
public sealed class IotFace : Face
{
    private static readonly ResourceManager Texts = new(typeof(IotTexts));

    public override string Name => "iot";

    public override FaceAbout About { get; } = new(3, "第三方平台用户", "Third-party users", "error.code", "error.msg");

    public override JsonSerializerContext Json => IotJson.Wire;

    public override FaceAnswer Succeed(object reply) => new(StatusCodes.Status200OK, reply);

    public override FaceAnswer Fail(Fault fault)
    {
        var code = Code(fault.Kind);
        return new(code / 10_000, new IotFailure(new(code, Message(fault))));
    }

    /// <summary>Seed 002's tables and faces.md (Iot). A fault without a row fails the build.</summary>
    private static int Code(FaultKind kind) => kind switch
    {
        FaultKind.Invalid or FaultKind.Taken or FaultKind.Changed or FaultKind.NotAllowedNow
            or FaultKind.UnknownMeeting or FaultKind.UnknownAttendeeType or FaultKind.ContactMissing or FaultKind.OptionUnknown
            or FaultKind.TicketUnknown or FaultKind.SoldOut or FaultKind.InvitationRefused or FaultKind.RegistrationClosed or FaultKind.AgendaRefused => 4001001,
        FaultKind.Missing => 4001002,
        FaultKind.PhoneCodeMissing => 4001003,
        FaultKind.PhoneCodeWrong => 4001004,
        FaultKind.PhoneRegistered => 4001005,
        FaultKind.EmailRegistered => 4001006,
        FaultKind.PasswordWrong => 4001007,
        FaultKind.RefreshTokenUnknown => 4001010,
        FaultKind.MailCodeMissing => 4001028,
        FaultKind.MailCodeWrong => 4001029,
        FaultKind.UserDisabled => 4001030,
        FaultKind.SmsLimit => 4001052,
        FaultKind.ThirdPartyFailed => 4001059,
        FaultKind.Locked => 4001061,
        FaultKind.PhoneTaken => 4001094,
        FaultKind.EmailTaken => 4001096,
        FaultKind.WeakPassword => 4001102,
        FaultKind.NotThirdPartyUser => 4001107,
        FaultKind.PasswordInitialised => 4001108,
        FaultKind.AlreadyBound => 4001109,
        FaultKind.LastWayIn => 4001110,
        FaultKind.BoundToAnother => 4001125,
        FaultKind.QQBoundToAnother => 4001126,
        FaultKind.WeChatBoundToAnother => 4001127,
        FaultKind.WeiboBoundToAnother => 4001128,
        FaultKind.AppNotEnabled => 4001137,
        FaultKind.CaptchaNeeded => 4001154,
        FaultKind.CaptchaWrong => 4001156,
        FaultKind.PhoneZoneInvalid => 4001181,
        FaultKind.AppleNotSetUp => 4001477,
        FaultKind.AppleTimedOut => 4001478,
        FaultKind.AppleFailed => 4001479,
        FaultKind.AppleJwtExpired => 4001480,
        FaultKind.AppleCodeInvalid => 4001481,
        FaultKind.UnknownSource => 4001482,
        FaultKind.AppleSwitchedOff => 4001483,
        FaultKind.NotStandardUser => 4001484,
        FaultKind.PhoneAlreadySet => 4001485,
        FaultKind.ThirdPartyPhoneInvalid => 4001486,
        FaultKind.ThirdPartyEmailInvalid => 4001511,
        FaultKind.NotYourself => 4031001,
        FaultKind.TokenMissing => 4031002,
        FaultKind.TokenUnknown => 4031003,
        FaultKind.TokenExpired => 4031021,
        FaultKind.RefreshTokenSpent => 4031022,
        FaultKind.Forbidden or FaultKind.WayNotOffered => 4031024,
        FaultKind.UnknownRoute or FaultKind.NotFound => 4041001,
        FaultKind.UnknownCorp => 4041010,
        FaultKind.UnknownUser => 4041011,
        FaultKind.UnknownApp => 4041020,
        FaultKind.SourceNotSetUp => 4041023,
        FaultKind.NoSuchBinding => 4041118,
        FaultKind.TooMany => 4291001,
        FaultKind.Unexpected => 5031001,
    };

    /// <summary>The seed's word for the code, then which field and what is allowed; of our own failure the request id, and nothing else.</summary>
    private static string Message(Fault fault)
    {
        var text = Texts.GetString(fault.Kind.ToString(), CultureInfo.CurrentUICulture)!;
        return FaceTexts.Worded(text, fault);
    }
}

/// <summary>Names the resources: the seed's words for its codes, and English.</summary>
public sealed class IotTexts;

public sealed record IotFailure(IotError Error);

public sealed record IotError(int Code, string Msg);

/// <summary>The seed's <c>{}</c>.</summary>
public sealed record IotNothing
{
    public static readonly IotNothing Instance = new();
}
