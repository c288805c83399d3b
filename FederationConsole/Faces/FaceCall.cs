using System.Globalization;

namespace FederationConsole.Faces;

/// <summary>One call of a face, as its handlers see it.</summary>
public sealed class FaceCall(HttpContext http)
{
    public CancellationToken Cancellation => http.RequestAborted;

    public string? Address { get; } = http.Connection.RemoteIpAddress?.ToString();

    public string? Client => http.Request.Headers.UserAgent;

    /// <summary>Finds the call in the log and the traces.</summary>
    public string RequestId => http.TraceIdentifier;

    public string? Header(string name) => http.Request.Headers[name];

    public string? Query(string name) => http.Request.Query[name];

    public bool HasPathValue(string name) => http.Request.RouteValues.ContainsKey(name);
    /// <summary>Scheme and host by which the caller reached us: what an address is made of that is handed back to them.</summary>
    public string Origin => $"{http.Request.Scheme}://{http.Request.Host}";

    public string Path => http.Request.Path;

    public string PathText(string name) => (string)http.Request.RouteValues[name]!;

    /// <summary>A number in the path; the route's constraint has checked that it is one.</summary>
    public long PathNumber(string name) => long.Parse((string)http.Request.RouteValues[name]!, CultureInfo.InvariantCulture);
}
