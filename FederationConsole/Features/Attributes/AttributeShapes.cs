using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.Attributes;

/// <summary>What an attribute must be in a file: in the library, in a project file, in a form of a meeting (which asks for values of the same types).</summary>
public static class AttributeShapes
{
    /// <summary>Every user has them; they sign people in (seed 003, 默认属性项说明).</summary>
    public static readonly IReadOnlyList<string> BuiltIn = ["phone", "mobile", "email"];

    public static readonly TextShape Id = Texts.Identifier(32) with { Reserved = BuiltIn };

    /// <summary>Where people type several codes, <see cref="AttributeValue.Separator"/> stands between them.</summary>
    private static readonly TextShape Code = new("OptionCode", 1, 64, text => text.Trim().Length == text.Length && !text.Contains(AttributeValue.Separator, StringComparison.Ordinal));

    public static readonly ListShape Options = new(
        new ObjectShape(
            new("code", Code, "What travels.", Required: true),
            new("label", Texts.Line(100), "What people read.", Required: true)))
    {
        Min = 1,
        Identity = [["code"]],
        Whole = true,
    };

    public static readonly Field Description = new("description", Texts.Line(500, min: 0), "For administrators; the one thing of a library attribute that can be edited.");

    /// <summary>A full definition, by type.</summary>
    public static readonly VariantShape Definition = DefinitionWith(Id);

    /// <summary>One that a project defines itself: it takes no identifier of the library's, so that what the library offers can still be added.</summary>
    public static VariantShape Custom(AttributeLibrary library) => DefinitionWith(Id with { Reserved = [.. BuiltIn, .. library.All.Select(a => a.Id)] });

    private static VariantShape DefinitionWith(TextShape id) => ByType(new ObjectShape(
        new("id", id, "Identifier on the wire; never changes.", Required: true),
        new("name", Texts.Line(100), "What people read.", Required: true),
        Description,
        new("required", new FlagShape(), "Whether a user must have a value."),
        new("unique", new FlagShape(), "Whether no two users of an environment may have the same value."),
        new("readOnly", new FlagShape(), "Whether users themselves cannot change it.")));

    /// <summary>Common keys, and the type with the keys that each type adds.</summary>
    public static VariantShape ByType(ObjectShape common)
    {
        var bound = new NumberShape(-1_000_000_000_000_000m, 1_000_000_000_000_000m, 6);
        var whole = bound with { Decimals = 0 };
        var more = new Dictionary<AttributeType, Field[]>
        {
            [AttributeType.String] =
            [
                new("maxLength", new NumberShape(1, 4000), "Longest value, in UTF-16 units.", Nullable: true),
                new("pattern", Texts.Pattern, "What the whole value must match.", Nullable: true),
            ],
            [AttributeType.Integer] = Bounds(whole),
            [AttributeType.Decimal] = Bounds(bound),
            [AttributeType.Boolean] = [],
            [AttributeType.Date] = [],
            [AttributeType.Datetime] = [],
            [AttributeType.Enum] = [new("options", Options, "The choices, in the order in which they are offered.", Required: true)],
            [AttributeType.MultiEnum] = [new("options", Options, "The choices, in the order in which they are offered.", Required: true)],
            [AttributeType.Url] = [],
        };
        return new VariantShape(
            new("type", ChoiceShape.Of<AttributeType>(), "What values it holds.", Required: true),
            more.ToDictionary(p => StrictJsonReader.Words.ConvertName(p.Key.ToString()), p => common.With(p.Value) with { InOrder = [("min", "max")] }));
    }

    private static Field[] Bounds(NumberShape shape) =>
    [
        new("min", shape, "Least value.", Nullable: true),
        new("max", shape, "Greatest value.", Nullable: true),
    ];
}
