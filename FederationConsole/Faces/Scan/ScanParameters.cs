using System.Text.Json;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Scan;

/// <summary>
/// The parameters of a call, from the query and, where there is one, the body: a form, or a JSON object (faces.md: both). A name
/// that stands twice is refused (RFC 6749, 3.2), one that stands in both places is the body's.
/// </summary>
internal sealed class ScanParameters
{
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 16 };

    private readonly Dictionary<string, string?> _values = new(StringComparer.Ordinal);

    private ScanParameters()
    {
    }

    public static async Task<Outcome<ScanParameters>> ReadAsync(HttpContext http)
    {
        var parameters = new ScanParameters();
        foreach (var (name, values) in http.Request.Query)
        {
            if (values.Count > 1)
            {
                return new Fault(FaultKind.Invalid, name);
            }

            parameters._values[name] = values[0];
        }

        try
        {
            return HttpMethods.IsGet(http.Request.Method) ? parameters
                : http.Request.HasFormContentType ? await parameters.AddFormAsync(http)
                : await parameters.AddJsonAsync(http);
        }
        catch (BadHttpRequestException exception)
        {
            return new Fault(FaultKind.Invalid, null, exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? FaceTexts.TooLarge : FaceTexts.NotJson);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter: an escape that is half a character, which only reading the text finds.
            return new Fault(FaultKind.Invalid, null, FaceTexts.NotJson);
        }
        catch (InvalidDataException)
        {
            // More fields than a form may have, or longer ones.
            return new Fault(FaultKind.Invalid, null, FaceTexts.TooLarge);
        }
    }

    /// <summary>At most so many characters and none that a database or a log chokes on; null where it is absent or empty.</summary>
    public Outcome<string> Required(string name, int maxLength = Tokens.MaxLength)
    {
        if (!_values.TryGetValue(name, out var value) || value is { Length: 0 })
        {
            return new Fault(FaultKind.Missing, name);
        }

        return value is not null && value.Length <= maxLength && !value.Any(char.IsControl) ? value : new Fault(FaultKind.Invalid, name);
    }

    public bool Has(string name) => _values.TryGetValue(name, out var value) && value is not { Length: 0 };

    private async Task<Outcome<ScanParameters>> AddFormAsync(HttpContext http)
    {
        foreach (var (name, values) in await http.Request.ReadFormAsync(http.RequestAborted))
        {
            if (values.Count > 1)
            {
                return new Fault(FaultKind.Invalid, name);
            }

            _values[name] = values[0];
        }

        return this;
    }

    private async Task<Outcome<ScanParameters>> AddJsonAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        if (buffer.Length == 0)
        {
            return this;
        }

        using var json = JsonDocument.Parse(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), Shallow);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            return new Fault(FaultKind.Invalid, null, FaceTexts.NotAnObject);
        }

        foreach (var field in json.RootElement.EnumerateObject())
        {
            switch (field.Value.ValueKind)
            {
                case JsonValueKind.String:
                    _values[field.Name] = field.Value.GetString();
                    break;
                case JsonValueKind.Number:
                    _values[field.Name] = field.Value.GetRawText();
                    break;
                case JsonValueKind.Null:
                    _values.Remove(field.Name);
                    break;
                default:
                    // Of the wrong type; a fault only where somebody asks for it.
                    _values[field.Name] = null;
                    break;
            }
        }

        return this;
    }
}
