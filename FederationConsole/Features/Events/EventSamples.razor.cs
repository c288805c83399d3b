using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FederationConsole.Features.Projects;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Events;

/// <summary>What whoever writes a receiver has to know; made by the code that delivers, and the file that the tests run.</summary>
public sealed partial class EventSamples
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Lazy<string> File = new(Read);

    [Inject] private ProjectCatalog Projects { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    private static string Receiver => File.Value;

    private string Wire
    {
        get
        {
            var body = Body(EventTypes.All[0]);
            var signature = EventBody.Signature("your-secret", Clock.GetUtcNow(), Encoding.UTF8.GetBytes(body));
            return $"""
                POST /events HTTP/1.1
                Content-Type: application/json; charset=utf-8
                X-Event-Id: {EventBody.Id(EventTypes.Sample(EventTypes.All[0], default).Id)}
                X-Signature: {signature}

                {body}

                X-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256(secret, t + "." + body)>
                """;
        }
    }

    internal static string Pretty(string body) => JsonNode.Parse(body)!.ToJsonString(Indented);

    private string Body(EventType type) => Projects.Environment(Context.Environment.Id) is { } environment
        ? Encoding.UTF8.GetString(EventBody.Of(EventTypes.Sample(type, Clock.GetUtcNow()), environment))
        : "{}";

    private static string Read()
    {
        using var stream = typeof(EventSamples).Assembly.GetManifestResourceStream("receiver.py") ?? throw new InvalidOperationException("receiver.py is not in the build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
