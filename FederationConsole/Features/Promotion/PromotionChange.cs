using System.Globalization;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.Promotion;

public enum ChangeSubject
{
    Attribute,
    /// <summary>The order in which forms show the attributes that both have.</summary>
    Order,
    Policy,
}

public enum ChangeKind
{
    Added,
    Removed,
    Changed,
}

/// <summary>One property before and after; null: it was not there.</summary>
/// <param name="Name">Of an attribute the key of the project file; empty where the change has only one.</param>
public sealed record PropertyChange(string Name, string? Before, string? After);

/// <summary>How a change meets users of production.</summary>
public enum TouchKind
{
    /// <summary>Required from now on, and they have no value.</summary>
    Lacking,
    /// <summary>Their stored value is no longer what is allowed.</summary>
    Unfit,
    /// <summary>They have the option that goes.</summary>
    HadOption,
    /// <summary>Unique from now on, and somebody else has the same value.</summary>
    Sharing,
    /// <summary>They have a value, which is kept out of sight.</summary>
    Hidden,
    /// <summary>They have a value from before the attribute was removed, which comes back in sight.</summary>
    Returning,
    /// <summary>They are bound to a source that is not offered any more.</summary>
    OfSource,
    /// <summary>Everybody: only the vendor's accounts sign in from now on.</summary>
    Everybody,
}

/// <param name="Users">Exactly how many; users who were merged into another do not count.</param>
/// <param name="Of">The option's code, the source's number.</param>
public sealed record Touch(TouchKind Kind, long Users, string? Of = null);

/// <summary>One line of the difference.</summary>
/// <param name="Id">The attribute's identifier, the policy's name in the project file; empty for the order.</param>
/// <param name="Name">The attribute's name for people.</param>
public sealed record PromotionChange(ChangeSubject Subject, string Id, string Name, ChangeKind Kind, IReadOnlyList<PropertyChange> Properties)
{
    /// <summary>Null until it was counted.</summary>
    public IReadOnlyList<Touch>? Touches { get; init; }

    /// <summary>What is different between two contents, in the order of the new one; nothing is counted yet.</summary>
    public static IReadOnlyList<PromotionChange> Between(PromotionContent before, PromotionContent after)
    {
        var (old, now) = (before.Attributes.ToDictionary(a => a.Id, StringComparer.Ordinal), after.Attributes.ToDictionary(a => a.Id, StringComparer.Ordinal));
        return
        [
            .. after.Attributes.Select(a => Compare(old.GetValueOrDefault(a.Id), a)).OfType<PromotionChange>(),
            .. before.Attributes.Where(a => !now.ContainsKey(a.Id)).Select(a => Compare(a, null)).OfType<PromotionChange>(),
            .. Order([.. before.Attributes.Select(a => a.Id).Where(now.ContainsKey)], [.. after.Attributes.Select(a => a.Id).Where(old.ContainsKey)]),
            .. PolicyRules.Fields.Where(f => f.Text(before.Policies) != f.Text(after.Policies)).Select(f =>
                new PromotionChange(ChangeSubject.Policy, f.Name, "", ChangeKind.Changed, [new("", f.Text(before.Policies), f.Text(after.Policies))])),
        ];
    }

    private static PromotionChange? Compare(AttributeDefinition? before, AttributeDefinition? after)
    {
        var (old, now) = (Texts(before), Texts(after));
        List<PropertyChange> changed = [.. Names.Select(n => new PropertyChange(n, old.GetValueOrDefault(n), now.GetValueOrDefault(n))).Where(p => p.Before != p.After)];
        var shown = after ?? before!;
        return changed.Count == 0 ? null : new(
            ChangeSubject.Attribute, shown.Id, shown.Name, before is null ? ChangeKind.Added : after is null ? ChangeKind.Removed : ChangeKind.Changed, changed);
    }

    private static IEnumerable<PromotionChange> Order(List<string> before, List<string> after)
    {
        if (!before.SequenceEqual(after, StringComparer.Ordinal))
        {
            yield return new(ChangeSubject.Order, "", "", ChangeKind.Changed, [new("", string.Join(", ", before), string.Join(", ", after))]);
        }
    }

    private static readonly string[] Names = ["name", "library", "description", "type", "required", "unique", "readOnly", "maxLength", "pattern", "min", "max", "options"];

    /// <summary>What the attribute says, as text; what it does not say is left out.</summary>
    private static Dictionary<string, string?> Texts(AttributeDefinition? attribute)
    {
        if (attribute is not { } a)
        {
            return [];
        }

        return new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["name"] = a.Name,
            ["library"] = Flag(a.Library),
            ["description"] = a.Description is { Length: > 0 } text ? text : null,
            ["type"] = StrictJsonReader.Words.ConvertName(a.Type.ToString()),
            ["required"] = Flag(a.Required),
            ["unique"] = Flag(a.Unique),
            ["readOnly"] = Flag(a.ReadOnly),
            ["maxLength"] = a.MaxLength?.ToString(CultureInfo.InvariantCulture),
            ["pattern"] = a.Pattern,
            ["min"] = Number(a.Min),
            ["max"] = Number(a.Max),
            ["options"] = a.Options.Count == 0 ? null : string.Join(", ", a.Options.Select(o => $"{o.Code} {o.Label}")),
        };

        static string? Flag(bool set) => set ? "true" : null;

        static string? Number(decimal? number) => number?.ToString("0.######", CultureInfo.InvariantCulture);
    }
}
