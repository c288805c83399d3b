using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FederationConsole.Faces;
using FederationConsole.Faces.Documents;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Faces.Documents;

/// <summary>The documents say what the endpoints that run do: each is asked of a host that has the demo project.</summary>
public sealed partial class DocumentTests : IAsyncLifetime
{
    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(new TestHostOptions { Settings = new Dictionary<string, string> { ["QrLogin:DemoAppKey"] = "demo-shop-dev" } });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Every_row_of_every_face_has_a_summary_an_example_and_the_faces_own_codes()
    {
        foreach (var endpoint in Endpoints())
        {
            var document = await DocumentAsync(endpoint.Row.Face.Name);
            var operation = document["paths"]![endpoint.Path]![endpoint.Method.ToLowerInvariant()]!;
            var name = $"{endpoint.Method} {endpoint.Path}";

            Assert.False(string.IsNullOrWhiteSpace((string?)operation["summary"]), name);
            if (endpoint.Row.Shape.Request is not null)
            {
                Assert.True(operation["requestBody"]!["content"]!["application/json"]!["examples"]!["demo"] is not null, name);
            }

            if (endpoint.Row.Documentation.Produces == "application/json")
            {
                Assert.True(operation["responses"]!["200"]!["content"]!["application/json"]!["examples"]!["success"] is not null, name);
                Assert.Contains(operation["responses"]!.AsObject(), response => response.Value!["content"]!["application/json"]!["examples"]!.AsObject().Any(example => example.Key != "success"));
            }
        }
    }

