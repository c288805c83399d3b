using System.Globalization;
using FederationConsole.Features.Attributes;
using FederationConsole.Platform;

namespace FederationConsole.Features.Meetings;

/// <summary>An attendee type with its form.</summary>
public sealed class TypeForm : FormDraft
{
    public TypeForm(TimeZoneInfo zone, AttendeeType? from)
        : base(zone, from?.Version ?? 0)
    {
        Key = from?.Key;
        (Name, InvitationOnly) = (from?.Name ?? "", from?.InvitationOnly ?? false);
        Fields = [.. (from?.Fields ?? []).Select(f => new FieldForm(f))];
        Begin();
    }

    public string? Key { get; }
    public string Name { get; set; }
    public bool InvitationOnly { get; set; }
    public List<FieldForm> Fields { get; }

    public override IEnumerable<(string Name, string Value)> Shown =>
    [
        (nameof(Name), Name), (nameof(InvitationOnly), InvitationOnly ? "true" : ""),
        (nameof(Fields), string.Join('\n', Fields.Select(f => $"{f.Label} · {f.Name} · {f.Type}{(f.Required ? " *" : "")}"))),
    ];

    protected override string Stamp => Json(new { Name, InvitationOnly, Fields = Fields.Select(f => f.Stamp) });

    public Outcome<AttendeeTypeDraft> Read()
    {
        Fault? fault = null;
        var fields = new List<FieldDraft>();
        foreach (var (at, field) in Fields.Index())
        {
            fields.Add(field.Read($"fields[{at.ToString(CultureInfo.InvariantCulture)}].", ref fault));
        }

        return fault is { } wrong ? wrong : new AttendeeTypeDraft { Id = Key, Name = Name.Trim(), InvitationOnly = InvitationOnly, Fields = fields };
    }

    /// <summary>The form as people would see it now; what is not yet a field is left out.</summary>
    public IReadOnlyList<FormField> Preview()
    {
        Fault? fault = null;
        var good = new List<FieldDraft>();
        foreach (var draft in Fields.Select(f => f.Read("", ref fault)))
        {
            if (MeetingRules.Check(new AttendeeTypeDraft { Name = "-", Fields = [.. good, draft] }) is null)
            {
                good.Add(draft);
            }
        }

        return [.. good.Select(MeetingParts.Field)];
    }
}

/// <summary>A field of a form while it is typed.</summary>
public sealed class FieldForm
{
    public FieldForm(FormField? from)
    {
        (Name, Label, Type, Help, Required) = (from?.Name ?? "", from?.Label ?? "", from?.Type ?? AttributeType.String, from?.Help ?? "", from?.Required ?? false);
        (MaxLength, Pattern, Min, Max) = (Text(from?.MaxLength), from?.Pattern ?? "", Text(from?.Min), Text(from?.Max));
        Options = [.. (from?.Options ?? []).Select(o => new OptionDraft { Code = o.Code, Label = o.Label })];
        if (Options.Count == 0)
        {
            Options.Add(new());
        }

        (ShowField, ShowValues) = (from?.ShowIf?.Field ?? "", [.. from?.ShowIf?.Values ?? []]);
    }

    public string Name { get; set; }
    public string Label { get; set; }
    public AttributeType Type { get; set; }
    public string Help { get; set; }
    public bool Required { get; set; }
    public string MaxLength { get; set; }
    public string Pattern { get; set; }
    public string Min { get; set; }
    public string Max { get; set; }
    public List<OptionDraft> Options { get; }

    /// <summary>The field that shows it; empty: always shown.</summary>
    public string ShowField { get; set; }
    public List<string> ShowValues { get; }

    public bool HasOptions => Type is AttributeType.Enum or AttributeType.MultiEnum;

    /// <summary>Whether another field can be shown by it.</summary>
    public bool Shows => HasOptions || Type is AttributeType.Boolean;

    internal object Stamp => new
    {
        Name, Label, Type, Help, Required, MaxLength, Pattern, Min, Max, Options = Options.Select(o => new[] { o.Code, o.Label }), ShowField, ShowValues,
    };

    internal FieldDraft Read(string path, ref Fault? fault) => new()
    {
        Name = Name.Trim(), Label = Label.Trim(), Type = Type, Help = Help.Trim().Length == 0 ? null : Help.Trim(), Required = Required ? true : null,
        MaxLength = Type == AttributeType.String ? (int?)Number(path + "maxLength", MaxLength, ref fault) : null,
        Pattern = Type == AttributeType.String && Pattern.Length > 0 ? Pattern : null,
        Min = Type is AttributeType.Integer or AttributeType.Decimal ? Number(path + "min", Min, ref fault) : null,
        Max = Type is AttributeType.Integer or AttributeType.Decimal ? Number(path + "max", Max, ref fault) : null,
        Options = HasOptions
            ? [.. Options.Take(Options.FindLastIndex(o => o.Code.Length + o.Label.Length > 0) + 1).Select(o => new AttributeOption(o.Code.Trim(), o.Label.Trim()))]
            : null,
        ShowIf = ShowField.Length == 0 ? null : new ShowIf(ShowField, [.. ShowValues]),
    };

    private static decimal? Number(string field, string text, ref Fault? fault)
    {
        if (decimal.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < int.MaxValue)
        {
            return number;
        }

        fault ??= text.Trim().Length == 0 ? null : new Fault(FaultKind.Invalid, field, MeetingTexts.Say("Form.Number"));
        return null;
    }

    private static string Text(decimal? number) => number?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";
}
