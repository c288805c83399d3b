using System.Text.Json;
using System.Text.Json.Nodes;

namespace FederationConsole.Features.Workbench;

/// <summary>One operation of a face's OpenAPI document, as the console shows it and fills its form.</summary>
/// <param name="Id">Of its own among all faces.</param>
/// <param name="ContentType">Of the body; null where there is none.</param>
/// <param name="Body">JSON to send; null where the body is a form, or there is none.</param>
/// <param name="Server">Of its own, where the face has a host of its own; null: this one.</param>
/// <param name="Captures">What the page keeps of the answer, as the document has it.</param>
public sealed record ApiOperation(
    string Id, string Face, string Method, string Path, string Title, string? Text, string? Seed, IReadOnlyList<ApiInput> Inputs, string? ContentType, string? Body,
    IReadOnlyList<ApiField> Fields, IReadOnlyList<ApiAnswer> Answers, JsonArray Captures, IReadOnlyList<ApiPreparation> Preparations, string? Server)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether this is what somebody types to find it: part of its title or path.</summary>
    public bool Matches(string text) => Title.Contains(text, StringComparison.OrdinalIgnoreCase) || Path.Contains(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>Variables that there are once this was sent, or what it prepares.</summary>
    public IEnumerable<(string Variable, string By)> Makes =>
    [
        .. Captures.Select(capture => ((string)capture!["variable"]!, Title)),
        .. Preparations.SelectMany(preparation => JsonNode.Parse(preparation.Json)!["captures"]!.AsArray().Select(capture => ((string)capture!["variable"]!, preparation.Title))),
    ];

    internal static ApiOperation Of(string face, string? server, string path, string method, JsonObject operation)
    {
        var content = (operation["requestBody"]?["content"] as JsonObject)?.FirstOrDefault();
        var schema = content?.Value?["schema"] as JsonObject;
        var example = content?.Value?["examples"]?["demo"]?["value"];
        var isForm = content?.Key == "application/x-www-form-urlencoded";
        return new(
            $"{face}.{(string)operation["operationId"]!}", face, method.ToUpperInvariant(), path, (string)operation["summary"]!, (string?)operation["description"], (string?)operation["x-seed"],
            [.. Credentials(operation), .. Parameters(operation), .. isForm ? FormInputs(schema!, example) : []],
            content?.Key, isForm ? null : example?.ToJsonString(Readable), isForm || schema is null ? [] : [.. ApiField.Of(schema, "")],
            [.. Documented(operation)], (JsonArray)operation["x-captures"]!.DeepClone(),
            [.. operation["x-prepares"]!.AsArray().Select(need => new ApiPreparation((string)need!["title"]!, need.ToJsonString()))],
            server);
    }

    /// <summary>The header that the document's security asks for.</summary>
    private static IEnumerable<ApiInput> Credentials(JsonObject operation) => (operation["security"] as JsonArray)?.FirstOrDefault() is not JsonObject security ? []
        : security.ContainsKey("appToken") ? [new("header", "Authorization", null, true, "Bearer {{access_token}}")] : [new("header", "Access-Token", null, true, "{{user_token}}")];

    private static IEnumerable<ApiInput> Parameters(JsonObject operation) =>
        from parameter in operation["parameters"] as JsonArray ?? []
        select new ApiInput(
            (string)parameter["in"]!, (string)parameter["name"]!, (string?)parameter["description"], (bool)parameter["required"]!, (string?)parameter["examples"]?["demo"]?["value"] ?? "");

    private static IEnumerable<ApiInput> FormInputs(JsonObject schema, JsonNode? example)
    {
        var required = (schema["required"] as JsonArray ?? []).Select(name => (string)name!).ToHashSet();
        return from field in schema["properties"]!.AsObject()
               select new ApiInput("form", field.Key, (string?)field.Value!["description"], required.Contains(field.Key), (string?)example?[field.Key] ?? "");
    }

    private static IEnumerable<ApiAnswer> Documented(JsonObject operation) =>
        from response in operation["responses"]!.AsObject()
        from content in response.Value!["content"]!.AsObject()
        from example in content.Value!["examples"] as JsonObject ?? []
        select new ApiAnswer(response.Key, example.Key == "success" ? null : example.Key, (string)example.Value!["summary"]!, example.Value!["value"]!.ToJsonString(Readable));
}

/// <summary>One line of the form.</summary>
/// <param name="Place"><c>query</c>, <c>path</c>, <c>header</c> or <c>form</c>.</param>
/// <param name="Value">Of the demo's call; may hold variables.</param>
public sealed record ApiInput(string Place, string Name, string? Text, bool Required, string Value);

/// <summary>A field of a JSON body; those of an object in it follow it, by path.</summary>
public sealed record ApiField(string Name, string Type, bool Required, int? MaxLength, string? Text)
{
    internal static IEnumerable<ApiField> Of(JsonObject schema, string prefix)
    {
        var required = (schema["required"] as JsonArray ?? []).Select(name => (string)name!).ToHashSet();
        foreach (var (name, node) in schema["properties"] as JsonObject ?? [])
        {
            var field = (JsonObject)node!;
            yield return new(prefix + name, (string?)(field["type"] as JsonValue) ?? "any", required.Contains(name), (int?)field["maxLength"], (string?)field["description"]);
            foreach (var nested in Of(field["items"] as JsonObject ?? field, $"{prefix}{name}."))
            {
                yield return nested;
            }
        }
    }
}

/// <summary>Somebody who has to be signed in first.</summary>
/// <param name="Json">The call, as the document has it.</param>
public sealed record ApiPreparation(string Title, string Json);

/// <summary>A documented answer.</summary>
/// <param name="Code">The face's code of a no; null for a yes.</param>
/// <param name="Body">Indented JSON.</param>
public sealed record ApiAnswer(string Status, string? Code, string Words, string Body);
