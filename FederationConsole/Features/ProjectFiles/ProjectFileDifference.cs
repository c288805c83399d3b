using System.Text.Json.Nodes;
using FederationConsole.Platform;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>One value that an import would change.</summary>
/// <param name="Path">Items by what they are called: <c>$.projects[demo].environments.development.sources[10].token</c>.</param>
/// <param name="Before">Null: there is none yet. A secret is <see cref="Secret.Mask"/>.</param>
/// <param name="After">Null: taken away.</param>
public sealed record ProjectFileChange(string Path, string? Before, string? After);

/// <summary>
/// What an import would do: the changes for people, and the state to come for the import. Keys and items that the file does
/// not name stay; a list of plain values, of options or of form fields is replaced whole.
/// </summary>
public sealed class ProjectFileDifference
{
    private readonly List<ProjectFileChange> changes = [];
    private readonly List<string> untold = [];
    private readonly Func<string, Secret, bool> holds;

    private ProjectFileDifference(Func<string, Secret, bool> holds) => this.holds = holds;

    public IReadOnlyList<ProjectFileChange> Changes => changes;

    /// <summary>Where a new thing needs a secret that the file does not tell (<c>null</c>): nothing is there that could stay as it is.</summary>
    public IReadOnlyList<string> Untold => untold;

    /// <summary>
    /// The current state with the file over it. A secret that the file does not tell is the one that <c>current</c> tells, or
    /// else <see cref="Secret.AsItIs"/>.
    /// </summary>
    public ProjectFile Result => Tree.File;

    internal ProjectFileTree Tree { get; private set; } = ProjectFileTree.Of(new());

    /// <param name="current">The state as it would be exported, or with secrets that it tells.</param>
    /// <param name="file">What is to be imported.</param>
    /// <param name="shape">The table that both were checked by.</param>
    /// <param name="holds">Whether a secret is already the one in place at a path; only who keeps its hash can tell.</param>
    public static ProjectFileDifference Between(ProjectFileTree current, ProjectFileTree file, ProjectFileShape shape, Func<string, Secret, bool> holds)
    {
        var difference = new ProjectFileDifference(holds);
        var result = difference.Lay(file.Named, current.Named, shape.Root, JsonPath.Root);
        difference.Tree = new(result);
        return difference;
    }

    private JsonObject Lay(JsonObject file, JsonObject? current, ObjectLike like, JsonPath path)
    {
        var result = current?.DeepClone().AsObject() ?? [];
        var fileShape = like.Resolve(file);
        foreach (var (name, value) in file)
        {
            var (field, isSet) = (fileShape[name]!, current?.ContainsKey(name) == true);
            if (value is null && !isSet && field is { Required: true, Shape: SecretShape })
            {
                untold.Add(path.Key(name).ToString());
            }

            result[name] = Value(value, current?[name], isSet, field.Shape, path.Key(name));
        }

        // Another provider has other keys: those of the one before go with it.
        foreach (var name in result.Select(p => p.Key).Where(name => fileShape[name] is null).ToArray())
        {
            changes.Add(new(path.Key(name).ToString(), Show(current![name], like.Resolve(current)[name]?.Shape), null));
            result.Remove(name);
        }

        return result;
    }

    private JsonNode? Value(JsonNode? file, JsonNode? current, bool isSet, Shape shape, JsonPath path)
    {
        switch (shape, file)
        {
            case (SecretShape, _):
                return Secret(file, current, isSet, path);
            case (ObjectLike like, JsonObject named):
                return Lay(named, current as JsonObject, like, path);
            case (ListShape { Whole: false } list, JsonArray named):
                return Items(named, current as JsonArray ?? [], list, path);
            default:
                if (Canonical(file, shape) != Canonical(current, shape))
                {
                    changes.Add(new(path.ToString(), Show(current, shape), Show(file, shape)));
                }

                return file?.DeepClone();
        }
    }

    private JsonNode? Secret(JsonNode? file, JsonNode? current, bool isSet, JsonPath path)
    {
        if (file is null || JsonNode.DeepEquals(file, current) || holds(path.ToString(), new Secret(file.GetValue<string>())))
        {
            return current?.DeepClone();
        }

        changes.Add(new(path.ToString(), isSet ? Platform.Secret.Mask : null, Platform.Secret.Mask));
        return file.DeepClone();
    }

    private JsonArray Items(JsonArray file, JsonArray current, ListShape list, JsonPath path)
    {
        var result = current.DeepClone().AsArray();
        // By index, not by search: a meeting may have a hundred thousand invitation codes.
        var places = list.Identity.ToDictionary(
            keys => keys[0],
            keys => current.Index().Where(p => Text(p.Item, keys[0]) is not null).DistinctBy(p => Joined(p.Item, keys)).ToDictionary(p => Joined(p.Item, keys), p => p.Index));
        foreach (var item in file.OfType<JsonObject>())
        {
            var (key, identity) = list.IdentityOf(k => Text(item, k)) ?? throw new InvalidOperationException($"An item of {path} has no identity.");
            var keys = list.Identity.First(alternative => alternative[0] == key);
            var at = path.Item(identity);
            if (places[keys[0]].TryGetValue(Joined(item, keys), out var place))
            {
                result[place] = Lay(item, current[place]!.AsObject(), (ObjectLike)list.Item, at);
            }
            else
            {
                result.Add((JsonNode)Lay(item, null, (ObjectLike)list.Item, at));
            }
        }

        return result;
    }

    private static string Joined(JsonNode? item, string[] keys) => string.Join('/', keys.Select(k => Text(item, k)));

    private static string? Text(JsonNode? item, string? key) => key is not null && item is JsonObject o && o[key] is JsonValue value ? value.ToString() : null;

    private static string? Canonical(JsonNode? value, Shape shape) => value is null ? null : shape.Canonical(value);

    private static string? Show(JsonNode? value, Shape? shape) => (value, shape) switch
    {
        (_, SecretShape) => Platform.Secret.Mask,
        (null, _) => null,
        (_, null) => value.ToJsonString(),
        _ => shape.Display(value),
    };
}
