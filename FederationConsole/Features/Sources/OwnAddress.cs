using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FederationConsole.Features.Sources;

/// <summary>
/// Where this host itself answers. A path as a source's address (<see cref="SourceRules.IsOwn"/>) means this host: seeds/demo.json
/// names the sandbox that way, since nobody knows the port when a project file is written.
/// </summary>
public sealed class OwnAddress(IServer server)
{
    private string? _origin;

    /// <summary>The address to ask; null for a path of a host that does not listen.</summary>
    public string? Of(string address) => !SourceRules.IsOwn(address) ? address : Origin is { } origin ? origin + address : null;

    // Plain HTTP first: a development certificate convinces nobody.
    private string? Origin => _origin ??= server.Features.Get<IServerAddressesFeature>()?.Addresses
        .Where(a => !a.Contains("://unix:", StringComparison.Ordinal)).OrderBy(a => a.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        .Select(Reachable).FirstOrDefault();

    /// <summary>"Every interface" is no address to call.</summary>
    private static string Reachable(string listening)
    {
        var bound = BindingAddress.Parse(listening);
        var host = bound.Host is "*" or "+" or "0.0.0.0" ? "127.0.0.1" : bound.Host is "[::]" ? "[::1]" : bound.Host;
        return $"{bound.Scheme}://{host}:{bound.Port}";
    }
}
