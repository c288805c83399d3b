using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FederationConsole.Platform;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Faces;

/// <summary>Reads a JSON request. Whatever is wrong with it is the face's own "validation" failure, never an empty 400.</summary>
internal static class JsonBody
{
    /// <summary>The content type is not looked at: clients send JSON under many names, and a body that is none is refused anyway.</summary>
    public static async Task<Outcome<T>> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(http.Request.BodyReader, type, http.RequestAborted) is { } value
                ? value
                : new Fault(FaultKind.Invalid, null, FaceTexts.NotAnObject);
        }
        catch (JsonException exception)
        {
            var field = exception.Path is ['$', '.', .. var path] ? path : null;
            return new Fault(FaultKind.Invalid, field, field is null ? FaceTexts.NotJson : Allowed(type, field));
        }
        catch (BadHttpRequestException exception)
        {
            return new Fault(FaultKind.Invalid, null, exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? FaceTexts.TooLarge : FaceTexts.NotJson);
        }
    }

    /// <summary>Which type the field has to have, where it is a plain one.</summary>
    private static string Allowed(JsonTypeInfo type, string field)
    {
        var allowed = type.Properties.FirstOrDefault(p => p.Name == field)?.PropertyType;
        return allowed == typeof(string) ? FaceTexts.NotText : allowed == typeof(int?) ? FaceTexts.NotInteger : FaceTexts.WrongType;
    }
}
