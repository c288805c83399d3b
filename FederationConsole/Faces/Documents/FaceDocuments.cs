using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FederationConsole.Faces.Documents;

/// <summary>The documents of the endpoints that run: each is made when it is first asked for, once in each language.</summary>
public sealed class FaceDocuments(EndpointDataSource source)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentDictionary<(string Face, bool English), byte[]> _made = new();
    private readonly Lazy<IReadOnlyList<IGrouping<string, DocumentedEndpoint>>> _faces = new(() =>
        [.. DocumentedEndpoint.Of(source).GroupBy(endpoint => endpoint.Row.Face.Name).OrderBy(face => face.First().Row.Face.About.Order)]);

    /// <summary>Names of the faces, in the seeds' order.</summary>
    public IReadOnlyList<string> Faces => [.. _faces.Value.Select(face => face.Key)];

    internal IReadOnlyList<IGrouping<string, DocumentedEndpoint>> Rows => _faces.Value;

    /// <summary>JSON in UTF-8, in the language of the current UI culture; null: no such face.</summary>
    public byte[]? OpenApi(string face) => _faces.Value.FirstOrDefault(rows => rows.Key == face) is not { } rows ? null
        : _made.GetOrAdd((face, DocumentWords.IsEnglish), _ => Bytes(new OpenApiDocument(face, [.. rows]).Make()));

    internal static byte[] Bytes(JsonObject document) => JsonSerializer.SerializeToUtf8Bytes(document, Readable);
}
