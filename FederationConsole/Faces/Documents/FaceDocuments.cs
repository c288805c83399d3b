using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FederationConsole.Features.Projects;

namespace FederationConsole.Faces.Documents;

/// <summary>The documents of the endpoints that run: each is made when it is first asked for, once in each language.</summary>
public sealed class FaceDocuments(EndpointDataSource source, DemoVariables variables, HostNames names)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ConcurrentDictionary<(string Face, bool English), byte[]> _made = new();
    private readonly Lazy<IReadOnlyList<IGrouping<string, DocumentedEndpoint>>> _faces = new(() =>
        [.. DocumentedEndpoint.Of(source).GroupBy(endpoint => endpoint.Row.Face.Name).OrderBy(face => face.First().Row.Face.About.Order)]);

    /// <summary>Names of the faces, in the seeds' order.</summary>
    public IReadOnlyList<string> Faces => [.. _faces.Value.Select(face => face.Key)];

    /// <summary>JSON in UTF-8, in the language of the current UI culture; null: no such face.</summary>
    public byte[]? OpenApi(string face) => _faces.Value.FirstOrDefault(rows => rows.Key == face) is not { } rows ? null
        : _made.GetOrAdd((face, DocumentWords.IsEnglish), _ => Bytes(new OpenApiDocument(face, [.. rows], variables.HasSandbox, Server).Make()));

    /// <summary>All faces as a Postman collection (v2.1). What it is called with is read anew each time; the rest is made once in each language.</summary>
    /// <param name="origin">Of this host, as the caller reached it.</param>
    public byte[] Postman(string origin)
    {
        var items = _made.GetOrAdd(("", DocumentWords.IsEnglish), _ => Bytes(new PostmanCollection(_faces.Value, variables.HasSandbox, Server).Make()));
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new() { Indented = true, Encoder = Readable.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("info");
            writer.WriteString("name", DocumentWords.Collection);
            writer.WriteString("description", DocumentWords.CollectionText);
            writer.WriteString("schema", PostmanCollection.Schema);
            writer.WriteEndObject();
            writer.WriteStartArray("variable");
            foreach (var (name, value) in variables.Read().Prepend(KeyValuePair.Create("baseUrl", origin)))
            {
                writer.WriteStartObject();
                writer.WriteString("key", name);
                writer.WriteString("value", value);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WritePropertyName("item");
            writer.WriteRawValue(items);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Where a path is answered that has a host of its own (<c>Hosts:*</c>); null: wherever the caller reached us.</summary>
    private string? Server(string path) => names.Of(HostPolicy.OwnersOf(path))?.GetLeftPart(UriPartial.Authority);

    private static byte[] Bytes(JsonNode document) => JsonSerializer.SerializeToUtf8Bytes(document, Readable);
}
