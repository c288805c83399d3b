using FederationConsole.Features.Attributes;
using FederationConsole.Features.Meetings;

namespace FederationConsole.Features.Registrations;

/// <summary>What the forms of a meeting ask for, for lists and files that show attendees of all types.</summary>
public static class AttendeeFields
{
    private static readonly HashSet<string> Columns = new([FormField.FullName, FormField.Mobile, FormField.Email], StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// By name, each as the first type has it that asks for it, with the options of all. Not those that every attendee has: name, mobile, e-mail.
    /// </summary>
    public static IReadOnlyList<FormField> Of(MeetingEntry meeting) =>
    [
        .. meeting.Types.SelectMany(t => t.Fields).Where(f => !Columns.Contains(f.Name)).GroupBy(f => f.Name, StringComparer.Ordinal)
            .Select(same => same.First() with { Options = [.. same.SelectMany(f => f.Options).DistinctBy(o => o.Code)] }),
    ];

    /// <summary>As people read it, options by their labels; empty where there is none.</summary>
    public static string Shown(MeetingEntry meeting, Attendee attendee, string name) =>
        !attendee.Fields.TryGetValue(name, out var kept) ? ""
        : meeting.Type(attendee.Type)?.Fields.FirstOrDefault(f => f.Name == name) is { } field ? AttributeValue.ToShown(field.Definition, kept)
        : kept;

    /// <summary>Label and value of all that an attendee filled in, in the form's order; behind them what the form does not ask for any more, by its name.</summary>
    public static IEnumerable<(string Label, string Value)> Filled(MeetingEntry meeting, Attendee attendee)
    {
        var form = meeting.Type(attendee.Type)?.Fields ?? [];
        return form.Where(f => attendee.Fields.ContainsKey(f.Name)).Select(f => (f.Label, Shown(meeting, attendee, f.Name)))
            .Concat(attendee.Fields.Where(kept => !form.Any(f => f.Name == kept.Key)).Select(kept => (kept.Key, kept.Value)));
    }
}
