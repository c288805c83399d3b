using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Meetings;
using FederationConsole.Platform;

namespace FederationConsole.Features.Registrations;

/// <summary>A form as it was filled in: what of it counts, and what is wrong by the field's name.</summary>
/// <param name="Fields">Canonical texts by the form's own names; of fields that are shown and not empty.</param>
/// <param name="Mobile">E.164.</param>
/// <param name="Email">Lower case.</param>
/// <param name="Faults">Each with the field's label. In the form's order, at most one a field.</param>
public sealed record RegistrationForm(
    IReadOnlyDictionary<string, string> Fields, string Name, string? Mobile, string? Email, IReadOnlyList<KeyValuePair<string, Fault>> Faults)
{
    /// <summary>The zone of the field Mobile where the form or the call has it (seed 001 knows it of the purchaser).</summary>
    public const string AreaCode = "AreaCode";

    private const int MaxName = 200;

    /// <summary>What people are asked: the form, and a mobile before it where the form asks for neither mobile nor e-mail, which nobody registers without.</summary>
    public static IReadOnlyList<FormField> Asked(AttendeeType type) =>
        type.Fields.Any(f => f.Name.Equals(FormField.Mobile, StringComparison.OrdinalIgnoreCase) || f.Name.Equals(FormField.Email, StringComparison.OrdinalIgnoreCase))
            ? type.Fields
            : [new() { Name = FormField.Mobile, Label = RegistrationTexts.Get("Field_" + FormField.Mobile), Type = AttributeType.String, Required = true }, .. type.Fields];

    /// <summary>
    /// Fields that the form has not are ignored, but for the three that every attendee has. Hidden ones (<see cref="ShowIf"/>) are dropped,
    /// whatever was sent for them.
    /// </summary>
    public static RegistrationForm Read(AttendeeType type, IReadOnlyList<AskedField> asked)
    {
        var sent = asked.DistinctBy(f => f.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(f => f.Name, f => f.Value, StringComparer.OrdinalIgnoreCase);
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var faults = new List<KeyValuePair<string, Fault>>();
        foreach (var field in type.Fields.Where(f => IsShown(f, values)))
        {
            var read = Value(field, sent.GetValueOrDefault(field.Name), sent.GetValueOrDefault(AreaCode));
            if (!read.Ok)
            {
                faults.Add(new(field.Name, read.Fault));
            }
            else if (read.Value.Length > 0)
            {
                values[field.Name] = read.Value;
            }
            else if (field.Required)
            {
                faults.Add(new(field.Name, new Fault(FaultKind.Missing, field.Label)));
            }
        }

        return new(values, Known(FormField.FullName) ?? "", Known(FormField.Mobile), Known(FormField.Email), faults);

        // Where the form does not ask for it: a call may say who it is all the same.
        string? Known(string name)
        {
            if (type.Fields.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } own)
            {
                return values.GetValueOrDefault(own.Name);
            }

            var read = Value(new() { Name = name, Label = RegistrationTexts.Get("Field_" + name), Type = AttributeType.String }, sent.GetValueOrDefault(name), sent.GetValueOrDefault(AreaCode));
            if (read.Fault is { } fault)
            {
                faults.Add(new(name, fault));
            }

            return read.Value is { Length: > 0 } value ? value : null;
        }
    }

    /// <summary>Whether a field is asked for, by the values of those before it.</summary>
    public static bool IsShown(FormField field, IReadOnlyDictionary<string, string> values) =>
        field.ShowIf is not { } condition || (values.GetValueOrDefault(condition.Field) is { } value && condition.Values.Any(v => Has(value, v)));

    /// <summary>A multi-enum is kept as a list in JSON.</summary>
    internal static bool Has(string value, string code) =>
        value == code || (value.StartsWith('[') && System.Text.Json.JsonSerializer.Deserialize<string[]>(value)!.Contains(code, StringComparer.Ordinal));

    private static Outcome<string> Value(FormField field, string? text, string? areaCode)
    {
        text = (text ?? "").Trim();
        var read = AttributeValue.ReadTyped(field.Definition, field.Type switch
        {
            AttributeType.Boolean => text.ToLowerInvariant(),
            AttributeType.MultiEnum => Codes(field, text),
            _ => text,
        });
        if (!read.Ok)
        {
            return read.Fault with { Kind = field.Type is AttributeType.Enum or AttributeType.MultiEnum ? FaultKind.OptionUnknown : FaultKind.Invalid, Field = field.Label };
        }

        return read.Value.Length == 0 ? "" : field.Name.ToUpperInvariant() switch
        {
            "MOBILE" => Phone(text, areaCode)?.E164 is { } mobile ? mobile : Invalid(field, "NotAMobile"),
            "EMAIL" => EmailAddress.Parse(text) is { } email ? email : Invalid(field, "NotAnEmail"),
            "FULLNAME" when text.Length > MaxName => Invalid(field, "NameTooLong"),
            _ => read,
        };
    }

    /// <summary>With an area code the national number, with or without it; without one the whole number, of China if it has no country code.</summary>
    internal static PhoneNumber? Phone(string? text, string? areaCode)
    {
        var zone = areaCode?.Trim().TrimStart('+') is { Length: > 0 } digits ? "+" + (digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits) : null;
        return zone is null || text?.Trim().StartsWith('+') == true ? PhoneNumber.ParseWhole(text) : PhoneNumber.Parse(new string([.. text!.Where(c => c is not (' ' or '-'))]), zone);
    }

    /// <summary>People and systems write either sign between codes; a code may hold a comma itself.</summary>
    private static string Codes(FormField field, string text) => string.Join(AttributeValue.Separator, text
        .Split(AttributeValue.Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .SelectMany(code => field.Options.Any(o => o.Code == code) ? [code] : code.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));

    private static Fault Invalid(FormField field, string text) => new(FaultKind.Invalid, field.Label, RegistrationTexts.Get(text));
}
