using System.Text.Json.Nodes;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>
/// The file over what is there must itself be a valid file: two limits may each be fine and stand in the wrong order together.
/// What was wrong before (an older version let it in) is not held against the file.
/// </summary>
internal static class ResultCheck
{
    public static IEnumerable<JsonFault> Faults(ProjectFileTree result, ProjectFileTree current, ProjectFileShape shape)
    {
        var after = Check(result, shape);
        return after.Count == 0 ? after : after.Except(Check(current, shape));
    }

    private static List<JsonFault> Check(ProjectFileTree tree, ProjectFileShape shape)
    {
        var (_, faults) = StrictJsonReader.Read(tree.Named.ToJsonString(), shape.Root, ProjectFileShape.Rules);
        if (faults.Count == 0)
        {
            return [];
        }

        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        Name(tree.Named, shape.Root, JsonPath.Root, JsonPath.Root, names);
        return [.. faults.Select(f => f with { Path = Named(f.Path, names) })];
    }

    /// <summary>Places in the merged tree stand nowhere in the author's file, so they are told by what things are called.</summary>
    private static void Name(JsonNode? node, Shape shape, JsonPath at, JsonPath named, Dictionary<string, string> names)
    {
        names[at.ToString()] = named.ToString();
        switch (shape, node)
        {
            case (ObjectLike like, JsonObject value):
                var fields = like.Resolve(value);
                foreach (var (key, child) in value.Where(p => fields[p.Key] is not null))
                {
                    Name(child, fields[key]!.Shape, at.Key(key), named.Key(key), names);
                }

                break;
            case (ListShape list, JsonArray items):
                foreach (var (index, item) in items.Index())
                {
                    var identity = list.Whole ? null : list.IdentityOf(key => key is not null && item is JsonObject o ? (o[key] as JsonValue)?.ToString() : null);
                    Name(item, list.Item, at.Item(index), identity is { } found ? named.Item(found.Value) : named.Item(index), names);
                }

                break;
        }
    }

    /// <summary>A key that is missing is in no tree: then its parent's name, with the rest as it is.</summary>
    private static string Named(string path, Dictionary<string, string> names)
    {
        var known = path.Length;
        while (known > 1 && !names.ContainsKey(path[..known]))
        {
            known = path.AsSpan(0, known).LastIndexOfAny('.', '[');
        }

        return names[path[..Math.Max(known, 1)]] + path[Math.Max(known, 1)..];
    }
}
