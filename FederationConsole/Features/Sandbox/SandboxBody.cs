using System.Globalization;
using System.Net.Mime;
using System.Text.Json;
using FederationConsole.Platform;

namespace FederationConsole.Features.Sandbox;

/// <summary>Reads what the pages and curl send to the sandbox, and says what is wrong with it.</summary>
internal static class SandboxBody
{
    private sealed record ErrorReply(Error Error);

    private sealed record Error(int Code, string Msg, string? Field);

    /// <summary>A JSON object or a form; unknown fields are refused.</summary>
    public static async Task<Outcome<T>> ReadAsync<TBehaviour, T>(HttpRequest request, CultureInfo language)
        where TBehaviour : struct, Enum
        where T : class
    {
        try
        {
            if (request.HasFormContentType)
            {
                var form = await request.ReadFormAsync();
                // A form sends what was left empty as "".
                var fields = form.ToDictionary(f => f.Key, f => string.IsNullOrEmpty(f.Value) ? null : f.Value.ToString());
                return JsonSerializer.SerializeToElement(fields).Deserialize<T>(SandboxJson.Options)!;
            }

            return request.HasJsonContentType() && await request.ReadFromJsonAsync<T>(SandboxJson.Options) is { } body
                ? body
                : new Fault(FaultKind.Invalid, null, SandboxTexts.Get("BadBody", language));
        }
        catch (JsonException broken) when (broken.Path is "$.behaviour")
        {
            return BadBehaviour<TBehaviour>(language);
        }
        catch (JsonException broken)
        {
            return new Fault(FaultKind.Invalid, FieldOf(broken), SandboxTexts.Get("BadJson", language));
        }
        catch (Exception tooMuch) when (tooMuch is BadHttpRequestException or InvalidDataException)
        {
            return new Fault(FaultKind.Invalid, null, SandboxTexts.Get("TooLarge", language));
        }
    }

    private static string? FieldOf(JsonException broken) => broken.Path is { } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;

    public static Fault BadBehaviour<TBehaviour>(CultureInfo language)
        where TBehaviour : struct, Enum =>
        new(FaultKind.Invalid, "behaviour", SandboxTexts.Get("Bad_behaviour", language) + string.Join(", ", Enum.GetValues<TBehaviour>().Select(SandboxJson.Name)));

    // The envelope of the third party's own "no", with the field at fault beside it.
    public static IResult Refuse(Fault fault)
    {
        var (status, code) = fault.Kind == FaultKind.NotFound ? (404, 4041001) : (400, 4001001);
        return Results.Json(new ErrorReply(new(code, fault.Detail ?? "", fault.Field)), SandboxJson.Options, MediaTypeNames.Application.Json, status);
    }
}
