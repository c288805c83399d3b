using System.Globalization;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Meetings;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Attendee.Pages;

/// <summary>A field of the form as an input of HTML. What is wrong with it stands under it.</summary>
internal static class RegisterFields
{
    /// <summary>Must be filled in.</summary>
    public static Markup Star => Markup.Of($" <abbr title=\"{AttendeeTexts.Get("Page.Required")}\">*</abbr>");

    public static Markup Of(AttendeeType type, FormField field, string value, Fault? wrong)
    {
        var id = Filled.FieldPrefix + field.Name;
        var several = field.Type is AttributeType.MultiEnum or AttributeType.Boolean;
        var condition = field.ShowIf is { } show ? Markup.Of($" data-show=\"{Filled.FieldPrefix}{show.Field}\" data-values=\"{System.Text.Json.JsonSerializer.Serialize(show.Values)}\"") : Markup.None;
        var label = Markup.Of($"{field.Label}{(field.Required ? Star : Markup.None)}");
        var help = Markup.Of($"""
            {OnlyIf(type, field)}{(field.Type is AttributeType.Datetime ? Markup.Of($"<small>{AttendeeTexts.Get("Page.China")}</small>") : Markup.None)}{(field.Help is { Length: > 0 } text ? Markup.Of($"<small>{text}</small>") : Markup.None)}{(wrong is null ? Markup.None : Markup.Of($"<span class=\"alarm\" id=\"{id}-wrong\">{Words(wrong)}</span>"))}
            """);
        return several
            ? Markup.Of($"""<fieldset class="choose field"{condition}><legend>{label}</legend>{Choices(field, id, value)}{help}</fieldset>""")
            : Markup.Of($"""<div class="field"{condition}><label for="{id}">{label}</label>{Input(field, id, value, wrong)}{help}</div>""");
    }

    /// <summary>Without the script every field is there: whoever fills it in is told when it counts.</summary>
    private static Markup OnlyIf(AttendeeType type, FormField field) =>
        field.ShowIf is { } show && type.Fields.FirstOrDefault(f => f.Name == show.Field) is { } asked
            ? Markup.Of($"<noscript><small>{AttendeeTexts.Say("Page.OnlyIf", asked.Label, string.Join(" / ", show.Values.Select(v => Label(asked, v))))}</small></noscript>")
            : Markup.None;

    private static string Label(FormField field, string value) => field.Options.FirstOrDefault(o => o.Code == value)?.Label ?? AttributeValue.ToShown(field.Definition, value);

    private static string Words(Fault fault) => fault.Kind switch
    {
        FaultKind.Missing => AttendeeTexts.Get("Missing"),
        FaultKind.OptionUnknown => AttendeeTexts.Get("Page.Pick"),
        _ => fault.Detail ?? AttendeeTexts.Get("Code_40001"),
    };

    private static Markup Choices(FormField field, string id, string value)
    {
        var chosen = value.Split(AttributeValue.Separator);
        var (type, options) = field.Type == AttributeType.Boolean
            ? ("radio", [new("true", AttendeeTexts.Get("Page.Yes")), new("false", AttendeeTexts.Get("Page.No"))])
            : ("checkbox", field.Options);
        return Markup.Join(options.Select(o => Markup.Of(
            $"<label><input type=\"{type}\" name=\"{id}\" value=\"{o.Code}\"{RegisterViews.Flag("checked", chosen.Contains(o.Code, StringComparer.Ordinal))}><span>{o.Label}</span></label>")));
    }

    private static Markup Input(FormField field, string id, string value, Fault? wrong)
    {
        // Under a condition the script asks for it while it is shown; without a script the server does.
        var state = Markup.Of($"""{(field.Required ? field.ShowIf is null ? " required" : " data-required" : "")}{(wrong is null ? Markup.None : Markup.Of($" aria-invalid=\"true\" aria-describedby=\"{id}-wrong\""))}""");
        if (field.Type == AttributeType.Enum)
        {
            return Markup.Of($"""
                <select id="{id}" name="{id}"{state}><option value="">{AttendeeTexts.Get("Page.Choose")}</option>{Markup.Join(field.Options.Select(o => Markup.Of($"<option value=\"{o.Code}\"{RegisterViews.Flag("selected", o.Code == value)}>{o.Label}</option>")))}</select>
                """);
        }

        var (type, more) = field switch
        {
            { Name: FormField.Mobile } => ("tel", " autocomplete=\"tel\""),
            { Name: FormField.Email } => ("email", " autocomplete=\"email\""),
            { Name: FormField.FullName } => ("text", " autocomplete=\"name\""),
            { Type: AttributeType.Integer } => ("number", Bounds(field, "1")),
            { Type: AttributeType.Decimal } => ("number", Bounds(field, "any")),
            { Type: AttributeType.Date } => ("date", ""),
            { Type: AttributeType.Datetime } => ("datetime-local", ""),
            { Type: AttributeType.Url } => ("url", ""),
            _ => ("text", ""),
        };
        var length = field.MaxLength is { } max ? string.Create(CultureInfo.InvariantCulture, $" maxlength=\"{max}\"") : "";
        var shown = field.Type == AttributeType.Datetime && value.Length > 16 ? value[..16] : value;
        return Markup.Of($"<input type=\"{type}\" id=\"{id}\" name=\"{id}\" value=\"{shown}\"{new Markup(more + length)}{state}>");
    }

    private static string Bounds(FormField field, string step) => string.Create(
        CultureInfo.InvariantCulture, $" step=\"{step}\"{(field.Min is { } min ? $" min=\"{min}\"" : "")}{(field.Max is { } max ? $" max=\"{max}\"" : "")}");
}
