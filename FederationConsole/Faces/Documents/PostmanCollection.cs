using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Documents;

/// <summary>
/// The demo calls of all faces as the items of a Postman collection (v2.1), a folder a face, to be run from top to bottom. Scripts have few
/// fixed forms: what a test must hold is one line, what a later call needs another.
/// </summary>
internal sealed class PostmanCollection(IReadOnlyList<IGrouping<string, DocumentedEndpoint>> faces, bool hasSandbox, Func<string, string?> server)
{
    public const string Schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

    /// <summary>A phone, an e-mail, an account name of their own for each run: eight digits of the clock.</summary>
    private const string NewRun = """pm.collectionVariables.set("run", String(Date.now()).slice(-8));""";

    private readonly HashSet<DemoPreparation> _prepared = [];

    public JsonArray Make()
    {
        var folders = new JsonArray([.. faces.Select(face => (JsonNode)Folder(face))]);
        var first = (JsonObject)folders[0]!["item"]![0]!;
        ((JsonArray)first["event"]!).Add(Script("prerequest", [NewRun]));
        return folders;
    }

    private JsonObject Folder(IGrouping<string, DocumentedEndpoint> face)
    {
        var about = face.First().Row.Face.About;
        var items = new JsonArray();
        foreach (var (endpoint, call) in InOrder([.. face]))
        {
            foreach (var preparation in call.Needs.Where(need => need.MayRun(hasSandbox) && _prepared.Add(need)))
            {
                items.Add(Item(preparation));
            }

            items.Add(Item(endpoint, call));
        }

        return new() { ["name"] = DocumentWords.Of(about.Title, about.English), ["item"] = items };
    }

    /// <summary>Each handler once, by the verb that its table has first; a row's further calls where they say.</summary>
    private static List<(DocumentedEndpoint Endpoint, DemoCall Call)> InOrder(IReadOnlyList<DocumentedEndpoint> endpoints)
    {
        var once = endpoints.DistinctBy(endpoint => endpoint.Row.Owner).ToList();
        var calls = once.SelectMany(endpoint => endpoint.Row.Documentation.Demo.Where((call, index) => index == 0 || call.After is null).Select(call => (endpoint, call))).ToList();
        foreach (var endpoint in once)
        {
            foreach (var moved in endpoint.Row.Documentation.Demo.Skip(1).Where(call => call.After is not null))
            {
                calls.Insert(calls.FindLastIndex(call => call.endpoint.Row.Owner == moved.After) + 1, (endpoint, moved));
            }
        }

        return calls;
    }

    private JsonObject Item(DemoPreparation preparation) => new()
    {
        ["name"] = DocumentWords.Of(preparation.Title, preparation.English),
        ["event"] = new JsonArray(Script("test", [StatusLine(StatusCodes.Status200OK), .. preparation.Captures.Select(CaptureLine)])),
        ["request"] = Request(HttpMethods.Post, preparation.Path, [], [KeyValuePair.Create("Content-Type", "application/json")], RawBody(preparation.Body), null),
        ["response"] = new JsonArray(),
    };

