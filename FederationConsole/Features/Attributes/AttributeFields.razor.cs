using System.Globalization;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Attributes;

/// <summary>
/// One field an attribute, inside an <c>EditForm</c> whose model is <see cref="Values"/>: then a fault that names an attribute stands at
/// its field (<c>FormMessages</c>). Nothing is checked here; what was typed is read by <see cref="AttributeValue.ReadTyped"/>.
/// </summary>
public sealed partial class AttributeFields
{
    private const string LocalForm = "yyyy-MM-dd'T'HH:mm:ss.FFF";
    private const string InstantForm = "yyyy-MM-dd'T'HH:mm:ss.FFFzzz";

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<AttributeDefinition> Attributes { get; set; }

    /// <summary>By the attribute's id, as people type them; null or empty where there is none. Has a key for each attribute.</summary>
    [Parameter, EditorRequired] public required IDictionary<string, string?> Values { get; set; }

    [Parameter] public bool Disabled { get; set; }

    /// <summary>As users see it: what they only read is locked.</summary>
    [Parameter] public bool AsUser { get; set; }

    /// <summary>Something was typed or chosen.</summary>
    [Parameter] public EventCallback OnTyped { get; set; }

    private string Typed(AttributeDefinition attribute) => (Values.TryGetValue(attribute.Id, out var value) ? value : null) ?? "";

    private string[] Chosen(AttributeDefinition attribute) =>
        Typed(attribute).Split(AttributeValue.Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private bool Locked(AttributeDefinition attribute) => Disabled || (AsUser && attribute.ReadOnly);

    private static string? Needed(AttributeDefinition attribute) => attribute.Required ? "true" : null;

    private static string? Keys(AttributeType type) => type switch
    {
        AttributeType.Integer => "numeric",
        AttributeType.Decimal => "decimal",
        _ => null,
    };

    private string? MarkOf(AttributeDefinition attribute)
    {
        var marks = new[] { attribute.Required ? T["Flag.Required"].Value : null, attribute.ReadOnly ? T["Flag.ReadOnly"].Value : null };
        return marks.All(mark => mark is null) ? null : string.Join(" \u00b7 ", marks.OfType<string>());
    }

    private string? HelpOf(AttributeDefinition attribute)
    {
        // What stands to be chosen needs no words.
        var allowed = attribute.Type switch
        {
            AttributeType.String when attribute is { MaxLength: null, Pattern: null } => null,
            AttributeType.Enum or AttributeType.MultiEnum or AttributeType.Boolean or AttributeType.Date => null,
            AttributeType.Datetime => T["Field.Zone", Context.Project.Zone.Id, Offset].Value,
            _ => AttributeValue.Allowed(attribute),
        };
        var all = string.Join(" \u00b7 ", new[] { attribute.Description, allowed }.Where(part => !string.IsNullOrEmpty(part)));
        return all.Length == 0 ? null : all;
    }

    private string Offset
    {
        get
        {
            var offset = Context.Project.Zone.BaseUtcOffset;
            return string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}");
        }
    }

    /// <summary>A value that is no choice any more stays in sight: a form that dropped it would take it away unasked.</summary>
    private IEnumerable<(string Code, string Label)> ChoicesOf(AttributeDefinition attribute)
    {
        // Yes and no are chosen like anything else: an empty check box would say no where nobody said anything.
        IReadOnlyList<(string Code, string Label)> offered = attribute.Type is AttributeType.Boolean
            ? [("true", T["Field.Yes"]), ("false", T["Field.No"])]
            : [.. attribute.Options.Select(o => (o.Code, o.Label))];
        var typed = Typed(attribute);
        return typed.Length == 0 || offered.Any(o => o.Code == typed) ? offered : [.. offered, (typed, typed)];
    }

    /// <summary>An instant in the project's zone, as the browser's input takes it; empty for what is no instant.</summary>
    private string Local(AttributeDefinition attribute) =>
        AttributeValue.ReadTyped(attribute, Typed(attribute)) is { Ok: true, Value: { Length: > 0 } text }
            ? TimeZoneInfo.ConvertTime(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture), Context.Project.Zone).ToString(LocalForm, CultureInfo.InvariantCulture)
            : "";

    private string? Instant(string? local) =>
        DateTime.TryParse(local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? new DateTimeOffset(at, Context.Project.Zone.GetUtcOffset(at)).ToString(InstantForm, CultureInfo.InvariantCulture)
            : local;

    private Task SetAsync(AttributeDefinition attribute, string? typed)
    {
        Values[attribute.Id] = typed;
        return OnTyped.InvokeAsync();
    }

    private Task ToggleAsync(AttributeDefinition attribute, string code)
    {
        var chosen = Chosen(attribute);
        return SetAsync(attribute, string.Join(AttributeValue.Separator, chosen.Contains(code) ? chosen.Where(c => c != code) : chosen.Append(code)));
    }
}
