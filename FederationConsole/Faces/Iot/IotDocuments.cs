using FederationConsole.Platform;

namespace FederationConsole.Faces.Iot;

/// <summary>What several rows say alike.</summary>
internal static class IotDocuments
{
    public const string UserIdName = "user_id";

    /// <summary>Whoever asks a third party.</summary>
    public static readonly IReadOnlyList<Fault> ThirdParty =
    [
        FaultKind.UnknownCorp, FaultKind.UnknownApp, FaultKind.AppNotEnabled, FaultKind.UnknownSource, FaultKind.SourceNotSetUp, FaultKind.ThirdPartyFailed,
        FaultKind.AppleNotSetUp, FaultKind.AppleTimedOut, FaultKind.AppleFailed, FaultKind.AppleJwtExpired, FaultKind.AppleCodeInvalid, FaultKind.AppleSwitchedOff,
    ];

    /// <summary>Whoever names a corp and a phone or mail.</summary>
    public static readonly IReadOnlyList<Fault> Contact =
        [FaultKind.PhoneZoneInvalid, FaultKind.UnknownCorp, FaultKind.UnknownApp, FaultKind.AppNotEnabled, FaultKind.WayNotOffered];

    /// <summary>Whoever brings a code.</summary>
    public static readonly IReadOnlyList<Fault> Codes = [FaultKind.PhoneCodeMissing, FaultKind.PhoneCodeWrong, FaultKind.MailCodeMissing, FaultKind.MailCodeWrong];

    /// <summary>Where the path names a user.</summary>
    public static readonly IReadOnlyList<Fault> User = [FaultKind.NotYourself, FaultKind.UnknownUser];

    public static readonly IReadOnlyList<Fault> Bound =
    [
        FaultKind.UserDisabled, FaultKind.AlreadyBound, FaultKind.BoundToAnother, FaultKind.QQBoundToAnother, FaultKind.WeChatBoundToAnother,
        FaultKind.WeiboBoundToAnother,
    ];

    public static readonly Parameter UserId = Parameter.Path(UserIdName, "用户标识");

    /// <summary>A new person in each run, who has a phone and an e-mail there.</summary>
    public static readonly DemoPreparation Standard = new(
        "沙箱：在标准第三方登录", "Sandbox: sign in at the standard third party", "/sandbox/standard/issue",
        """{"nickname":"小明","phone":"137{{run}}","email":"ming{{run}}@example.com"}""",
        [new("standard_open_id", "open_id"), new("standard_token", "access_token")]);

    public static readonly DemoPreparation QQ = Of("QQ", "qq");
    public static readonly DemoPreparation Facebook = Of("Facebook", "facebook");
    public static readonly DemoPreparation Twitter = Of("Twitter", "twitter", """{"nickname":"小明","credential":"token"}""");

    private static DemoPreparation Of(string title, string name, string body = """{"nickname":"小明"}""") => new(
        $"沙箱：在 {title} 登录", $"Sandbox: sign in at {title}", $"/sandbox/{name}/issue", body,
        [new($"{name}_open_id", "open_id"), new($"{name}_token", "access_token")]);
}
