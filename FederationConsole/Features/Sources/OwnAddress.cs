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

    /// <summary>One address to ask: a path on this host, or what it is already.</summary>
    public string Resolve(string address) => SourceRules.IsOwn(address) ? Origin + address : address;

    /// <summary>A set-up whose paths are addresses to ask. The command line listens nowhere, and asks nobody.</summary>
    public IReadOnlyDictionary<string, string> Resolve(IReadOnlyDictionary<string, string> settings) =>
        settings.Any(IsOwn) ? settings.ToDictionary(s => s.Key, s => IsOwn(s) ? Origin + s.Value : s.Value) : settings;

    private static bool IsOwn(KeyValuePair<string, string> setting) => SourceRules.Addresses.Contains(setting.Key) && SourceRules.IsOwn(setting.Value);

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
