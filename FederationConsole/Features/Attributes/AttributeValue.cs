using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FederationConsole.Data;
using FederationConsole.Platform;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.Attributes;

/// <summary>
/// A value of an attribute in its three forms: JSON on the wire, what people type in a form or a CSV file, and the one canonical
/// text that is stored and compared. Faults are <see cref="FaultKind.Invalid"/> with the attribute's id and what is allowed.
/// </summary>
public static class AttributeValue
{
    /// <summary>UTF-16 units of a string whose attribute sets no <see cref="AttributeDefinition.MaxLength"/>.</summary>
    public const int MaxLength = 4000;

    /// <summary>Between the codes of a multi-enum where people type them.</summary>
    public const char Separator = ';';

    private const string DateForm = "yyyy-MM-dd";
    private const string InstantForm = "yyyy-MM-dd'T'HH:mm:ss.FFF'Z'";

    private static readonly ConditionalWeakTable<AttributeDefinition, Regex> Patterns = [];

    private static readonly Dictionary<AttributeType, Func<AttributeDefinition, string, string?>> Canonicals = new()
    {
        [AttributeType.String] = Line,
        [AttributeType.Integer] = (a, text) => Number(a, text, 0),
        [AttributeType.Decimal] = (a, text) => Number(a, text, 6),
        [AttributeType.Boolean] = (_, text) => text is "true" or "false" ? text : null,
        [AttributeType.Date] = (a, text) => DateOnly.TryParseExact(text, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : null,
        [AttributeType.Datetime] = (_, text) => TimeShape.TryInstant(JsonSerializer.SerializeToElement(text), out var at) ? at.UtcDateTime.ToString(InstantForm, CultureInfo.InvariantCulture) : null,
        [AttributeType.Enum] = (a, text) => a.Options.Any(o => o.Code == text) ? text : null,
        [AttributeType.MultiEnum] = Codes,
        [AttributeType.Url] = (_, text) => text.Length <= Texts.Url.Max && !text.Any(char.IsControl) && Texts.Url.Fits(text) ? text : null,
    };

    /// <summary>The canonical text of a JSON value; empty for <c>null</c>, <c>""</c> and <c>[]</c>, which mean that there is none.</summary>
    public static Outcome<string> Read(AttributeDefinition attribute, JsonElement json)
    {
        var fits = json.ValueKind is JsonValueKind.Null || attribute.Type switch
        {
            AttributeType.Integer or AttributeType.Decimal => json.ValueKind is JsonValueKind.Number,
            AttributeType.Boolean => json.ValueKind is JsonValueKind.True or JsonValueKind.False,
            AttributeType.MultiEnum => json.ValueKind is JsonValueKind.Array,
            _ => json.ValueKind is JsonValueKind.String,
        };
        var text = !fits ? null : json.ValueKind switch
        {
            JsonValueKind.Null => "",
            JsonValueKind.String => Text(json),
            _ => json.GetRawText(),
        };
        return Checked(attribute, text);
    }

    /// <summary>The same of what was typed: codes of a multi-enum with <see cref="Separator"/> between them.</summary>
    public static Outcome<string> ReadTyped(AttributeDefinition attribute, string? typed)
    {
        var text = (typed ?? "").Trim();
        return Checked(attribute, attribute.Type == AttributeType.MultiEnum && text.Length > 0
            ? JsonColumn.Text(text.Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            : text);
    }

    /// <summary>Whether a stored text is what the attribute allows, for instance after its definition was narrowed.</summary>
    public static bool Fits(AttributeDefinition attribute, string stored) => stored.Length > 0 && Canonicals[attribute.Type](attribute, stored) is { Length: > 0 };

    /// <summary>A stored text that <see cref="Fits"/> as JSON.</summary>
    public static JsonNode ToJson(AttributeDefinition attribute, string stored) => attribute.Type switch
    {
        AttributeType.Integer or AttributeType.Decimal or AttributeType.Boolean or AttributeType.MultiEnum => JsonNode.Parse(stored)!,
        _ => JsonValue.Create(stored),
    };

    /// <summary>A stored text as people type it; one that no longer <see cref="Fits"/> as it stands.</summary>
    public static string ToTyped(AttributeDefinition attribute, string stored) =>
        attribute.Type == AttributeType.MultiEnum && Fits(attribute, stored) ? string.Join(Separator, JsonSerializer.Deserialize<string[]>(stored)!) : stored;

    /// <summary>A stored text as people read it, options by their labels; one that no longer <see cref="Fits"/> as it stands.</summary>
    public static string ToShown(AttributeDefinition attribute, string stored) => !Fits(attribute, stored) ? stored : attribute.Type switch
    {
        AttributeType.Boolean => AttributeTexts.YesOrNo(stored == "true"),
        AttributeType.Enum => Label(attribute, stored),
        AttributeType.MultiEnum => string.Join(" · ", JsonSerializer.Deserialize<string[]>(stored)!.Select(code => Label(attribute, code))),
        _ => stored,
    };

    /// <summary>What is allowed, for people.</summary>
    public static string Allowed(AttributeDefinition attribute) => AttributeTexts.Allowed(attribute);

    private static string Label(AttributeDefinition attribute, string code) => attribute.Options.First(o => o.Code == code).Label;

    private static Outcome<string> Checked(AttributeDefinition attribute, string? text) =>
        text is "" ? ""
        : text is not null && Canonicals[attribute.Type](attribute, text) is { } canonical ? canonical
        : new Fault(FaultKind.Invalid, attribute.Id, Allowed(attribute));

    private static string? Text(JsonElement json)
    {
        try
        {
            return json.Deserialize<string>();
        }
        catch (JsonException)
        {
            // Half of a surrogate pair: no text.
            return null;
        }
    }

    private static string? Line(AttributeDefinition attribute, string text) =>
        text.Length <= (attribute.MaxLength ?? MaxLength) && !text.Any(char.IsControl) && (attribute.Pattern is null || Pattern(attribute).IsMatch(text)) ? text : null;

    /// <summary>Linear in the text: what strangers send runs through it.</summary>
    private static Regex Pattern(AttributeDefinition attribute) => Patterns.GetValue(
        attribute, a => new Regex($@"\A(?:{a.Pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));

    private static string? Number(AttributeDefinition attribute, string text, int decimals) =>
        text.Length <= 64 && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && decimal.Round(number, decimals) == number && (decimals > 0 || !text.Contains('.', StringComparison.Ordinal))
        && number >= (attribute.Min ?? -1_000_000_000_000_000m) && number <= (attribute.Max ?? 1_000_000_000_000_000m)
            ? number.ToString("0.######", CultureInfo.InvariantCulture)
            : null;

    /// <summary>In the order of the options, so that one choice has one text.</summary>
    private static string? Codes(AttributeDefinition attribute, string text)
    {
        string?[] codes;
        try
        {
            codes = JsonSerializer.Deserialize<string?[]>(text)!;
        }
        catch (JsonException)
        {
            // Not a list of texts.
            return null;
        }

        var chosen = attribute.Options.Where(o => codes.Contains(o.Code)).Select(o => o.Code).ToList();
        return chosen.Count != codes.Length ? null : chosen.Count == 0 ? "" : JsonColumn.Text(chosen);
    }
}
