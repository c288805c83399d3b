using System.Globalization;
using System.Text.Json.Nodes;

namespace FederationConsole.Faces.Documents;

/// <summary>Paths as captures and faces write them: <c>data.items[0].id</c>.</summary>
internal static class JsonPaths
{
    /// <summary>Null where there is nothing.</summary>
    public static JsonNode? Read(JsonNode? node, string path)
    {
        foreach (var part in path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.'))
        {
            node = node switch
            {
                JsonArray items when int.Parse(part, CultureInfo.InvariantCulture) is var index && index < items.Count => items[index],
                JsonObject fields => fields[part],
                _ => null,
            };
        }

        return node;
    }
}
