using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FederationConsole.Faces.Scan;

/// <summary>Seed 004's names: snake case, exactly.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ScanAnswer))]
[JsonSerializable(typeof(ScanFailure))]
[JsonSerializable(typeof(ScanDone))]
[JsonSerializable(typeof(ScanState))]
[JsonSerializable(typeof(ScanReply))]
[JsonSerializable(typeof(AccessTokenReply))]
[JsonSerializable(typeof(UserInfoReply))]
internal sealed partial class ScanJson : JsonSerializerContext
{
    private static ScanJson? _wire;

    /// <summary>Chinese as it is written, not as escapes: an answer is never part of a page.</summary>
    public static ScanJson Wire => _wire ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
