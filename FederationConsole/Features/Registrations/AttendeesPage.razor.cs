using FederationConsole.Features.Attributes;
using FederationConsole.Features.Meetings;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Registrations;

/// <summary>会议-参会人.</summary>
public sealed partial class AttendeesPage
{
    [SupplyParameterFromQuery] public string? Type { get; set; }
    [SupplyParameterFromQuery] public string? In { get; set; }
    [SupplyParameterFromQuery] public string? Field { get; set; }
    [SupplyParameterFromQuery] public string? Value { get; set; }

    /// <summary>Anything: the form of a new attendee is open.</summary>
    [SupplyParameterFromQuery] public string? New { get; set; }

    protected override RegistrantFilter Filter => new(Q, Type, Status, In, Field, Value);

    private string NewHref => Navigate.GetUriWithQueryParameters(new Dictionary<string, object?>(StringComparer.Ordinal) { ["new"] = "1", ["order"] = null });

    private FormField? Chosen(MeetingEntry meeting) => AttendeeFields.Of(meeting).FirstOrDefault(f => f.Name == Field);

    /// <summary>Empty for a field whose value is typed.</summary>
    private List<(string Code, string Label)> Choices(FormField field) =>
        field.Type == AttributeType.Boolean ? [("true", T["Filter.Yes"].Value), ("false", T["Filter.No"].Value)] : [.. field.Options.Select(o => (o.Code, o.Label))];

    private void Choose(string name, ChangeEventArgs change) => Go(name, change.Value as string);

    /// <summary>Values are kept in one form: 1.50 is found as 1.5.</summary>
    private void TypeValue(FormField field, ChangeEventArgs change)
    {
        var typed = (change.Value as string)?.Trim();
        Go("value", AttributeValue.ReadTyped(field.Definition, typed) is { Ok: true, Value: var kept } ? kept : typed);
    }

    private void Go(string name, string? value)
    {
        var changed = new Dictionary<string, object?>(StringComparer.Ordinal) { [name] = string.IsNullOrEmpty(value) ? null : value, ["page"] = null };
        if (name == "field")
        {
            changed["value"] = null;
        }

        Navigate.NavigateTo(Navigate.GetUriWithQueryParameters(changed));
    }
}
