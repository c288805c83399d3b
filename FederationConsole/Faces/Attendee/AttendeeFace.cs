using System.Globalization;
using System.Resources;
using System.Text.Json.Serialization;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Attendee;

/// <summary>
/// Seed 001: <c>{"businessMessage","businessCode","data"}</c>. A no of the business is HTTP 200, as a yes is; a missing or bad Bearer is 401, and
/// what proxies and monitors must see has a status of its own too.
/// </summary>
public sealed class AttendeeFace : Face
{
    /// <summary>The same mobile or e-mail in this meeting: <c>data</c> has the earlier order. No fault, since it has an answer.</summary>
    public const int AlreadyRegistered = 40008;

    /// <summary>Somebody is in with this code: <c>data</c> says since when. No fault likewise.</summary>
    public const int AlreadyCheckedIn = 40012;

    public override string Name => "attendee";

    public override FaceAbout About { get; } = new(2, "参会人", "Attendees", "businessCode", "businessMessage") { Success = ("businessCode", "0") };

    public override JsonSerializerContext Json => AttendeeJson.Wire;

    public override FaceAnswer Succeed(object reply) => new(StatusCodes.Status200OK, reply);

    public override FaceAnswer Fail(Fault fault)
    {
        var code = Code(fault.Kind);
        return new(BusinessStatus(fault.Kind), new AttendeeFailure(Message(fault, code), code, null))
        {
            Headers = fault.Kind is FaultKind.TokenMissing ? Bearer.Challenge : fault.Kind is FaultKind.TokenUnknown or FaultKind.TokenExpired ? Bearer.InvalidToken : null,
        };
    }

    /// <summary>The code's own word, then which field and what is allowed; of our own failure the request id, and nothing else.</summary>
    internal static string Message(Fault fault, int code)
    {
        var text = AttendeeTexts.Get(string.Create(CultureInfo.InvariantCulture, $"Code_{code}"));
        var detail = fault.Detail ?? (fault.Kind is FaultKind.Missing ? AttendeeTexts.Get("Missing") : null);
        return FaceTexts.Worded(text, fault with { Detail = detail });
    }

    /// <summary>40001 to 40011 are faces.md's, the others follow them or HTTP's numbers. A fault without a row fails the build.</summary>
    internal static int Code(FaultKind kind) => kind switch
    {
        FaultKind.UnknownMeeting => 40002,
        FaultKind.UnknownAttendeeType => 40003,
        FaultKind.ContactMissing => 40004,
        FaultKind.OptionUnknown => 40005,
        FaultKind.TicketUnknown => 40006,
        FaultKind.SoldOut => 40007,
        FaultKind.Taken or FaultKind.PhoneTaken or FaultKind.EmailTaken or FaultKind.PhoneRegistered or FaultKind.EmailRegistered => AlreadyRegistered,
        FaultKind.InvitationRefused => 40009,
        FaultKind.RegistrationClosed => 40010,
        FaultKind.AgendaRefused => 40011,
        FaultKind.NotAllowedNow or FaultKind.Changed => 40013,
        FaultKind.TokenMissing or FaultKind.TokenUnknown or FaultKind.TokenExpired => 401,
        FaultKind.Forbidden or FaultKind.NotYourself or FaultKind.UserDisabled or FaultKind.AppNotEnabled or FaultKind.UnknownApp or FaultKind.UnknownCorp
            or FaultKind.WayNotOffered => 403,
        FaultKind.UnknownUser or FaultKind.UnknownRoute or FaultKind.NotFound => 404,
        FaultKind.TooMany or FaultKind.Locked or FaultKind.SmsLimit => 429,
        FaultKind.Unexpected => 50000,
        FaultKind.Invalid or FaultKind.Missing or FaultKind.WeakPassword or FaultKind.PhoneZoneInvalid or FaultKind.RefreshTokenUnknown
            or FaultKind.RefreshTokenSpent or FaultKind.UnknownSource or FaultKind.SourceNotSetUp or FaultKind.ThirdPartyFailed or FaultKind.PasswordWrong
            or FaultKind.NotThirdPartyUser or FaultKind.PasswordInitialised or FaultKind.PhoneCodeMissing or FaultKind.PhoneCodeWrong or FaultKind.MailCodeMissing
            or FaultKind.MailCodeWrong or FaultKind.CaptchaNeeded or FaultKind.CaptchaWrong or FaultKind.AlreadyBound or FaultKind.LastWayIn
            or FaultKind.NoSuchBinding or FaultKind.BoundToAnother or FaultKind.QQBoundToAnother or FaultKind.WeChatBoundToAnother
            or FaultKind.WeiboBoundToAnother or FaultKind.AppleNotSetUp or FaultKind.AppleTimedOut or FaultKind.AppleFailed or FaultKind.AppleJwtExpired
            or FaultKind.AppleCodeInvalid or FaultKind.AppleSwitchedOff or FaultKind.NotStandardUser or FaultKind.PhoneAlreadySet
            or FaultKind.ThirdPartyPhoneInvalid or FaultKind.ThirdPartyEmailInvalid => 40001,
    };
}

/// <summary>What the face and its pages say, in the language of the current UI culture.</summary>
public sealed class AttendeeTexts
{
    private static readonly ResourceManager Texts = new(typeof(AttendeeTexts));

    private AttendeeTexts()
    {
    }

    internal static string Get(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);

    internal static string Say(string key, params ReadOnlySpan<object> values) => string.Format(CultureInfo.CurrentCulture, Get(key), values);
}

/// <summary>An answer that says no.</summary>
public sealed record AttendeeFailure(string BusinessMessage, int BusinessCode, object? Data);