    [Fact]
    public async Task Every_page_of_the_console_links_to_a_document_that_there_is()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Repository.Top, "FederationConsole"), "*.razor", SearchOption.AllDirectories).Select(File.ReadAllText).ToArray();
        var operations = pages.SelectMany(page => Operation().Matches(page)).ToArray();
        var documents = pages.SelectMany(page => Document().Matches(page)).Select(m => m.Groups["path"].Value).Distinct().ToArray();

        Assert.NotEmpty(operations);
        foreach (var link in operations)
        {
            var paths = (await DocumentAsync(link.Groups["face"].Value))["paths"]!.AsObject();
            Assert.Contains(link.Groups["id"].Value, paths.SelectMany(path => path.Value!.AsObject()).Select(operation => (string?)operation.Value!["operationId"]));
        }

        Assert.NotEmpty(documents);
        Assert.All(documents, path => Assert.True(File.Exists(Path.Combine(Repository.Top, "wwwroot", path)), path));
    }

    [Fact]
    public void Every_example_is_one_of_its_types_and_every_parameter_of_a_path_has_a_value()
    {
        foreach (var endpoint in Endpoints())
        {
            var (row, documentation) = (endpoint.Row, endpoint.Row.Documentation);
            if (row.Shape.Request is { } request)
            {
                foreach (var text in documentation.Demo.Select(call => call.Body!).Append(documentation.Request).OfType<string>())
                {
                    HoldFields(row, request, JsonNode.Parse(text)!, endpoint.Path);
                }
            }

            foreach (var reply in row.Shape.Reply is null ? [] : documentation.Others.Prepend(documentation.Reply).OfType<string>())
            {
                var (type, body) = (row.Shape.Reply!, JsonNode.Parse(reply)!);
                HoldFields(row, type, row.Face.About.Envelope is null ? body : body["data"]!, endpoint.Path);
            }

            Assert.All(documentation.Demo, call => Assert.All(
                endpoint.Parameters.Where(parameter => parameter.Place == ParameterPlace.Path), parameter => Assert.Contains(parameter.Name, call.Values.Keys)));
            Assert.All(documentation.Demo.SelectMany(call => call.Values.Keys), value => Assert.Contains(value, endpoint.Parameters.Select(parameter => parameter.Name)));
        }
    }

    [Fact]
    public async Task What_must_be_sent_and_how_long_it_may_be_is_what_the_validator_asks_for()
    {
        var iot = await DocumentAsync("iot");
        Assert.Equal(["access_token", "corp_id", "open_id", "source"], Required(iot, "/v2/user_auth_third"));
        // The corp follows from the token there.
        Assert.Equal(["access_token", "open_id", "source"], Required(iot, "/v2/user/{user_id}/bind_third"));
        // A phone or an e-mail: neither must be sent.
        Assert.Equal(["corp_id", "password"], Required(iot, "/v2/user_auth"));
        Assert.Equal(["corp_id", "phone"], Required(iot, "/v2/user_register/verifycode"));
        // An included validator's, and its own; what version 1.0 alone asks for is not asked for always.
        Assert.Equal(["access_token", "corp_id", "oauth_version", "open_id", "source"], Required(iot, "/v2/user_auth_third_foreign"));
        Assert.Equal(4096, (int)Schema(iot, "/v2/user_auth_third_foreign")["properties"]!["access_token"]!["maxLength"]!);
        Assert.Equal(64, (int)Schema(await DocumentAsync("openapi"), "/op/userresource/AccountUser/v1/createForClient")["properties"]!["accountName"]!["maxLength"]!);

        // What stands in lists, and a value that may be of more than one type.
        var item = Schema(await DocumentAsync("attendee"), "/op/notoken/api/Attendee/v1/Register")["properties"]!["items"]!["items"]!;
        Assert.Equal(["itemSkuId", "quantity"], item["required"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(["integer", "string"], item["properties"]!["quantity"]!["type"]!.AsArray().Select(type => (string)type!));
    }

    [Fact]
    public async Task Codes_are_the_faces_at_their_status_in_the_readers_language()
    {
        var responses = (await DocumentAsync("iot"))["paths"]!["/v2/user_auth_third"]!["post"]!["responses"]!;
        Assert.Equal("4001482 第三方源未知", (string)responses["400"]!["content"]!["application/json"]!["examples"]!["4001482"]!["summary"]!);
        Assert.NotNull(responses["404"]!["content"]!["application/json"]!["examples"]!["4041010"]);

        var scan = (await DocumentAsync("scan", "en"))["paths"]!["/api/connect/get-access-token"]!["get"]!;
        Assert.Equal("The auth_code against an access_token", (string)scan["summary"]!);
        var content = scan["responses"]!["200"]!["content"]!["application/json"]!;
        Assert.NotNull(content["examples"]!["40004"]);
        var register = (await DocumentAsync("attendee"))["paths"]!["/op/notoken/api/Attendee/v1/Register"]!["post"]!["responses"]!["200"]!["content"]!["application/json"]!["examples"]!;
        Assert.NotNull(register["40008"]!["value"]!["data"]!["orderNo"]);
        Assert.Equal(["code", "access_token"], content["schema"]!["properties"]!["data"]!["properties"]!.AsObject().Select(field => field.Key));
    }

    [Fact]
    public async Task Every_request_of_the_collection_is_green_on_the_demo_project()
    {
        var runner = new CollectionRunner(_host.Http, (JsonObject)await JsonAsync("/openapi.postman_collection.json"));
        await runner.RunAsync();

        Assert.True(runner.Faults.Count == 0, string.Join("\n", runner.Faults));
        Assert.True(runner.Sent > 45, $"{runner.Sent} requests");
    }

    [Fact]
    public async Task Outside_development_the_collection_knows_no_key_and_no_sandbox()
    {
        await using var production = await TestHost.StartAsync(new TestHostOptions
        {
            Environment = "Production",
            Settings = new Dictionary<string, string> { ["Seed:Files:0"] = "seeds/demo.json", ["QrLogin:DemoAppKey"] = "demo-shop-dev", ["QrLogin:DemoAppSecret"] = "demo-shop-dev-secret" },
        });
        var text = await production.Http.GetStringAsync(new Uri("/openapi.postman_collection.json", UriKind.Relative));

        Assert.All(JsonNode.Parse(text)!["variable"]!.AsArray().Where(v => (string)v!["key"]! != "baseUrl"), v => Assert.Equal("", (string)v!["value"]!));
        Assert.DoesNotContain("demo-shop-dev", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/sandbox/", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_face_that_there_is_not_has_no_document()
    {
        using var reply = await _host.Http.GetAsync(new Uri("/openapi/none.json", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
    }

    /// <summary>Every field of the example, at every depth, is one of the type's: a misspelt one would be ignored on the wire.</summary>
    private static void HoldFields(DocumentedRow row, Type type, JsonNode example, string path)
    {
        var info = row.Face.Json.GetTypeInfo(type)!;
        Assert.NotNull(example.Deserialize(info));
        HoldFields(JsonShapes.OfReply(info), example, path, row.Face.Json.Options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    private static void HoldFields(JsonObject schema, JsonNode example, string path, StringComparison names)
    {
        if (example is JsonObject fields && schema["properties"] is JsonObject known)
        {
            foreach (var (name, value) in fields)
            {
                var field = known.FirstOrDefault(k => k.Key.Equals(name, names)).Value;
                Assert.True(field is not null, $"{path}: {name}");
                if (value is not null)
                {
                    HoldFields((JsonObject)field!, value, $"{path} {name}", names);
                }
            }
        }

        if (example is JsonArray items && schema["items"] is JsonObject one)
        {
            Assert.All(items, item => HoldFields(one, item!, path, names));
        }
    }

    private static string[] Required(JsonNode document, string path) =>
        [.. (Schema(document, path)["required"]?.AsArray() ?? []).Select(name => (string)name!).Order(StringComparer.Ordinal)];

    private static JsonNode Schema(JsonNode document, string path) => document["paths"]![path]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!;

    private IReadOnlyList<DocumentedEndpoint> Endpoints()
    {
        var endpoints = DocumentedEndpoint.Of(_host.Services.GetRequiredService<EndpointDataSource>());
        Assert.True(endpoints.Count > 40, $"{endpoints.Count} endpoints");
        return endpoints;
    }

    private Task<JsonNode> DocumentAsync(string face, string language = "zh") => JsonAsync($"/openapi/{face}.json?lang={language}");

    private async Task<JsonNode> JsonAsync(string path) => JsonNode.Parse(await _host.Http.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    [GeneratedRegex(@"workbench\?op=(?<face>[\w-]+)\.(?<id>\w+)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Operation();

    [GeneratedRegex(@"(?:Doc|href)=""/(?<path>docs/[^""]+)""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Document();
}
