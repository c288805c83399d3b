using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FederationConsole.Faces.VendorAccount;

/// <summary>Seed 003's names: snake case, exactly.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 16)]
[JsonSerializable(typeof(VendorAccountFailure))]
[JsonSerializable(typeof(OAuthLoginRequest))]
[JsonSerializable(typeof(OAuthRefreshRequest))]
[JsonSerializable(typeof(OAuthSession))]
[JsonSerializable(typeof(UsersReply))]
[JsonSerializable(typeof(UserAttributesReply))]
[JsonSerializable(typeof(UserAttributesRequest))]
[JsonSerializable(typeof(SchemaReply))]
internal sealed partial class VendorAccountJson : JsonSerializerContext
{
    private static VendorAccountJson? _wire;

    /// <summary>Chinese as it is written, not as escapes: an answer is never part of a page.</summary>
    public static VendorAccountJson Wire => _wire ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
