using System.Globalization;
using System.Text;

namespace FederationConsole.Platform.StrictJson;

/// <summary>Writes a shape as a reference page in Markdown: every key, in the order of the table, from the table itself.</summary>
public static class ShapePage
{
    public static string Write(string title, ObjectShape shape)
    {
        // English, whoever builds it: the page is a file of the repository.
        var culture = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
            var page = new StringBuilder($"# {title}\n\n**Bold** keys are required; `null` behind a type says that null is a value.\n");
            Section(page, "$", shape, new(ReferenceEqualityComparer.Instance));
            return page.ToString();
        }
        finally
        {
            CultureInfo.CurrentUICulture = culture;
        }
    }

    private static void Section(StringBuilder page, string path, ObjectLike shape, HashSet<Shape> written)
    {
        // One shape in two places, as in the two environments, is described at the first.
        if (!written.Add(shape))
        {
            return;
        }

        var forms = shape.Forms.ToArray();
        page.Append(CultureInfo.InvariantCulture, $"\n## `{path}`\n| key | takes | for |\n|---|---|---|\n");
        var rows =
            from form in forms
            from field in form.Shape.Fields
            let name = field.Required ? $"**`{field.Name}`**" : $"`{field.Name}`"
            let takes = field.Shape.Allowed + (field.Nullable ? ", `null`" : "")
            group form by (name, takes, field.Says);
        foreach (var row in rows)
        {
            var conditions = row.GroupBy(f => f.Key, f => f.Value).Select(g => $"`{g.Key}` {string.Join(", ", g)}".TrimEnd());
            var when = row.Count() == forms.Length ? "" : " with " + string.Join(" or ", conditions);
            page.Append(CultureInfo.InvariantCulture, $"| {row.Key.name}{when} | {Cell(row.Key.takes)} | {Cell(row.Key.Says)} |\n");
        }

        var below =
            from form in shape.Forms
            from field in form.Shape.Fields
            let inner = Inner(field)
            where inner.Shape is not null
            group inner by inner.Step into same
            select same.First();
        foreach (var (step, inner) in below)
        {
            Section(page, $"{path}.{step}", inner!, written);
        }
    }

    private static (string Step, ObjectLike? Shape) Inner(Field field) => field.Shape switch
    {
        ListShape list => ($"{field.Name}[*]", list.Item as ObjectLike),
        var other => (field.Name, other as ObjectLike),
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
