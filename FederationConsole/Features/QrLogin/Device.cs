using System.Net;

namespace FederationConsole.Features.QrLogin;

/// <summary>Who asked for a code, in words that a person recognises as their own PC or does not.</summary>
/// <param name="Place">What the proxy in front says (<see cref="QrLoginOptions.PlaceHeader"/>), or the address.</param>
public sealed record Device(string Browser, string System, string Place, string? Address, string? Client)
{
    /// <summary>More telling names first: Edge and Opera call themselves Chrome too, and every one of them Safari.</summary>
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("MicroMessenger/", "WeChat"), ("Edg/", "Edge"), ("EdgA/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("Windows", "Windows"), ("HarmonyOS", "HarmonyOS"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Mac OS X", "macOS"), ("Android", "Android"), ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];

    /// <param name="place">As the proxy in front said it, or null.</param>
    public static Device Of(string? userAgent, IPAddress? address, string? place) => new(
        Browser: BrowserOf(userAgent ?? ""),
        System: Array.Find(Systems, s => userAgent?.Contains(s.Sign, StringComparison.Ordinal) == true).Name ?? "?",
        Place: string.IsNullOrWhiteSpace(place) ? Plain(address) : Cut(new string([.. place.Where(c => !char.IsControl(c))]), 64),
        Address: Plain(address),
        Client: userAgent is null ? null : Cut(userAgent, 256));

    private static string BrowserOf(string userAgent)
    {
        var (sign, name) = Array.Find(Browsers, b => userAgent.Contains(b.Sign, StringComparison.Ordinal));
        if (name is null)
        {
            return "?";
        }

        // Safari counts itself in another place.
        var from = userAgent.IndexOf(name == "Safari" ? "Version/" : sign, StringComparison.Ordinal);
        var version = from < 0 ? "" : new string([.. userAgent[(userAgent.IndexOf('/', from) + 1)..].TakeWhile(char.IsAsciiDigit).Take(4)]);
        return version.Length == 0 ? name : $"{name} {version}";
    }

    private static string Plain(IPAddress? address) => address is null ? "?" : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;
}
