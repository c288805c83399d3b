using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace FederationConsole.Platform.StrictJson;

/// <summary>Checks a JSON text against a shape and rules, and says everything that is wrong with it.</summary>
public static class StrictJsonReader
{
    /// <summary>How the words of an enum are written.</summary>
    public static readonly JsonNamingPolicy Words = JsonNamingPolicy.KebabCaseLower;

    /// <summary>How records are written and read: keys in the order in which they are declared, Chinese as it is.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(Words, allowIntegerValues: false) },
        // Written to files and to the console's text box, never into a page as markup.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
    };

    /// <summary>Comments and trailing commas are allowed, deeper than 64 is not.</summary>
    /// <returns>The tree, or null and at least one fault.</returns>
    public static (JsonObject? Tree, IReadOnlyList<JsonFault> Faults) Read(string json, ObjectShape shape, params IReadOnlyList<Rule> rules)
    {
        var faults = new JsonFaults();
        try
        {
            // Bytes, because a string can hold half of a surrogate pair, on which the parser throws; here it becomes U+FFFD.
            var text = Encoding.UTF8.GetBytes(json.TrimStart('\uFEFF'));
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            Unicode(document.RootElement, JsonPath.Root, faults);
            if (faults.All.Count > 0)
            {
                return (null, faults.All);
            }

            shape.Check(document.RootElement, JsonPath.Root, faults);
            var leaves = Rule.Leaves(document.RootElement, JsonPath.Root).ToArray();
            foreach (var rule in rules)
            {
                rule.Check(leaves, faults);
            }

            return faults.All.Count > 0 ? (null, faults.All) : (JsonObject.Create(document.RootElement.Clone()), faults.All);
        }
        catch (JsonException e)
        {
            faults.Add(JsonPath.Root, "Malformed", e.LineNumber + 1 ?? 1, e.BytePositionInLine + 1 ?? 1);
            return (null, faults.All);
        }
    }

    /// <summary>
    /// An escaped half of a surrogate pair is valid JSON (RFC 8259 8.2) and no Unicode: JsonElement throws when it is read, even when
    /// another key of the same object is asked for. So it is looked for before anything else.
    /// </summary>
    private static void Unicode(JsonElement value, JsonPath path, JsonFaults faults)
    {
        try
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String:
                    _ = value.GetString();
                    break;
                case JsonValueKind.Array:
                    foreach (var (index, item) in value.EnumerateArray().Index())
                    {
                        Unicode(item, path.Item(index), faults);
                    }

                    break;
                case JsonValueKind.Object:
                    foreach (var property in value.EnumerateObject())
                    {
                        Unicode(property.Value, path.Key(property.Name), faults);
                    }

                    break;
            }
        }
        catch (InvalidOperationException)
        {
            faults.Add(path, "NotUnicode");
        }
    }
}
