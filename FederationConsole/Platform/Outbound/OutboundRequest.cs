namespace FederationConsole.Platform.Outbound;

/// <summary>One call to a third party; good for one <see cref="OutboundCalls.SendAsync"/>, which disposes the content.</summary>
/// <param name="Partition">Who shares a bulkhead and a breaker, as <c>env 12 source 10</c>: what follows the environment becomes
/// the tag of the metric. Made of configuration, never of what a caller sent: a partition lives as long as the host.</param>
/// <param name="Method">Sent as it is.</param>
/// <param name="Uri">http or https, without user info.</param>
public sealed record OutboundRequest(string Partition, HttpMethod Method, Uri Uri)
{
    public HttpContent? Content { get; init; }

    /// <summary>Headers of the request; those of a body stand in <see cref="Content"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The address without user info and query, which carry tokens: all that logs, traces and the console see of it.</summary>
    internal string Target => Uri.IsAbsoluteUri
        ? Uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : "";

    /// <summary>Safe to log: the record's own text would show the query and the headers.</summary>
    public override string ToString() => $"{Method} {Target} ({Partition})";
}
