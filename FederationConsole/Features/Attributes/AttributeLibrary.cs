using System.Text.Json;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.Attributes;

/// <summary>The predefined attributes (seed 003 属性列表) that a project picks from: <c>seeds/attributes.json</c>, read at start.</summary>
public sealed class AttributeLibrary
{
    private static readonly ObjectShape File = new(
        new Field("attributes", new ListShape(AttributeShapes.Definition) { Identity = [["id"]] }, "In the order in which they are offered.", Required: true));

    private readonly Dictionary<string, AttributeDefinition> byId;

    private AttributeLibrary(IReadOnlyList<AttributeDefinition> all)
    {
        All = all;
        byId = all.ToDictionary(a => a.Id, StringComparer.Ordinal);
    }

    public IReadOnlyList<AttributeDefinition> All { get; }

    public AttributeDefinition? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>Reads the library that is shipped with the host.</summary>
    /// <exception cref="InvalidDataException">It is not what a library must be; every fault is named. A host does not start on half a library.</exception>
    public static AttributeLibrary Load(string path)
    {
        var (library, faults) = Read(System.IO.File.ReadAllText(path));
        return library ?? throw new InvalidDataException($"{path}:\n{string.Join('\n', faults)}");
    }

    /// <returns>The library, or null and at least one fault.</returns>
    public static (AttributeLibrary? Library, IReadOnlyList<JsonFault> Faults) Read(string json)
    {
        var (tree, faults) = StrictJsonReader.Read(json, File);
        return (tree is null ? null : new AttributeLibrary(tree["attributes"].Deserialize<IReadOnlyList<AttributeDefinition>>(StrictJsonReader.Options)!), faults);
    }
}
