using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace FederationConsole.Features.Workbench;

/// <param name="Name">As in the document's address.</param>
public sealed record ApiFace(string Name, string Title, IReadOnlyList<ApiOperation> Operations);

/// <summary>The faces' OpenAPI documents, read for the console; each once in each language.</summary>
/// <param name="faces">Their names, in the seeds' order.</param>
/// <param name="read">The document of one, in the language of the current UI culture.</param>
public sealed class ApiDocuments(Func<IReadOnlyList<string>> faces, Func<string, byte[]?> read)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<ApiFace>> _read = new(StringComparer.Ordinal);

    public IReadOnlyList<ApiFace> Faces => _read.GetOrAdd(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, _ => [.. faces().Select(Read)]);

    private ApiFace Read(string face)
    {
        var document = JsonNode.Parse(read(face)!)!;
        var operations = from path in document["paths"]!.AsObject()
                         let server = (string?)(path.Value!["servers"] as JsonArray)?[0]!["url"]
                         from method in path.Value!.AsObject()
                         where method.Key != "servers"
                         select ApiOperation.Of(face, server, path.Key, method.Key, (JsonObject)method.Value!);
        return new(face, (string)document["info"]!["title"]!, [.. operations]);
    }
}
