using System.Globalization;
using System.Text.Json.Nodes;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.Attributes;

/// <summary>One choice while it is typed.</summary>
public sealed class OptionDraft
{
    public string Code { get; set; } = "";
    public string Label { get; set; } = "";
}

/// <summary>An attribute's form while it is typed. Its properties bear the names that faults bear.</summary>
public sealed class AttributeDraft
{
    private readonly string _before;

    /// <param name="from">Null for a new one.</param>
    public AttributeDraft(AttributeDefinition? from)
    {
        From = from;
        (Id, Name, Description) = (from?.Id ?? "", from?.Name ?? "", from?.Description ?? "");
        (Type, Required, Unique, ReadOnly) = (from?.Type ?? AttributeType.String, from?.Required ?? false, from?.Unique ?? false, from?.ReadOnly ?? false);
        (MaxLength, Pattern, Min, Max) = (Text(from?.MaxLength), from?.Pattern ?? "", Text(from?.Min), Text(from?.Max));
        Options = [.. (from?.Options ?? []).Select(o => new OptionDraft { Code = o.Code, Label = o.Label })];
        if (Options.Count == 0)
        {
            Options.Add(new());
        }

        _before = Typed.ToJsonString();
    }

    public string Id { get; set; }
    public string Name { get; set; }
    public string Description { get; set; }
    public AttributeType Type { get; set; }
    public bool Required { get; set; }
    public bool Unique { get; set; }
    public bool ReadOnly { get; set; }
    public string MaxLength { get; set; }
    public string Pattern { get; set; }
    public string Min { get; set; }
    public string Max { get; set; }
    public List<OptionDraft> Options { get; }

    /// <summary>What the form began with.</summary>
    public AttributeDefinition? From { get; }

    public bool IsDirty => Typed.ToJsonString() != _before;

    /// <summary>As a project file would have it, with the keys of its type alone; what is no number stays the text that was typed, so that the rules say what is allowed.</summary>
    public JsonObject Typed
    {
        get
        {
            var node = new JsonObject
            {
                ["id"] = Id.Trim(),
                ["name"] = Name.Trim(),
                ["type"] = StrictJsonReader.Words.ConvertName(Type.ToString()),
                ["required"] = Required,
                ["unique"] = Unique,
                ["readOnly"] = ReadOnly,
            };
            Put(node, "description", Description.Trim());
            switch (Type)
            {
                case AttributeType.String:
                    Put(node, "maxLength", Number(MaxLength));
                    Put(node, "pattern", Pattern);
                    break;
                case AttributeType.Integer or AttributeType.Decimal:
                    Put(node, "min", Number(Min));
                    Put(node, "max", Number(Max));
                    break;
                case AttributeType.Enum or AttributeType.MultiEnum:
                    node["options"] = new JsonArray([.. Options.Take(Options.FindLastIndex(o => o.Code.Length + o.Label.Length > 0) + 1)
                        .Select(o => new JsonObject { ["code"] = o.Code.Trim(), ["label"] = o.Label.Trim() })]);
                    break;
            }

            return node;
        }
    }

    private static string Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static JsonValue Number(string text) =>
        decimal.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : JsonValue.Create(text.Trim());

    /// <summary>Nothing typed is no key.</summary>
    private static void Put(JsonObject node, string key, JsonNode value)
    {
        if (value.ToString().Length > 0)
        {
            node[key] = value;
        }
    }
}
