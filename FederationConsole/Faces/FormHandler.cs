using FederationConsole.Platform;
using Microsoft.Net.Http.Headers;

namespace FederationConsole.Faces;

/// <summary>The parameters of a form-encoded request. One that was sent empty counts as left out (RFC 6749 3.2).</summary>
public sealed class FormFields(IFormCollection form)
{
    public string? this[string name] => form[name] is [{ Length: > 0 } value] ? value : null;
}

/// <summary>A call with an <c>application/x-www-form-urlencoded</c> body.</summary>
public abstract class FormHandler<TReply> : IFaceHandler
    where TReply : class
{
    internal const string FormType = "application/x-www-form-urlencoded";

    HandlerShape IFaceHandler.Shape => new(null, typeof(TReply), null, Credential.None);

    async Task<Outcome<object>> IFaceHandler.HandleAsync(FaceCall call, Face face, HttpContext http)
    {
        var form = await ReadAsync(http);
        if (!form.Ok)
        {
            return form.Fault;
        }

        var outcome = await HandleAsync(form.Value, call);
        return outcome.Ok ? outcome.Value : outcome.Fault;
    }

    protected abstract ValueTask<Outcome<TReply>> HandleAsync(FormFields form, FaceCall call);

    private static async Task<Outcome<FormFields>> ReadAsync(HttpContext http)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !type.MediaType.Equals(FormType, StringComparison.OrdinalIgnoreCase))
        {
            return FaultKind.Invalid;
        }

        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            // A parameter that stands twice means one thing to us and another to whoever looks at the first (RFC 6749 3.2).
            return form.Any(field => field.Value.Count > 1) ? FaultKind.Invalid : new FormFields(form);
        }
        catch (Exception exception) when (exception is BadHttpRequestException or InvalidDataException)
        {
            // Too large, broken off, or more and longer fields than the framework takes.
            return FaultKind.Invalid;
        }
    }
}
