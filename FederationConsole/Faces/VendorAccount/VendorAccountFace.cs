using System.Globalization;
using System.Resources;
using System.Text.Json.Serialization;
using FederationConsole.Platform;

namespace FederationConsole.Faces.VendorAccount;

/// <summary>
/// Seed 003: <c>{"result_code":"0","message":"成功",…}</c>. A no is HTTP 200 with its code, as a yes is (faces.md); only what proxies and
/// monitors must see has a status of its own.
/// </summary>
public sealed class VendorAccountFace : Face
{
    private static readonly ResourceManager Texts = new(typeof(VendorAccountTexts));

    public override string Name => "vendor-account";

    public override FaceAbout About { get; } = new(4, "三方自有账号对接", "Vendors’ own accounts", "result_code", "message")
    {
        Success = ("result_code", "\"0\""),
    };

    public override JsonSerializerContext Json => VendorAccountJson.Wire;

    internal static string Done => Text("Code_0");

    internal static string OneCriterion => Text(nameof(OneCriterion));

    public override FaceAnswer Succeed(object reply) => new(StatusCodes.Status200OK, reply);

    public override FaceAnswer Fail(Fault fault) => new(Status(fault.Kind), new VendorAccountFailure(fault.Code ?? Code(fault.Kind), Message(fault)))
    {
        Headers = fault.Kind is FaultKind.TokenMissing ? Bearer.Challenge : fault.Kind is FaultKind.TokenUnknown or FaultKind.TokenExpired ? Bearer.InvalidToken : null,
    };

    private static int Status(FaultKind kind) =>
        kind is FaultKind.TokenMissing or FaultKind.TokenUnknown or FaultKind.TokenExpired ? StatusCodes.Status401Unauthorized
        : kind is FaultKind.UnknownRoute or FaultKind.NotFound ? StatusCodes.Status404NotFound
        : kind is FaultKind.TooMany ? StatusCodes.Status429TooManyRequests
        : kind is FaultKind.Unexpected ? StatusCodes.Status503ServiceUnavailable
        : StatusCodes.Status200OK;

    /// <summary>Seed 003, 公共返回结果码约定: all that has no row of its own is 110000. A fault without a row fails the build.</summary>
    private static string Code(FaultKind kind) => kind switch
    {
        FaultKind.TokenExpired => "100001",
        FaultKind.RefreshTokenUnknown or FaultKind.RefreshTokenSpent => "100003",
        FaultKind.TokenMissing or FaultKind.TokenUnknown => "100005",
        FaultKind.UnknownUser => "100006",
        FaultKind.Invalid or FaultKind.Missing or FaultKind.Taken or FaultKind.Changed or FaultKind.NotAllowedNow
            or FaultKind.UnknownCorp or FaultKind.UnknownApp or FaultKind.AppNotEnabled
            or FaultKind.UnknownSource or FaultKind.SourceNotSetUp or FaultKind.WayNotOffered or FaultKind.ThirdPartyFailed
            or FaultKind.NotYourself or FaultKind.Forbidden
            or FaultKind.PhoneCodeMissing or FaultKind.PhoneCodeWrong or FaultKind.MailCodeMissing or FaultKind.MailCodeWrong or FaultKind.SmsLimit
            or FaultKind.CaptchaNeeded or FaultKind.CaptchaWrong or FaultKind.PhoneZoneInvalid
            or FaultKind.PhoneRegistered or FaultKind.EmailRegistered or FaultKind.PhoneTaken or FaultKind.EmailTaken
            or FaultKind.PasswordWrong or FaultKind.Locked or FaultKind.WeakPassword or FaultKind.PasswordInitialised or FaultKind.NotThirdPartyUser
            or FaultKind.AlreadyBound or FaultKind.LastWayIn or FaultKind.NoSuchBinding
            or FaultKind.BoundToAnother or FaultKind.QQBoundToAnother or FaultKind.WeChatBoundToAnother or FaultKind.WeiboBoundToAnother
            or FaultKind.AppleNotSetUp or FaultKind.AppleTimedOut or FaultKind.AppleFailed or FaultKind.AppleJwtExpired
            or FaultKind.AppleCodeInvalid or FaultKind.AppleSwitchedOff
            or FaultKind.NotStandardUser or FaultKind.PhoneAlreadySet or FaultKind.ThirdPartyPhoneInvalid or FaultKind.ThirdPartyEmailInvalid
            or FaultKind.UserDisabled or FaultKind.NotFound or FaultKind.UnknownRoute or FaultKind.TooMany or FaultKind.Unexpected
            or FaultKind.UnknownMeeting or FaultKind.UnknownAttendeeType or FaultKind.ContactMissing or FaultKind.OptionUnknown
            or FaultKind.TicketUnknown or FaultKind.SoldOut or FaultKind.InvitationRefused or FaultKind.RegistrationClosed or FaultKind.AgendaRefused => "110000",
    };

    /// <summary>What the feature says is whole; else our word for the fault, or the seed's for its code, then the field and what is allowed.</summary>
    private static string Message(Fault fault)
    {
        var text = Texts.GetString(fault.Kind.ToString(), CultureInfo.CurrentUICulture) ?? Text($"Code_{Code(fault.Kind)}");
        var message = (fault.Code, fault.Field, fault.Detail) switch
        {
            ({ }, null, { } detail) => detail,
            (null, null, { } detail) => $"{text}: {detail}",
            (var _, null, null) => text,
            (var _, { } field, null) => $"{text}: {field}",
            (var _, { } field, { } detail) => detail.Contains(field, StringComparison.Ordinal) ? $"{text}: {detail}" : $"{text}: {field} {detail}",
        };
        return fault.RequestId is { } id ? $"{message} ({id})" : message;
    }

    private static string Text(string name) => Texts.GetString(name, CultureInfo.CurrentUICulture)!;
}

/// <summary>Names the resources: seed 003's words for its codes, ours for what has none, and English.</summary>
public sealed class VendorAccountTexts;

public sealed record VendorAccountFailure(string ResultCode, string Message);

/// <summary>What every yes begins with.</summary>
public abstract record VendorAccountReply
{
    [JsonPropertyOrder(-2)]
    public string ResultCode { get; } = "0";

    [JsonPropertyOrder(-1)]
    public string Message { get; } = VendorAccountFace.Done;
}
