using System.Text.Json;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.VendorAccounts.Conformance;

/// <summary>One answer of a vendor under examination. Nothing here throws: what is not there is null.</summary>
internal sealed class ConformanceAnswer(ConformanceSetup setup, string step, OutboundResult result)
{
    private readonly JsonElement _body = result is OutboundResult.Answered answered ? Parse(answered.Body) : default;

    /// <summary>Which question it answers, for people.</summary>
    public string Step => step;

    public OutboundFailure? Failure => (result as OutboundResult.Failed)?.Reason;

    public int Status => (result as OutboundResult.Answered)?.Status ?? 0;

    public string? ContentType => (result as OutboundResult.Answered)?.ContentType;

    public bool IsObject => _body.ValueKind == JsonValueKind.Object;

    /// <summary>The result code, also where it came as a number; null where there is none.</summary>
    public string? Code => Member("result_code") switch
    {
        { ValueKind: JsonValueKind.String } text => Decode(text),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public bool IsYes => Code == "0";

    /// <summary>By the seed's name; null where it is absent or JSON's null.</summary>
    public JsonElement? Member(string field) =>
        IsObject && _body.TryGetProperty(setup.Name(field), out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A string that is not empty.</summary>
    public string? Text(string field) => Member(field) is { ValueKind: JsonValueKind.String } value && Decode(value) is { Length: > 0 } text ? text : null;

    /// <summary>What came instead of an expected code.</summary>
    public string Said => Failure is { } failure ? ConformanceTexts.Get("Why_NoAnswer", failure)
        : !IsObject ? $"HTTP {Status}"
        : ConformanceTexts.Get("Why_Said", Code ?? "-");

    /// <summary>Null for half a character as an escape, which is well-formed JSON and no text.</summary>
    private static string? Decode(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonElement.Parse(body.Span, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
