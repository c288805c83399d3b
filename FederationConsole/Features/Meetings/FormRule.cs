using System.Globalization;
using FederationConsole.Features.Attributes;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.Meetings;

/// <summary>
/// What holds between the fields of a form: a field is shown by an earlier field with choices and by choices that it has, and what a
/// message is sent to is a text.
/// </summary>
/// <param name="At">Path of the list of fields, such as <c>$.fields</c>.</param>
internal sealed record FormRule(string At) : Rule
{
    private static readonly HashSet<string> Choosing =
        [.. new[] { AttributeType.Enum, AttributeType.MultiEnum, AttributeType.Boolean }.Select(t => StrictJsonReader.Words.ConvertName(t.ToString()))];

    private static readonly string Text = StrictJsonReader.Words.ConvertName(nameof(AttributeType.String));
    private static readonly string Flag = StrictJsonReader.Words.ConvertName(nameof(AttributeType.Boolean));
    private static readonly HashSet<string> Texts = [FormField.FullName, FormField.Mobile, FormField.Email];

    private readonly Place names = new(At + "[{field}].name");
    private readonly Place types = new(At + "[{field}].type");
    private readonly Place codes = new(At + "[{field}].options[*].code");
    private readonly Place conditions = new(At + "[{field}].showIf.field");
    private readonly Place values = new(At + "[{field}].showIf.values[*]");

    public override void Check(IReadOnlyList<Leaf> leaves, JsonFaults faults)
    {
        var type = Find(types, leaves).ToDictionary(t => (t.Form, t.Field), t => t.Leaf);
        var code = Find(codes, leaves).ToLookup(c => (c.Form, c.Field), c => c.Leaf.Value);
        var value = Find(values, leaves).ToLookup(v => (v.Form, v.Field), v => v.Leaf);
        var name = Find(names, leaves).ToList();
        foreach (var (leaf, form, field) in name.Where(n => Texts.Contains(n.Leaf.Value)))
        {
            if (type.TryGetValue((form, field), out var told) && told.Value != Text)
            {
                faults.Add(told.Path, "FieldIsText", leaf.Value, Text);
            }
        }

        var byName = name.ToLookup(n => (n.Form, n.Leaf.Value), n => n.Field);
        foreach (var (leaf, form, field) in Find(conditions, leaves))
        {
            var asked = byName[(form, leaf.Value)].Where(f => f < field).Select(f => (int?)f).FirstOrDefault();
            if (asked is not { } at || !type.TryGetValue((form, at), out var kind) || !Choosing.Contains(kind.Value))
            {
                faults.Add(leaf.Path, "ShowIfField", leaf.Value);
                continue;
            }

            var allowed = kind.Value == Flag ? ["true", "false"] : code[(form, at)].ToHashSet(StringComparer.Ordinal);
            foreach (var wrong in value[(form, field)].Where(v => !allowed.Contains(v.Value)))
            {
                faults.Add(wrong.Path, "ShowIfValue", wrong.Value, leaf.Value);
            }
        }
    }

    /// <summary>The last named step is the field's place in its form, those before it say which form.</summary>
    private static IEnumerable<(Leaf Leaf, string Form, int Field)> Find(Place place, IReadOnlyList<Leaf> leaves) =>
        from found in place.Find(leaves, [.. place.Names])
        let cut = found.Scope.LastIndexOf('/') + 1
        // A key that stands twice is the structure's fault.
        group found.Leaf by (Form: found.Scope[..cut], Field: int.Parse(found.Scope.AsSpan(cut), CultureInfo.InvariantCulture), found.Leaf.Path.ToString()) into same
        select (same.First(), same.Key.Form, same.Key.Field);
}
