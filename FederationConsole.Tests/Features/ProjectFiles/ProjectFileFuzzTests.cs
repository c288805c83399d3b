using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace FederationConsole.Tests.Features.ProjectFiles;

/// <summary>Whatever a file holds, reading it ends in an answer, never in an exception.</summary>
public sealed class ProjectFileFuzzTests
{
    private static readonly string[] Shreds =
    [
        "{", "}", "[", "]", ",", ":", "null", "true", "-1", "1e400", "0.5", "\"", "\"\\ud800\"", "\"\\u0000\"", "\ud800", "// x\n", "/*", "\"source\": 12,",
        "\"projects\": [", "{}", "[[]]", "\"a\": 1, \"a\": 1", "99999999999999999999999", "\"\\ud800\": 1,", "\uFEFF", "\"https://[::1\"", "\"0001-01-01T00:00:00+14:00\"",
    ];

    [Fact]
    public void Random_damage_never_throws()
    {
        var damage =
            from at in Gen.Choose(0, Example.Text.Length - 1)
            from length in Gen.Choose(0, 40)
            from shred in Gen.Elements(Shreds)
            select (at, length, shred);
        Prop.ForAll(damage.NonEmptyListOf().Resize(6).ToArbitrary(), hits =>
        {
            var text = new StringBuilder(Example.Text);
            foreach (var (at, length, shred) in hits)
            {
                var start = Math.Min(at, text.Length);
                text.Remove(start, Math.Min(length, text.Length - start)).Insert(start, shred);
            }

            return Example.Faults(text.ToString()).All(f => f.Path.StartsWith('$') && f.Message.Length > 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));
    }

    [Fact]
    public void A_wrong_value_or_key_anywhere_never_throws()
    {
        string[] values = ["null", "7", "-0.0", "1e999", "true", "\"\"", "\"x\"", "\"\\udc00\"", "[]", "{}", "[null]", "{\"\": null}", "[[{}]]", "{\"source\": {}}", "{\"library\": 1}"];
        string[] keys = ["zz", "source", "library", "type", "id", "", "\\udc00", "a b'"];
        var places = Places(Example.Node()).ToArray();
        var edit = from at in Gen.Elements(places) from value in Gen.Elements(values) from key in Gen.Elements(keys) from more in Gen.Elements(true, false) select (at, value, key, more);
        Prop.ForAll(edit.NonEmptyListOf().Resize(4).ToArbitrary(), edits =>
        {
            // Marks first, since half of a surrogate pair and a key that stands twice cannot be put in a tree.
            var root = Example.Node();
            var marks = edits.DistinctBy(e => e.at).Index().ToArray();
            foreach (var (index, (at, _, _, more)) in marks)
            {
                switch (All(root).FirstOrDefault(n => n.GetPath() == at))
                {
                    case JsonObject o when more: o.Add($"@@{index}@@", 0); break;
                    case { } node: node.ReplaceWith($"@@{index}@@"); break;
                }
            }

            var text = marks.Aggregate(root.ToJsonString(), (json, mark) => json
                .Replace($"\"@@{mark.Index}@@\":0", $"\"{mark.Item.key}\":{mark.Item.value}", StringComparison.Ordinal)
                .Replace($"\"@@{mark.Index}@@\"", mark.Item.value, StringComparison.Ordinal));
            return Example.Faults(text).All(f => f.Path.StartsWith('$'));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));
    }

    private static IEnumerable<string> Places(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Places(p.Value).Prepend($"{node.GetPath()}.{p.Key}")),
        JsonArray a => a.SelectMany(Places).Concat(a.Index().Select(p => $"{node.GetPath()}[{p.Index}]")),
        _ => [],
    };

    private static IEnumerable<JsonNode> All(JsonNode? node) => node switch
    {
        null => [],
        JsonObject o => o.SelectMany(p => All(p.Value)).Prepend(node),
        JsonArray a => a.SelectMany(All).Prepend(node),
        _ => [node],
    };
}
