using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FederationConsole.Faces.Iot;

/// <summary>Seed 002's names: snake case, exactly.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 16)]
[JsonSerializable(typeof(IotFailure))]
[JsonSerializable(typeof(IotNothing))]
[JsonSerializable(typeof(IotSession))]
[JsonSerializable(typeof(ThirdPartyRequest))]
[JsonSerializable(typeof(ForeignRequest))]
[JsonSerializable(typeof(RegisterCheckReply))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(RefreshReply))]
[JsonSerializable(typeof(ProfileReply))]
[JsonSerializable(typeof(ProfileRequest))]
[JsonSerializable(typeof(InitPasswordRequest))]
[JsonSerializable(typeof(UnbindThirdRequest))]
[JsonSerializable(typeof(IsBindReply))]
[JsonSerializable(typeof(SyncPhoneRequest))]
[JsonSerializable(typeof(SyncPhoneReply))]
[JsonSerializable(typeof(AuthBindPhoneRequest))]
[JsonSerializable(typeof(EmailCheckRequest))]
[JsonSerializable(typeof(EmailCheckReply))]
[JsonSerializable(typeof(SyncEmailRequest))]
[JsonSerializable(typeof(SyncEmailReply))]
[JsonSerializable(typeof(UserAuthRequest))]
[JsonSerializable(typeof(PasswordResetRequest))]
[JsonSerializable(typeof(VerifyCodeRequest))]
[JsonSerializable(typeof(CaptchaRequest))]
[JsonSerializable(typeof(CaptchaReply))]
[JsonSerializable(typeof(UserRegisterRequest))]
[JsonSerializable(typeof(UserRegisterReply))]
[JsonSerializable(typeof(FoundBackRequest))]
internal sealed partial class IotJson : JsonSerializerContext
{
    private static IotJson? _wire;

    /// <summary>Chinese as it is written, not as escapes: an answer is never part of a page.</summary>
    public static IotJson Wire => _wire ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
