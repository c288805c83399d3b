namespace FederationConsole.Platform;

/// <summary>
/// Why a call could not be done although nothing is broken. Every face maps every kind in a <c>switch</c> without a default
/// arm, so that a kind added here fails the build until each face says how it speaks it. Exceptions are for bugs.
/// </summary>
public enum FaultKind
{
    /// <summary>The request, or one field of it, is not what is allowed. <see cref="Fault.Field"/> names the field if there is one.</summary>
    Invalid,
    /// <summary>A required field is absent, null or empty.</summary>
    Missing,
    /// <summary>No environment has this corp_id.</summary>
    UnknownCorp,
    /// <summary>No app has this key, or the app is of another environment.</summary>
    UnknownApp,
    /// <summary>The account and user service was never enabled for the app (seed 003 开启服务), or the app is disabled.</summary>
    AppNotEnabled,
    /// <summary>The number is no third-party source.</summary>
    UnknownSource,
    /// <summary>The source is not set up, or switched off, in this environment.</summary>
    SourceNotSetUp,
    /// <summary>The project does not offer this way of signing in: it uses its vendor's accounts alone (seed 003).</summary>
    WayNotOffered,
    /// <summary>The third party was asked and said no, or could not be asked. The caller is not told which (faces.md).</summary>
    ThirdPartyFailed,
    /// <summary>The call needs a token and has none.</summary>
    TokenMissing,
    /// <summary>The token was never issued, was revoked, or is of another environment.</summary>
    TokenUnknown,
    TokenExpired,
    /// <summary>The token is good, but for another user than the one in the path.</summary>
    NotYourself,
    /// <summary>The refresh token was never issued or belongs to another session.</summary>
    RefreshTokenUnknown,
    /// <summary>The refresh token was used before. Its whole session family has just been ended (RFC 9700 4.14.2).</summary>
    RefreshTokenSpent,
    /// <summary>No code was sent to this phone for this purpose, or it is over (120 s) or used.</summary>
    PhoneCodeMissing,
    PhoneCodeWrong,
    /// <summary>An account has this phone; only who proved the phone by a code is told.</summary>
    PhoneRegistered,
    /// <summary>An account has this e-mail; only who proved it by a code is told.</summary>
    EmailRegistered,
    /// <summary>The same answer, in the same time, for an unknown user.</summary>
    PasswordWrong,
    MailCodeMissing,
    MailCodeWrong,
    /// <summary>A cap on codes sent is reached: by phone and day, by address, by environment, or the budget.</summary>
    SmsLimit,
    /// <summary>Five wrong passwords in a minute: five minutes (faces.md).</summary>
    Locked,
    PhoneTaken,
    /// <summary>The e-mail is another user's, or the user has one already: 4001096 means both, the detail says which.</summary>
    EmailTaken,
    WeakPassword,
    NotThirdPartyUser,
    /// <summary>A third-party user may set a first password once; then it is forgot-password (seed 002, 5.1.5).</summary>
    PasswordInitialised,
    /// <summary>The user has an identity of this source already.</summary>
    AlreadyBound,
    /// <summary>Unbinding would leave no way to sign in.</summary>
    LastWayIn,
    /// <summary>The open id is bound to another user. QQ, WeChat and Weibo have codes of their own.</summary>
    BoundToAnother,
    QQBoundToAnother,
    WeChatBoundToAnother,
    WeiboBoundToAnother,
    /// <summary>So many codes were sent to this phone or mail today that a captcha is asked for.</summary>
    CaptchaNeeded,
    /// <summary>One try, five minutes: wrong, used or over.</summary>
    CaptchaWrong,
    PhoneZoneInvalid,
    AppleNotSetUp,
    AppleTimedOut,
    AppleFailed,
    AppleJwtExpired,
    AppleCodeInvalid,
    AppleSwitchedOff,
    /// <summary>Only a user of source 10 can take phone or e-mail from the third party (seed 002, 5.1.10, 5.1.12).</summary>
    NotStandardUser,
    PhoneAlreadySet,
    ThirdPartyPhoneInvalid,
    ThirdPartyEmailInvalid,
    /// <summary>Nothing of this source to unbind: not bound, or the source is no longer offered.</summary>
    NoSuchBinding,
    UnknownUser,
    UserDisabled,
    /// <summary>What the call is about does not exist or is not of this environment.</summary>
    NotFound,
    /// <summary>The value of <see cref="Fault.Field"/> is taken by another.</summary>
    Taken,
    /// <summary>Somebody else saved in between; nothing was written.</summary>
    Changed,
    /// <summary>The state of the thing does not allow this; <see cref="Fault.Detail"/> says why.</summary>
    NotAllowedNow,
    /// <summary>The acting person's role does not allow this.</summary>
    Forbidden,
    /// <summary>No meeting has this id (BventId).</summary>
    UnknownMeeting,
    /// <summary>The meeting has no such attendee type.</summary>
    UnknownAttendeeType,
    /// <summary>Neither mobile nor e-mail (seed 001: 手机或邮箱必须要有一个).</summary>
    ContactMissing,
    /// <summary>The value of <see cref="Fault.Field"/> is none of its options' codes (seed 001: 选项型字段需要传code值).</summary>
    OptionUnknown,
    /// <summary>The meeting has no such ticket, or not for this attendee type.</summary>
    TicketUnknown,
    /// <summary>Nothing is left of the ticket, the meeting or the agenda; <see cref="Fault.Field"/> says which.</summary>
    SoldOut,
    /// <summary>The invitation code is wrong, used up, expired, or not for this attendee type.</summary>
    InvitationRefused,
    /// <summary>Registration has not begun or is over, or the meeting was called off.</summary>
    RegistrationClosed,
    /// <summary>Two agendas at the same time, or one that is not of this ticket.</summary>
    AgendaRefused,
    UnknownRoute,
    /// <summary>Too many calls or too much guessing; <see cref="Fault.RetryAfter"/> says when to come back.</summary>
    TooMany,
    /// <summary>Our own failure. <see cref="Fault.RequestId"/> finds it in the log; nothing else leaves the host.</summary>
    Unexpected,
}

/// <summary>An expected failure as a value.</summary>
/// <param name="Kind">What failed.</param>
/// <param name="Field">The field at fault, by its name on the wire or in the form.</param>
/// <param name="Detail">What is allowed, for people, in the language of the current UI culture. Never holds a secret.</param>
public sealed record Fault(FaultKind Kind, string? Field = null, string? Detail = null)
{
    /// <summary>For <see cref="FaultKind.TooMany"/>: how long to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// For <see cref="FaultKind.Unexpected"/>: the id under which the log has the exception. For a vendor that could not be asked: it finds
    /// the call in 登录追踪 and in the log.
    /// </summary>
    public string? RequestId { get; init; }

    /// <summary>The third party's own code, for a face that passes it on (seed 003's result codes).</summary>
    public string? Code { get; init; }

    public static implicit operator Fault(FaultKind kind) => new(kind);
}
