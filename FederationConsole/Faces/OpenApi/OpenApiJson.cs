using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FederationConsole.Faces.OpenApi;

/// <summary>Seed 000's names: camel case, exactly; what is absent is null.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 16)]
[JsonSerializable(typeof(OpenApiFailure))]
[JsonSerializable(typeof(CreateForClientRequest))]
[JsonSerializable(typeof(AccountReply))]
[JsonSerializable(typeof(UserCodeReply))]
[JsonSerializable(typeof(AutoLoginRequest))]
[JsonSerializable(typeof(SessionTokenRequest))]
[JsonSerializable(typeof(SessionRefreshRequest))]
[JsonSerializable(typeof(SessionReply))]
internal sealed partial class OpenApiJson : JsonSerializerContext
{
    private static OpenApiJson? _wire;

    /// <summary>Chinese as it is written, not as escapes: an answer is never part of a page.</summary>
    public static OpenApiJson Wire => _wire ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
