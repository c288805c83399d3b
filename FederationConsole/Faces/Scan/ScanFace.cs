using System.Globalization;
using System.Resources;
using System.Text.Json.Serialization;
using FederationConsole.Features.QrLogin;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Scan;

/// <summary>Seed 004: <c>{"success":1,"data":{"code":1,…}}</c>, and <c>{"success":0,"data":{"code":40001,"message":"…"}}</c> under HTTP 200 (faces.md).</summary>
public sealed class ScanFace : Face
{
    public override string Name => "scan";

    public override FaceAbout About { get; } = new(5, "扫码登录", "QR login", "data.code", "data.message")
    {
        Success = ("success", "1"), Envelope = typeof(ScanAnswer),
    };

    public override JsonSerializerContext Json => ScanJson.Wire;

    public override FaceAnswer Succeed(object reply) => new(StatusCodes.Status200OK, new ScanAnswer(1, reply));

    public override FaceAnswer Fail(Fault fault)
    {
        var code = CodeOf(fault);
        return new(StatusCodes.Status200OK, new ScanAnswer(0, new ScanFailure(code, Message(fault, code))));
    }

    /// <summary>Of faces.md (Scan); the page that cannot show a code says it too.</summary>
    internal static int CodeOf(Fault fault)
    {
        if (fault is { Kind: FaultKind.NotFound, Field: AuthCodes.CodeField })
        {
            return 40004;
        }

        if (fault is { Kind: FaultKind.Invalid, Field: ScanTargets.RedirectField })
        {
            return 40006;
        }

        return fault is { Kind: FaultKind.Invalid, Field: ScanTargets.OriginField } ? 40007 : Code(fault.Kind);
    }

    /// <summary>The code's own word, then which field and what is allowed; of our own failure the request id, and nothing else.</summary>
    internal static string Message(Fault fault, int code)
    {
        var text = ScanTexts.Get(string.Create(CultureInfo.InvariantCulture, $"Code.{code}"));
        return FaceTexts.Worded(text, fault);
    }

    /// <summary>A fault without a row fails the build. Many can only be met on the phone page, which has words of its own for them.</summary>
    private static int Code(FaultKind kind) => kind switch
    {
        FaultKind.Invalid or FaultKind.Missing or FaultKind.Taken or FaultKind.Changed or FaultKind.NotAllowedNow or FaultKind.UnknownRoute
            or FaultKind.PhoneZoneInvalid or FaultKind.WeakPassword or FaultKind.PhoneCodeMissing or FaultKind.PhoneCodeWrong
            or FaultKind.MailCodeMissing or FaultKind.MailCodeWrong or FaultKind.CaptchaNeeded or FaultKind.CaptchaWrong
            or FaultKind.UnknownSource or FaultKind.UnknownCorp
            or FaultKind.UnknownMeeting or FaultKind.UnknownAttendeeType or FaultKind.ContactMissing or FaultKind.OptionUnknown
            or FaultKind.TicketUnknown or FaultKind.SoldOut or FaultKind.InvitationRefused or FaultKind.RegistrationClosed or FaultKind.AgendaRefused => 40001,
        FaultKind.UnknownApp or FaultKind.AppNotEnabled => 40002,
        // No password travels here: the secret of an app is what can be wrong.
        FaultKind.PasswordWrong => 40003,
        FaultKind.TokenMissing or FaultKind.TokenUnknown or FaultKind.TokenExpired or FaultKind.RefreshTokenUnknown
            or FaultKind.RefreshTokenSpent or FaultKind.UnknownUser => 40005,
        FaultKind.NotFound => 40008,
        FaultKind.Forbidden or FaultKind.NotYourself or FaultKind.UserDisabled or FaultKind.WayNotOffered or FaultKind.SourceNotSetUp
            or FaultKind.ThirdPartyFailed or FaultKind.AppleNotSetUp or FaultKind.AppleTimedOut or FaultKind.AppleFailed
            or FaultKind.AppleJwtExpired or FaultKind.AppleCodeInvalid or FaultKind.AppleSwitchedOff or FaultKind.PhoneRegistered
            or FaultKind.EmailRegistered or FaultKind.PhoneTaken or FaultKind.EmailTaken or FaultKind.NotThirdPartyUser
            or FaultKind.PasswordInitialised or FaultKind.AlreadyBound or FaultKind.LastWayIn or FaultKind.BoundToAnother
            or FaultKind.QQBoundToAnother or FaultKind.WeChatBoundToAnother or FaultKind.WeiboBoundToAnother or FaultKind.NotStandardUser
            or FaultKind.PhoneAlreadySet or FaultKind.ThirdPartyPhoneInvalid or FaultKind.ThirdPartyEmailInvalid
            or FaultKind.NoSuchBinding => 40009,
        FaultKind.TooMany or FaultKind.Locked or FaultKind.SmsLimit => 40029,
        FaultKind.Unexpected => 50000,
    };
}

/// <summary>What the face and its light pages say, in the language of the current UI culture.</summary>
public sealed class ScanTexts
{
    private static readonly ResourceManager Texts = new(typeof(ScanTexts));

    private ScanTexts()
    {
    }

    internal static string Get(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);

    internal static string? Find(string key) => Texts.GetString(key, CultureInfo.CurrentUICulture);

    internal static string Get(string key, params object[] values) => string.Format(CultureInfo.CurrentCulture, Get(key), values);
}

public sealed record ScanAnswer(int Success, object Data);

public sealed record ScanFailure(int Code, string Message);

/// <summary>Done, and nothing to tell.</summary>
public sealed record ScanDone(int Code)
{
    public static readonly ScanDone Instance = new(1);
}
