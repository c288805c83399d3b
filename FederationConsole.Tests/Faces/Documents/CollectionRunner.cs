using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FederationConsole.Faces.Documents;

namespace FederationConsole.Tests.Faces.Documents;

/// <summary>
/// Runs a Postman collection as Postman does, from top to bottom, with the few forms of script that ours has; any other line fails the run,
/// so that nothing is green because it was not understood.
/// </summary>
internal sealed partial class CollectionRunner(HttpClient http, JsonObject collection)
{
    private readonly Dictionary<string, string> _variables = collection["variable"]!.AsArray().ToDictionary(v => (string)v!["key"]!, v => (string)v!["value"]!);

    /// <summary>What was wrong, with the request's name; empty: all green.</summary>
    public List<string> Faults { get; } = [];

    public int Sent { get; private set; }

    public async Task RunAsync()
    {
        foreach (var folder in collection["item"]!.AsArray())
        {
            foreach (var item in folder!["item"]!.AsArray())
            {
                await RunAsync((JsonObject)item!, $"{folder["name"]} / {item!["name"]}");
            }
        }
    }

    private async Task RunAsync(JsonObject item, string name)
    {
        foreach (var line in Lines(item, "prerequest"))
        {
            Assert.Equal("""pm.collectionVariables.set("run", String(Date.now()).slice(-8));""", line);
            _variables["run"] = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)[^8..];
        }

        using var request = Request((JsonObject)item["request"]!);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Sent++;
        var failed = Lines(item, "test").Where(line => !Holds(line, (int)response.StatusCode, text)).ToList();
        if (failed.Count > 0)
        {
            Faults.Add($"{name}: {string.Join(' ', failed)}\n  {request.Method} {request.RequestUri}\n  {(int)response.StatusCode} {text[..Math.Min(text.Length, 400)]}");
        }
    }

    private HttpRequestMessage Request(JsonObject sent)
    {
        var request = new HttpRequestMessage(new((string)sent["method"]!), new Uri(Filled((string)sent["url"]!["raw"]!)));
        if (sent["body"] is JsonObject body)
        {
            request.Content = (string)body["mode"]! == "raw"
                ? new StringContent(Filled((string)body["raw"]!), Encoding.UTF8, "application/json")
                : new FormUrlEncodedContent(body["urlencoded"]!.AsArray().Select(field => KeyValuePair.Create((string)field!["key"]!, Filled((string)field["value"]!))));
        }

        foreach (var header in sent["header"]!.AsArray().Where(header => (string)header!["key"]! != "Content-Type"))
        {
            request.Headers.Add((string)header!["key"]!, Filled((string)header["value"]!));
        }

        return request;
    }

    private bool Holds(string line, int status, string text)
    {
        if (StatusForm().Match(line) is { Success: true } wanted)
        {
            return wanted.Groups["status"].Value == status.ToString(CultureInfo.InvariantCulture);
        }

        if (ValueForm().Match(line) is { Success: true } value)
        {
            return JsonNode.DeepEquals(JsonPaths.Read(JsonNode.Parse(text), value.Groups["path"].Value), JsonNode.Parse(value.Groups["json"].Value));
        }

        if (JsonForm().Match(line) is { Success: true } json)
        {
            var found = JsonPaths.Read(JsonNode.Parse(text), json.Groups["path"].Value)?.ToString();
            return Keep(json.Groups["name"].Value, json.Groups["pop"].Success ? found?.Split('/')[^1] : found);
        }

        var attribute = AttributeForm().Match(line);
        Assert.True(attribute.Success, $"No form of script that is known: {line}");
        return Keep(attribute.Groups["name"].Value, Regex.Match(text, attribute.Groups["attribute"].Value + "=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["value"].Value);
    }

    private bool Keep(string name, string? value)
    {
        _variables[name] = value ?? "";
        return !string.IsNullOrEmpty(value);
    }

    /// <summary>One that nobody set stays as it stands, as in Postman.</summary>
    private string Filled(string text) => VariableForm().Replace(text, variable => _variables.GetValueOrDefault(variable.Groups["name"].Value, variable.Value));

    private static IEnumerable<string> Lines(JsonObject item, string listen) =>
        from script in item["event"]!.AsArray()
        where (string)script!["listen"]! == listen
        from line in script["script"]!["exec"]!.AsArray()
        select (string)line!;

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VariableForm();

    [GeneratedRegex(@"^pm\.test\(""[^""]+"", \(\) => pm\.response\.to\.have\.status\((?<status>\d+)\)\);$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StatusForm();

    [GeneratedRegex(@"^pm\.test\(""([^""\\]|\\.)+"", \(\) => pm\.expect\(pm\.response\.json\(\)\.(?<path>[\w.\[\]]+)\)\.to\.eql\((?<json>.+)\)\);$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ValueForm();

    [GeneratedRegex(@"^pm\.collectionVariables\.set\(""(?<name>\w+)"", pm\.response\.json\(\)\.(?<path>[\w.\[\]]+?)(?<pop>\.split\(""/""\)\.pop\(\))?\);$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex JsonForm();

    [GeneratedRegex(@"^pm\.collectionVariables\.set\(""(?<name>\w+)"", pm\.response\.text\(\)\.match\(/(?<attribute>[\w-]+)=""\(\[\^""\]\*\)""/\)\[1\]\);$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AttributeForm();
}
