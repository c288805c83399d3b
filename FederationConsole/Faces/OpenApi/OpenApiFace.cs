using System.Globalization;
using System.Resources;
using System.Text.Json.Serialization;
using FederationConsole.Features.JointLogin;
using FederationConsole.Platform;

namespace FederationConsole.Faces.OpenApi;

/// <summary>
/// Seed 000: <c>{"isSuccess","sysCode","sysMessage","businessCode","businessMessage",…}</c>. A no of the business is HTTP 200, as a yes is
/// (faces.md); a missing or bad Bearer is 401, and what proxies and monitors must see has a status of its own too.
/// </summary>
public class OpenApiFace : Face
{
    /// <summary>EnumSystemCode.</summary>
    public const int SystemDone = 1000;

    /// <summary>内部错误.</summary>
    private const int SystemFailed = 1001;

    public override string Name => "openapi";

    public override FaceAbout About { get; } = new(1, "三方联合登录", "Joint login", "businessCode", "businessMessage") { Success = ("businessCode", "0") };

    public override JsonSerializerContext Json => OpenApiJson.Wire;

    public sealed override FaceAnswer Succeed(object reply) => new(StatusCodes.Status200OK, reply) { Headers = Always };

    /// <summary>Headers of every answer.</summary>
    protected virtual KeyValuePair<string, string>[] Always => [];

    public sealed override FaceAnswer Fail(Fault fault)
    {
        var code = CodeOf(fault);
        var system = fault.Kind is FaultKind.Unexpected ? SystemFailed : SystemDone;
        return new(BusinessStatus(fault.Kind), Failure(system, OpenApiTexts.System(system), code, Message(fault, code)))
        {
            Headers = [.. Always, .. fault.Kind is FaultKind.TokenMissing ? Bearer.Challenge : fault.Kind is FaultKind.TokenUnknown or FaultKind.TokenExpired ? Bearer.InvalidToken : []],
        };
    }

    /// <summary>The whole of an answer that says no.</summary>
    protected virtual object Failure(int system, string systemMessage, int code, string message) => new OpenApiFailure(false, system, systemMessage, code, message);

    internal static int CodeOf(Fault fault) => fault is { Kind: FaultKind.Invalid, Field: CreateForClient.FirstLetter } ? 3 : Code(fault.Kind);

    /// <summary>The code's own word, or the fault's, then which field and what is allowed; of our own failure the request id, and nothing else.</summary>
    internal static string Message(Fault fault, int code)
    {
        if (fault.Field == CreateForClient.FirstLetter)
        {
            return OpenApiTexts.Get("FirstLetter");
        }

        var apart = fault is { Kind: FaultKind.Taken, Field: { } fields } && fields.Contains(AccountCreation.Apart, StringComparison.Ordinal);
        var text = OpenApiTexts.Get(apart ? "Conflict" : fault.Kind is FaultKind.UserDisabled or FaultKind.AppNotEnabled or FaultKind.WayNotOffered ? fault.Kind.ToString() : $"Code_{code}");
        return FaceTexts.Worded(text, fault);
    }

    /// <summary>1 to 3, 401 and 404 are faces.md's, the others follow HTTP's numbers. A fault without a row fails the build.</summary>
    private static int Code(FaultKind kind) => kind switch
    {
        FaultKind.Taken or FaultKind.PhoneTaken or FaultKind.EmailTaken or FaultKind.PhoneRegistered or FaultKind.EmailRegistered or FaultKind.Changed => 2,
        FaultKind.TokenMissing or FaultKind.TokenUnknown or FaultKind.TokenExpired => 401,
        FaultKind.Forbidden or FaultKind.NotYourself or FaultKind.UserDisabled or FaultKind.AppNotEnabled or FaultKind.UnknownApp or FaultKind.UnknownCorp
            or FaultKind.WayNotOffered => 403,
        FaultKind.UnknownUser or FaultKind.UnknownRoute => 404,
        FaultKind.NotFound or FaultKind.RefreshTokenUnknown or FaultKind.RefreshTokenSpent => 410,
        FaultKind.TooMany or FaultKind.Locked or FaultKind.SmsLimit => 429,
        FaultKind.Unexpected => 500,
        FaultKind.Invalid or FaultKind.Missing or FaultKind.WeakPassword or FaultKind.NotAllowedNow or FaultKind.PhoneZoneInvalid
            or FaultKind.UnknownSource or FaultKind.SourceNotSetUp or FaultKind.ThirdPartyFailed or FaultKind.PasswordWrong or FaultKind.NotThirdPartyUser
            or FaultKind.PasswordInitialised or FaultKind.PhoneCodeMissing or FaultKind.PhoneCodeWrong or FaultKind.MailCodeMissing or FaultKind.MailCodeWrong
            or FaultKind.CaptchaNeeded or FaultKind.CaptchaWrong or FaultKind.AlreadyBound or FaultKind.LastWayIn or FaultKind.NoSuchBinding
            or FaultKind.BoundToAnother or FaultKind.QQBoundToAnother or FaultKind.WeChatBoundToAnother or FaultKind.WeiboBoundToAnother
            or FaultKind.AppleNotSetUp or FaultKind.AppleTimedOut or FaultKind.AppleFailed or FaultKind.AppleJwtExpired or FaultKind.AppleCodeInvalid
            or FaultKind.AppleSwitchedOff or FaultKind.NotStandardUser or FaultKind.PhoneAlreadySet or FaultKind.ThirdPartyPhoneInvalid
            or FaultKind.ThirdPartyEmailInvalid
            or FaultKind.UnknownMeeting or FaultKind.UnknownAttendeeType or FaultKind.ContactMissing or FaultKind.OptionUnknown
            or FaultKind.TicketUnknown or FaultKind.SoldOut or FaultKind.InvitationRefused or FaultKind.RegistrationClosed or FaultKind.AgendaRefused => 1,
    };
}

/// <summary>Under <c>/op/userresource</c> a no has <c>returnObj</c> too: <c>createStatus</c> -1 with <c>errorMessage</c>.</summary>
public sealed class AccountFace : OpenApiFace
{
    protected override object Failure(int system, string systemMessage, int code, string message) =>
        new AccountReply(false, system, systemMessage, code, message, new(null, null, null, null, false, -1, message), null);
}

/// <summary>
/// Under <c>/op/security</c>: pages of other origins call some of it (<c>/js/session.js</c>). Nothing here goes by a cookie, so any page may
/// read what it is answered for a token or code that it has.
/// </summary>
public sealed class SecurityFace : OpenApiFace
{
    protected override KeyValuePair<string, string>[] Always { get; } = [new("Access-Control-Allow-Origin", "*")];
}

/// <summary>What the face and its pages say, in the language of the current UI culture.</summary>
public sealed class OpenApiTexts
{
    private static readonly ResourceManager Texts = new(typeof(OpenApiTexts));

    private OpenApiTexts()
    {
    }

    internal static string Get(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);

    /// <summary>The seed's words for EnumSystemCode.</summary>
    internal static string System(int code) => Get(string.Create(CultureInfo.InvariantCulture, $"Sys_{code}"));
}

/// <summary>An answer that says no.</summary>
public sealed record OpenApiFailure(bool IsSuccess, int SysCode, string SysMessage, int BusinessCode, string BusinessMessage);
