using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.ProjectFiles;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Tests.Features.ProjectFiles;

/// <summary>The example of spec/project-file.md with its dots filled in, and ways to change it.</summary>
internal static class Example
{
    public static readonly AttributeLibrary Library = AttributeLibrary.Load(InRepository("seeds/attributes.json"));
    public static readonly ProjectFileShape Shape = new(Library);

    public static string Text { get; } = File.ReadAllText(InRepository("FederationConsole.Tests/Features/ProjectFiles/example.jsonc"));

    public static string InRepository(string path, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../..", path));

    public static JsonObject Node(string? text = null) =>
        JsonNode.Parse(text ?? Text, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!.AsObject();

    /// <summary>The example with a value put at a place (steps parted by '/'), or without that key when the value is null.</summary>
    public static string With(params (string At, string? Json)[] edits)
    {
        var root = Node();
        foreach (var (at, json) in edits)
        {
            var steps = at.Replace("{dev}", "projects/0/environments/development", StringComparison.Ordinal)
                .Replace("{app}", "projects/0/apps/0", StringComparison.Ordinal)
                .Replace("{meeting}", "projects/0/environments/development/meetings/0", StringComparison.Ordinal).Split('/');
            var parent = steps[..^1].Aggregate((JsonNode)root, (node, step) => (node is JsonArray list ? list[Number(step)] : node[step])!);
            var value = json is null ? null : JsonNode.Parse(json);
            switch (parent)
            {
                case JsonArray list when Number(steps[^1]) == list.Count: list.Add(value); break;
                case JsonArray list: list[Number(steps[^1])] = value; break;
                case JsonObject o when json is null: Assert.True(o.Remove(steps[^1])); break;
                default: parent[steps[^1]] = value; break;
            }
        }

        return root.ToJsonString();
    }

    public static IReadOnlyList<JsonFault> Faults(string text) => ProjectFileReader.Read(text, Library) switch
    {
        ProjectFileReading.Refused refused => refused.Faults,
        _ => [],
    };

    public static ProjectFileTree Accepted(string text)
    {
        Assert.Empty(Faults(text));
        return ((ProjectFileReading.Accepted)ProjectFileReader.Read(text, Library)).Tree;
    }

    private static int Number(string step) => int.Parse(step, System.Globalization.CultureInfo.InvariantCulture);
}
