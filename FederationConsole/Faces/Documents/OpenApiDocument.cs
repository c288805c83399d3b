using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Documents;

/// <summary>One face as an OpenAPI 3.1 document, in the language of the current UI culture.</summary>
internal sealed class OpenApiDocument(string name, IReadOnlyList<DocumentedEndpoint> endpoints, bool hasSandbox, Func<string, string?> server)
{
    private const string Json = "application/json";
    private const string BearerScheme = "appToken";
    private const string UserScheme = "userToken";

    private static readonly string Version = typeof(OpenApiDocument).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";

    public JsonObject Make()
    {
        var about = endpoints[0].Row.Face.About;
        var paths = new JsonObject();
        foreach (var endpoint in endpoints)
        {
            var path = paths[endpoint.Path] as JsonObject;
            if (path is null)
            {
                paths[endpoint.Path] = path = [];
                if (server(endpoint.Path) is { } own)
                {
                    path["servers"] = new JsonArray(new JsonObject { ["url"] = own });
                }
            }

            path[endpoint.Method.ToLowerInvariant()] = Operation(endpoint);
        }

        return new()
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = DocumentWords.Of(about.Title, about.English), ["version"] = Version, ["x-face"] = name },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    [BearerScheme] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = DocumentWords.AppToken },
                    [UserScheme] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = DocumentedEndpoint.UserTokenHeader, ["description"] = DocumentWords.UserToken },
                },
            },
        };
    }

    private JsonObject Operation(DocumentedEndpoint endpoint)
    {
        var (documentation, shape) = (endpoint.Row.Documentation, endpoint.Row.Shape);
        var operation = new JsonObject
        {
            ["operationId"] = endpoint.Id,
            ["summary"] = DocumentWords.Of(documentation.Title, documentation.English),
        };
        if (documentation.Text is { } text)
        {
            operation["description"] = text;
        }

        if (documentation.Seed is { } seed)
        {
            operation["x-seed"] = seed;
        }

        if (shape.Credential != Credential.None)
        {
            operation["security"] = new JsonArray(new JsonObject { [shape.Credential == Credential.AppToken ? BearerScheme : UserScheme] = new JsonArray() });
        }

        var parameters = endpoint.Parameters.Where(parameter => parameter.Place != ParameterPlace.Form).Select(parameter => (JsonNode)ParameterOf(endpoint, parameter)).ToArray();
        if (parameters.Length > 0)
        {
            operation["parameters"] = new JsonArray(parameters);
        }

        if (Body(endpoint) is { } body)
        {
            operation["requestBody"] = body;
        }

        operation["responses"] = Responses(endpoint);
        // For the console, which makes these calls: what later ones need of the answer, and who has to be signed in first.
        operation["x-captures"] = Captures(documentation.Demo.SelectMany(call => call.Captures).DistinctBy(capture => capture.Path));
        operation["x-prepares"] = new JsonArray(
        [
            .. documentation.Demo[0].Needs.Where(need => need.MayRun(hasSandbox)).Select(need => (JsonNode)new JsonObject
            {
                ["title"] = DocumentWords.Of(need.Title, need.English), ["path"] = need.Path, ["body"] = JsonNode.Parse(need.Body), ["captures"] = Captures(need.Captures),
            }),
        ]);
        return operation;
    }

    private static JsonArray Captures(IEnumerable<Capture> captures) => new([.. captures.Select(capture =>
        (JsonNode)new JsonObject { ["variable"] = capture.Variable, ["path"] = capture.Path, ["from"] = JsonNamingPolicy.CamelCase.ConvertName(capture.From.ToString()) })]);

    private static JsonObject ParameterOf(DocumentedEndpoint endpoint, Parameter parameter) => new()
    {
        ["name"] = parameter.Name,
        ["in"] = parameter.Place.ToString().ToLowerInvariant(),
        ["description"] = parameter.Text,
        ["required"] = parameter.Required,
        ["schema"] = new JsonObject { ["type"] = endpoint.IsNumber(parameter.Name) ? "integer" : "string" },
        ["examples"] = DemoExamples(endpoint, call => call.Values.TryGetValue(parameter.Name, out var value) ? JsonValue.Create(value) : null),
    };

    private static JsonObject? Body(DocumentedEndpoint endpoint)
    {
        var (row, documentation) = (endpoint.Row, endpoint.Row.Documentation);
        if (row.Shape is { Request: { } request, Validator: { } validator })
        {
            var example = JsonNode.Parse(documentation.Request ?? documentation.Demo[0].Body ?? "{}") as JsonObject;
            var examples = new JsonObject();
            if (documentation.Request is { } printed)
            {
                examples["seed"] = new JsonObject { ["summary"] = DocumentWords.SeedExample, ["value"] = JsonNode.Parse(printed) };
            }

            foreach (var (key, demo) in DemoExamples(endpoint, call => call.Body is null ? null : JsonNode.Parse(call.Body)))
            {
                examples[key] = demo!.DeepClone();
            }

            return new()
            {
                ["required"] = true,
                ["content"] = new JsonObject
                {
                    [Json] = new JsonObject { ["schema"] = RequestSchema.Of(row.Face.Json.GetTypeInfo(request)!, validator, example), ["examples"] = examples },
                },
            };
        }

        var fields = endpoint.Parameters.Where(parameter => parameter.Place == ParameterPlace.Form).ToList();
        return fields.Count == 0 ? null : new()
        {
            ["required"] = true,
            ["content"] = new JsonObject
            {
                [FormHandlerType] = new JsonObject
                {
                    ["schema"] = FormSchema(fields),
                    ["examples"] = DemoExamples(endpoint, call => new JsonObject(
                        fields.Where(field => call.Values.ContainsKey(field.Name)).Select(field => KeyValuePair.Create(field.Name, (JsonNode?)call.Values[field.Name])))),
                },
            },
        };
    }

    private const string FormHandlerType = "application/x-www-form-urlencoded";

    private static JsonObject FormSchema(IReadOnlyList<Parameter> fields)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(fields.Select(field =>
                KeyValuePair.Create(field.Name, (JsonNode?)new JsonObject { ["type"] = "string", ["description"] = field.Text }))),
        };
        var required = fields.Where(field => field.Required).Select(field => (JsonNode)field.Name).ToArray();
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray(required);
        }

        return schema;
    }

    /// <summary><c>demo</c>, <c>demo2</c>, …: what the console fills its forms with.</summary>
    private static JsonObject DemoExamples(DocumentedEndpoint endpoint, Func<DemoCall, JsonNode?> value)
    {
        var examples = new JsonObject();
        foreach (var (call, number) in endpoint.Row.Documentation.Demo.Select((call, index) => (call, index + 1)))
        {
            if (value(call) is { } example)
            {
                examples[number == 1 ? "demo" : string.Create(CultureInfo.InvariantCulture, $"demo{number}")] = new JsonObject
                {
                    ["summary"] = call.Name is { } named ? DocumentWords.Of(named.Chinese, named.English) : DocumentWords.DemoExample,
                    ["value"] = example,
                };
            }
        }

        return examples;
    }

    private static JsonObject Responses(DocumentedEndpoint endpoint)
    {
        var responses = new SortedDictionary<int, JsonObject>();
        var documentation = endpoint.Row.Documentation;
        responses[StatusCodes.Status200OK] = new()
        {
            ["description"] = DocumentWords.Done,
            ["content"] = new JsonObject { [documentation.Produces] = documentation.Produces == Json ? Success(endpoint) : new JsonObject() },
        };
        if (endpoint.Row.Shape.Reply is null)
        {
            // A page says in words what is wrong.
            responses[StatusCodes.Status400BadRequest] = new() { ["description"] = DocumentWords.RefusingPage, ["content"] = new JsonObject { [documentation.Produces] = new JsonObject() } };
            return Written(responses);
        }

        foreach (var fault in endpoint.Faults)
        {
            Add(responses, endpoint, fault);
        }

        return Written(responses);
    }

    private static JsonObject Written(SortedDictionary<int, JsonObject> responses) =>
        new(responses.Select(response => KeyValuePair.Create(response.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)response.Value)));

    private static JsonObject Success(DocumentedEndpoint endpoint)
    {
        var content = new JsonObject { ["schema"] = ReplySchema(endpoint) };
        if (endpoint.Row.Documentation.Reply is { } reply)
        {
            content["examples"] = new JsonObject { ["success"] = new JsonObject { ["summary"] = DocumentWords.Done, ["value"] = JsonNode.Parse(reply) } };
        }

        foreach (var other in endpoint.Row.Documentation.Others)
        {
            var example = Example(endpoint.Row.Face, JsonNode.Parse(other)!, out var code);
            content["examples"]![code] = example;
        }

        return content;
    }

    private static JsonObject ReplySchema(DocumentedEndpoint endpoint)
    {
        var face = endpoint.Row.Face;
        var reply = JsonShapes.OfReply(face.Json.GetTypeInfo(endpoint.Row.Shape.Reply!)!);
        if (face.About.Envelope is not { } envelope)
        {
            return reply;
        }

        var whole = JsonShapes.OfReply(face.Json.GetTypeInfo(envelope)!);
        var fields = (JsonObject)whole["properties"]!;
        // The one that may be anything.
        fields[fields.First(field => field.Value is JsonObject { Count: 0 }).Key] = reply;
        return whole;
    }

    /// <summary>A no as the face says it, at the status that it has there.</summary>
    private static void Add(SortedDictionary<int, JsonObject> responses, DocumentedEndpoint endpoint, Fault fault)
    {
        var face = endpoint.Row.Face;
        var answer = face.Fail(fault);
        var type = face.Json.GetTypeInfo(answer.Body.GetType())!;
        var body = JsonSerializer.SerializeToNode(answer.Body, type)!;
        if (!responses.TryGetValue(answer.Status, out var response))
        {
            responses[answer.Status] = response = new()
            {
                ["description"] = DocumentWords.Failed,
                ["content"] = new JsonObject { [Json] = new JsonObject { ["schema"] = JsonShapes.OfReply(type) } },
            };
        }

        var content = (JsonObject)response["content"]![Json]!;
        if (content["examples"] is not JsonObject examples)
        {
            content["examples"] = examples = [];
        }

        var example = Example(face, body, out var code);
        examples.TryAdd(code, example);
    }

    private static JsonObject Example(Face face, JsonNode body, out string code)
    {
        code = JsonPaths.Read(body, face.About.Code)!.ToString();
        return new() { ["summary"] = $"{code} {JsonPaths.Read(body, face.About.Message)}", ["value"] = body };
    }
}
