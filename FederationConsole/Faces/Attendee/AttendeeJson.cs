using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FederationConsole.Faces.Attendee;

/// <summary>Seed 001's names: camel case in answers, any case in requests (faces.md); what is absent is null.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true, MaxDepth = 16)]
[JsonSerializable(typeof(AttendeeFailure))]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(OrderReply))]
[JsonSerializable(typeof(TypeListRequest))]
[JsonSerializable(typeof(TypeListReply))]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(OrderDetailReply))]
[JsonSerializable(typeof(AttendeeListRequest))]
[JsonSerializable(typeof(AttendeeListReply))]
[JsonSerializable(typeof(CheckInRequest))]
[JsonSerializable(typeof(CheckInReply))]
internal sealed partial class AttendeeJson : JsonSerializerContext
{
    private static AttendeeJson? _wire;

    /// <summary>Chinese as it is written, not as escapes: an answer is never part of a page.</summary>
    public static AttendeeJson Wire => _wire ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

/// <summary>Seed 001 has Quantity as a string in its table and as a number in its example.</summary>
internal sealed class WholeNumber : JsonConverter<int?>, IWireTypes
{
    public IReadOnlyList<string> Types => ["integer", "string"];

    public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt32(out var number) => number,
        JsonTokenType.String when int.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options) => writer.WriteNumberValue(value ?? 0);
}

/// <summary>A field's value as people type it, from whatever JSON a sender's form made of it: a text, a number, true or false, a list of these.</summary>
internal sealed class TypedText : JsonConverter<string>, IWireTypes
{
    public IReadOnlyList<string> Types => ["string", "number", "boolean", "array"];

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return Plain(ref reader);
        }

        var parts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            parts.Add(Plain(ref reader));
        }

        return string.Join(';', parts);
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    private static string Plain(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number => JsonElement.ParseValue(ref reader).GetRawText(),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => throw new JsonException(),
    };
}