    private JsonObject Item(DocumentedEndpoint endpoint, DemoCall call)
    {
        var documentation = endpoint.Row.Documentation;
        var title = DocumentWords.Of(documentation.Title, documentation.English);
        var headers = endpoint.Row.Shape.Credential switch
        {
            Credential.AppToken => [KeyValuePair.Create("Authorization", "Bearer {{access_token}}")],
            Credential.UserToken => [KeyValuePair.Create(DocumentedEndpoint.UserTokenHeader, "{{user_token}}")],
            _ => new List<KeyValuePair<string, string>>(),
        };
        headers.AddRange(Values(endpoint, call, ParameterPlace.Header));
        if (call.Body is not null)
        {
            headers.Add(KeyValuePair.Create("Content-Type", "application/json"));
        }

        var path = endpoint.Parameters.Where(parameter => parameter.Place == ParameterPlace.Path)
            .Aggregate(endpoint.Path, (text, parameter) => text.Replace($"{{{parameter.Name}}}", call.Values[parameter.Name], StringComparison.Ordinal));
        var form = Values(endpoint, call, ParameterPlace.Form).ToList();
        return new()
        {
            ["name"] = call.Name is { } name ? $"{title} ({DocumentWords.Of(name.Chinese, name.English)})" : title,
            ["event"] = new JsonArray(Script("test", [.. Expectations(endpoint, call), .. call.Captures.Select(CaptureLine)])),
            ["request"] = Request(
                endpoint.Method, path, [.. Values(endpoint, call, ParameterPlace.Query)], headers,
                call.Body is { } json ? RawBody(json) : form.Count > 0 ? FormBody(form) : null, Description(endpoint, call)),
            ["response"] = documentation.Reply is { } reply ? new JsonArray(Example(reply)) : new JsonArray(),
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> Values(DocumentedEndpoint endpoint, DemoCall call, ParameterPlace place) =>
        from parameter in endpoint.Parameters
        where parameter.Place == place && call.Values.ContainsKey(parameter.Name)
        select KeyValuePair.Create(parameter.Name, call.Values[parameter.Name]);

    private JsonObject Request(
        string method, string path, IReadOnlyList<KeyValuePair<string, string>> query, IReadOnlyList<KeyValuePair<string, string>> headers, JsonObject? body, string? description)
    {
        var host = server(path) ?? "{{baseUrl}}";
        var request = new JsonObject
        {
            ["method"] = method,
            ["header"] = Pairs(headers),
            ["url"] = new JsonObject
            {
                ["raw"] = $"{host}{path}" + (query.Count == 0 ? "" : "?" + string.Join('&', query.Select(pair => $"{pair.Key}={pair.Value}"))),
                ["host"] = new JsonArray(host),
                ["path"] = new JsonArray([.. path[1..].Split('/').Select(part => (JsonNode)part)]),
                ["query"] = Pairs(query),
            },
        };
        if (body is not null)
        {
            request["body"] = body;
        }

        if (description is not null)
        {
            request["description"] = description;
        }

        return request;
    }

    private static JsonArray Pairs(IEnumerable<KeyValuePair<string, string>> pairs) =>
        new([.. pairs.Select(pair => (JsonNode)new JsonObject { ["key"] = pair.Key, ["value"] = pair.Value })]);

    private static JsonObject RawBody(string json) => new()
    {
        ["mode"] = "raw", ["raw"] = json, ["options"] = new JsonObject { ["raw"] = new JsonObject { ["language"] = "json" } },
    };

    private static JsonObject FormBody(IEnumerable<KeyValuePair<string, string>> fields) => new() { ["mode"] = "urlencoded", ["urlencoded"] = Pairs(fields) };

    private static JsonObject Example(string reply) => new()
    {
        ["name"] = DocumentWords.Done, ["status"] = "OK", ["code"] = StatusCodes.Status200OK, ["_postman_previewlanguage"] = "json",
        ["header"] = Pairs([KeyValuePair.Create("Content-Type", "application/json; charset=utf-8")]), ["body"] = reply,
    };

    private static string? Description(DocumentedEndpoint endpoint, DemoCall call)
    {
        var documentation = endpoint.Row.Documentation;
        string?[] parts =
        [
            documentation.Text, documentation.Seed is { } seed ? $"({seed})" : null,
            call.Expects is { } no ? DocumentWords.ExpectedNo(Said(endpoint.Row.Face, no).Code.ToString()) : null,
        ];
        return parts.Any(part => part is not null) ? string.Join("\n\n", parts.Where(part => part is not null)) : null;
    }

    /// <summary>What a test of the answer looks like: the HTTP status, then the face's mark of a yes, or its code of the no.</summary>
    private static IEnumerable<string> Expectations(DocumentedEndpoint endpoint, DemoCall call)
    {
        var face = endpoint.Row.Face;
        if (call.Expects is { } no)
        {
            var (status, code) = Said(face, no);
            return [StatusLine(status), ValueLine(face.About.Code, code.ToJsonString())];
        }

        return endpoint.Row.Documentation.Produces == "application/json" && face.About.Success is { } success
            ? [StatusLine(StatusCodes.Status200OK), ValueLine(success.Path, success.Value)]
            : [StatusLine(StatusCodes.Status200OK)];
    }

    private static (int Status, JsonNode Code) Said(Face face, Fault no)
    {
        var answer = face.Fail(no);
        var body = JsonSerializer.SerializeToNode(answer.Body, face.Json.GetTypeInfo(answer.Body.GetType())!);
        return (answer.Status, JsonPaths.Read(body, face.About.Code)!);
    }

    private static string StatusLine(int status) =>
        string.Create(CultureInfo.InvariantCulture, $"""pm.test("HTTP {status}", () => pm.response.to.have.status({status}));""");

    private static string ValueLine(string path, string json) =>
        $"""pm.test({JsonValue.Create($"{path} {json}").ToJsonString()}, () => pm.expect(pm.response.json().{path}).to.eql({json}));""";

    private static string CaptureLine(Capture capture) => capture.From switch
    {
        CaptureFrom.Json => $"""pm.collectionVariables.set("{capture.Variable}", pm.response.json().{capture.Path});""",
        CaptureFrom.LastSegment => $"""pm.collectionVariables.set("{capture.Variable}", pm.response.json().{capture.Path}.split("/").pop());""",
        CaptureFrom.Attribute => $"""pm.collectionVariables.set("{capture.Variable}", pm.response.text().match(/{capture.Path}="([^"]*)"/)[1]);""",
        _ => throw new InvalidOperationException(capture.From.ToString()),
    };

    private static JsonObject Script(string listen, string[] lines) => new()
    {
        ["listen"] = listen,
        ["script"] = new JsonObject { ["type"] = "text/javascript", ["exec"] = new JsonArray([.. lines.Select(line => (JsonNode)line)]) },
    };
}
