using System.Net.Mail;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace FederationConsole.Features.Sources.Upstreams;

/// <summary>Reads what third parties say. Nothing here throws: nonsense is null, and null is for the caller to judge.</summary>
internal static class Answers
{
    /// <summary>Bytes of the database's columns of the same names, in characters.</summary>
    public const int MaxId = 128;

    private const int MaxNickname = 64;
    private const int MaxAddress = 1024;

    // QQ's own documentation has a comma after the last member.
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true };

    /// <summary>A JSON object.</summary>
    public static JsonElement? Json(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonElement.Parse(body, Lenient) is { ValueKind: JsonValueKind.Object } parsed ? parsed : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>QQ: <c>callback( {…} );</c> or an object alone, whatever its content type says.</summary>
    public static JsonElement? Jsonp(ReadOnlySpan<byte> body)
    {
        var text = body.Trim(" \t\r\n"u8);
        var (open, close) = (text.IndexOf((byte)'('), text.LastIndexOf((byte)')'));
        return text.StartsWith("{"u8) || open < 0 || close < open ? Json(text) : Json(text[(open + 1)..close]);
    }

    /// <summary>QQ's tokens: <c>a=b&amp;c=d</c>, and a fault in any of its three forms.</summary>
    public static JsonElement? JsonpOrForm(ReadOnlySpan<byte> body) =>
        Jsonp(body) ?? (body.Contains((byte)'=') && !body.ContainsAny("<({"u8) ? Form(body.Trim(" \t\r\n"u8)) : null);

    /// <summary>Text that is there, and that a database and a log can hold.</summary>
    public static string? Text(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } value && Decode(value) is { Length: > 0 } text && !text.Any(char.IsControl) ? text : null;

    /// <summary>An id or a code, which vendors send as text here and as a number there.</summary>
    public static string? Id(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : Text(parent, name);

    /// <summary>A whole number, sent as one or as text.</summary>
    public static long? Number(JsonElement parent, string name) =>
        Id(parent, name) is { } text && decimal.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
            && number is > long.MinValue and < long.MaxValue ? (long)number : null;

    /// <summary><c>true</c> or <c>"true"</c>.</summary>
    public static bool IsTrue(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.True } || string.Equals(Text(parent, name), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>A member that is an object.</summary>
    public static JsonElement? Object(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    public static string? Nickname(JsonElement parent, params ReadOnlySpan<string> names) => Cut(First(parent, names), MaxNickname);

    /// <summary>An address of a picture; one that is too long would be a broken one.</summary>
    public static string? Avatar(JsonElement parent, params ReadOnlySpan<string> names) => First(parent, names) is { Length: <= MaxAddress } address ? address : null;

    /// <summary>Lower case; null for what is none.</summary>
    public static string? Email(JsonElement parent, string name) =>
        Text(parent, name) is { Length: <= 254 } email && MailAddress.TryCreate(email, out _) ? email.ToLowerInvariant() : null;

    /// <summary>Never in the middle of a character.</summary>
    public static string? Cut(string? text, int length) =>
        text is null || text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    private static string? First(JsonElement parent, ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Text(parent, name) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : null;

    private static string? Decode(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or half a character as an escape: well-formed JSON, but no text.
            return null;
        }
    }

    private static JsonElement Form(ReadOnlySpan<byte> text) =>
        JsonSerializer.SerializeToElement(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(text)).ToDictionary(p => p.Key, p => p.Value.ToString()));
}
