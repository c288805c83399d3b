using FederationConsole.Features.Attributes;

namespace FederationConsole.Features.Meetings;

/// <summary>Which fields of a form are shown for what is filled in.</summary>
public static class FormVisibility
{
    /// <param name="fields">In the form's order.</param>
    /// <param name="typed">What a field holds, as people type it (codes of a multi-enum with <see cref="AttributeValue.Separator"/> between them); null or empty: nothing.</param>
    /// <returns>A field whose condition names one that is not shown itself is not shown either.</returns>
    public static IReadOnlyList<FormField> Shown(IReadOnlyList<FormField> fields, Func<string, string?> typed)
    {
        var shown = new List<FormField>();
        foreach (var field in fields)
        {
            if (field.ShowIf is not { } condition
                || (shown.Exists(f => f.Name == condition.Field)
                    && (typed(condition.Field) ?? "").Split(AttributeValue.Separator, StringSplitOptions.TrimEntries).Intersect(condition.Values).Any()))
            {
                shown.Add(field);
            }
        }

        return shown;
    }
}
