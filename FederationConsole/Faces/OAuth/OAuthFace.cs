using System.Text.Json.Serialization;
using FederationConsole.Platform;

namespace FederationConsole.Faces.OAuth;

/// <summary>RFC 6749 5.1 and 5.2: <c>{"error","error_description"}</c>.</summary>
public sealed class OAuthFace : Face
{
    // 5.1 asks for both; Cache-Control every answer of a face has.
    private static readonly KeyValuePair<string, string>[] NoCache = [new("Pragma", "no-cache")];

    // Every 401 says how to come in (RFC 9110 15.5.2), not only the answer to one who tried it that way.
    private static readonly KeyValuePair<string, string>[] Challenge = [.. NoCache, new("WWW-Authenticate", "Basic realm=\"FederationConsole\", charset=\"UTF-8\"")];

    public override string Name => "oauth";

    public override FaceAbout About { get; } = new(0, "应用凭证", "Tokens of apps", "error", "error_description");

    public override JsonSerializerContext Json => OAuthJson.Default;

    public override FaceAnswer Succeed(object reply) => new(StatusCodes.Status200OK, reply) { Headers = NoCache };

    public override FaceAnswer Fail(Fault fault)
    {
        var (status, error) = Code(fault);
        return new(status, new OAuthFailure(error, Description(fault))) { Headers = status == StatusCodes.Status401Unauthorized ? Challenge : NoCache };
    }

    /// <summary>A fault without a row fails the build. Those of features that no grant leads to are the client's wrong request.</summary>
    private static (int Status, string Error) Code(Fault fault) => fault.Kind switch
    {
        FaultKind.Invalid when fault.Field == Token.GrantType => (400, "unsupported_grant_type"),
        FaultKind.Invalid or FaultKind.Missing => (400, "invalid_request"),
        FaultKind.UnknownRoute => (404, "invalid_request"),
        FaultKind.UnknownApp or FaultKind.TokenMissing => (401, "invalid_client"),
        FaultKind.AppNotEnabled or FaultKind.Forbidden or FaultKind.WayNotOffered or FaultKind.SourceNotSetUp => (400, "unauthorized_client"),
        FaultKind.UnknownCorp or FaultKind.UnknownSource or FaultKind.ThirdPartyFailed or FaultKind.TokenUnknown or FaultKind.TokenExpired
            or FaultKind.NotYourself or FaultKind.RefreshTokenUnknown or FaultKind.RefreshTokenSpent or FaultKind.PhoneCodeMissing
            or FaultKind.PhoneCodeWrong or FaultKind.PhoneRegistered or FaultKind.EmailRegistered or FaultKind.PasswordWrong
            or FaultKind.MailCodeMissing or FaultKind.MailCodeWrong or FaultKind.SmsLimit or FaultKind.Locked or FaultKind.PhoneTaken
            or FaultKind.EmailTaken or FaultKind.WeakPassword or FaultKind.NotThirdPartyUser or FaultKind.PasswordInitialised
            or FaultKind.AlreadyBound or FaultKind.LastWayIn or FaultKind.BoundToAnother or FaultKind.QQBoundToAnother
            or FaultKind.WeChatBoundToAnother or FaultKind.WeiboBoundToAnother or FaultKind.CaptchaNeeded or FaultKind.CaptchaWrong
            or FaultKind.PhoneZoneInvalid or FaultKind.AppleNotSetUp or FaultKind.AppleTimedOut or FaultKind.AppleFailed
            or FaultKind.AppleJwtExpired or FaultKind.AppleCodeInvalid or FaultKind.AppleSwitchedOff or FaultKind.NotStandardUser
            or FaultKind.PhoneAlreadySet or FaultKind.ThirdPartyPhoneInvalid or FaultKind.ThirdPartyEmailInvalid or FaultKind.NoSuchBinding
            or FaultKind.UnknownUser or FaultKind.UserDisabled or FaultKind.NotFound or FaultKind.Taken or FaultKind.Changed
            or FaultKind.NotAllowedNow
            or FaultKind.UnknownMeeting or FaultKind.UnknownAttendeeType or FaultKind.ContactMissing or FaultKind.OptionUnknown
            or FaultKind.TicketUnknown or FaultKind.SoldOut or FaultKind.InvitationRefused or FaultKind.RegistrationClosed or FaultKind.AgendaRefused => (400, "invalid_grant"),
        FaultKind.TooMany => (429, "temporarily_unavailable"),
        FaultKind.Unexpected => (500, "server_error"),
    };

    /// <summary>5.2 allows ASCII alone, so it is English whatever the caller reads; null where the error says it all.</summary>
    private static string? Description(Fault fault) =>
        fault.RequestId is { } id ? $"Our own failure; request {id}."
        : fault is { Kind: FaultKind.Missing, Field: { } missing } ? $"{missing} is missing."
        : fault is { Kind: FaultKind.Invalid, Field: Token.GrantType } ? $"{Token.GrantType} must be {Token.ClientCredentials}, {Token.CustomUserCode} or {Token.RefreshToken}."
        : fault is { Kind: FaultKind.Invalid, Field: Token.Method } ? $"{Token.Method} must be client_secret."
        : fault is { Kind: FaultKind.Invalid, Field: { } twice } ? $"{twice} is sent in two ways; use the body or Basic, not both."
        : fault.Kind is FaultKind.Invalid ? "The body must be application/x-www-form-urlencoded with each parameter once, in at most 64 KiB."
        : fault.Kind is FaultKind.UnknownRoute ? "There is nothing at this path by this method."
        : fault.Kind is FaultKind.UnknownApp ? "The client is unknown or its secret is wrong."
        : fault.Kind is FaultKind.AppNotEnabled ? "The account and user service is not enabled for this app."
        : fault.Kind is FaultKind.RefreshTokenUnknown ? "The refresh token is unknown, over, or its secret is retired."
        : fault.Kind is FaultKind.RefreshTokenSpent ? "The refresh token was used before; all that follow from it are over. Buy another with the secret."
        : fault.Kind is FaultKind.TooMany ? "Too many failed tries from this address; see Retry-After."
        : null;
}

public sealed record OAuthFailure(string Error, string? ErrorDescription);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OAuthFailure))]
[JsonSerializable(typeof(TokenReply))]
internal sealed partial class OAuthJson : JsonSerializerContext;
