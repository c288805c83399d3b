using FederationConsole.Platform;

namespace FederationConsole.Features.Projects;

/// <summary>What may be registered as a redirect address or an origin. Matching later is exact, so what is odd is refused here.</summary>
public static class Addresses
{
    public const int Max = 50;
    public const int MaxLength = 512;

    public static Fault? CheckRedirects(IReadOnlyList<string> uris) => Check("redirectUris", uris, IsRedirect);

    public static Fault? CheckOrigins(IReadOnlyList<string> origins) => Check("origins", origins, IsOrigin);

    /// <summary>https, or http on this machine for development; absolute, no user info, no fragment, written as it parses.</summary>
    public static bool IsRedirect(string? text) =>
        Parse(text) is { } uri && uri.Fragment.Length == 0 && !text!.Contains('\\', StringComparison.Ordinal) && !text.Contains('#', StringComparison.Ordinal);

    /// <summary>Scheme, host and port alone: as a browser sends it in Origin.</summary>
    public static bool IsOrigin(string? text) => Parse(text) is { } uri && uri.GetLeftPart(UriPartial.Authority) == text;

    private static Uri? Parse(string? text) =>
        text is { Length: > 0 and <= MaxLength } && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) &&
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && !text.Contains('@', StringComparison.Ordinal) &&
        (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            ? uri
            : null;

    private static Fault? Check(string field, IReadOnlyList<string> values, Func<string, bool> allowed) =>
        values.Count > Max ? new Fault(FaultKind.Invalid, field)
        : values.Where(v => !allowed(v)).Select(v => new Fault(FaultKind.Invalid, field, v)).FirstOrDefault()
        ?? (values.Distinct(StringComparer.Ordinal).Count() < values.Count ? new Fault(FaultKind.Taken, field) : null);
}
