using System.Globalization;
using System.Resources;

namespace FederationConsole.Features.Attributes;

/// <summary>What is said of attributes, in the language of the current UI culture: to callers of a face, and on the pages.</summary>
public sealed class AttributeTexts
{
    private static readonly ResourceManager Texts = new(typeof(AttributeTexts));

    private AttributeTexts()
    {
    }

    internal static string Allowed(AttributeDefinition attribute) => attribute.Type switch
    {
        AttributeType.String => Say(attribute.Pattern is null ? "Allowed.String" : "Allowed.Pattern", attribute.MaxLength ?? AttributeValue.MaxLength, attribute.Pattern ?? ""),
        AttributeType.Integer or AttributeType.Decimal => Say(
            (attribute.Type is AttributeType.Integer ? "Allowed.Integer" : "Allowed.Decimal") + (attribute.Min, attribute.Max) switch
            {
                (null, null) => "",
                (_, null) => "From",
                (null, _) => "To",
                _ => "Between",
            },
            attribute.Min ?? 0, attribute.Max ?? 0),
        AttributeType.Enum or AttributeType.MultiEnum => Say($"Allowed.{attribute.Type}", string.Join(", ", attribute.Options.Select(o => o.Code))),
        _ => Say($"Allowed.{attribute.Type}"),
    };

    internal static string Unknown(SchemaInForce schema) =>
        schema.Attributes.Count == 0 ? Say("Unknown.None") : Say("Unknown", string.Join(", ", schema.Attributes.Select(a => a.Id)));

    internal static string ReadOnly => Say(nameof(ReadOnly));

    internal static string YesOrNo(bool value) => Say(value ? "Field.Yes" : "Field.No");

    internal static string Say(string key, params object[] arguments)
    {
        var text = Texts.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key);
        return arguments.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, arguments);
    }
}
