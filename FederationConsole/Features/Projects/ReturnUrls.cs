using FederationConsole.Platform;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.Projects;

/// <summary>
/// Where a browser may be sent with a token (seed 000, autoLogin's <c>returl</c>): under one of the environment's addresses, whose scheme,
/// host and port must be the same and whose path is a prefix at a '/'.
/// </summary>
public static class ReturnUrls
{
    public const int Max = 100;

    private const int MaxLength = 2048;

    /// <summary>What may stand in the list: the project file's own rule.</summary>
    public static bool IsBase(string? text) => text is { Length: > 0 and <= MaxLength } && Texts.UrlBase.Fits(text) && Parse(text) is { Query.Length: 0, Fragment.Length: 0 };

    public static Fault? Check(string field, IReadOnlyList<string> urls) =>
        urls.Count > Max ? new Fault(FaultKind.Invalid, field)
        : urls.FirstOrDefault(url => !IsBase(url)) is { } wrong ? new Fault(FaultKind.Invalid, field, wrong)
        : urls.Distinct(StringComparer.Ordinal).Count() < urls.Count ? new Fault(FaultKind.Taken, field)
        : null;

    /// <summary>The address as a browser will read it, if it is under one of the list; null otherwise.</summary>
    public static Uri? Find(IReadOnlyList<string> bases, string? returl) =>
        Parse(returl) is { } uri && !HidesSlashes(uri) && bases.Any(b => Parse(b) is { } allowed && IsUnder(uri, allowed)) ? uri : null;

    /// <summary>Whether a page of this origin (as browsers send it) can be under one of the list.</summary>
    public static bool HasOrigin(IReadOnlyList<string> bases, string? origin) =>
        !string.IsNullOrEmpty(origin) && bases.Any(b => Parse(b) is { } allowed && allowed.GetLeftPart(UriPartial.Authority) == origin);

    /// <summary>The address with the token: behind its own query or fragment, both of which it keeps.</summary>
    /// <param name="name">Of the parameter.</param>
    public static string With(Uri returl, string name, string token, bool inFragment)
    {
        var (text, pair) = (returl.AbsoluteUri, $"{name}={Uri.EscapeDataString(token)}");
        if (inFragment)
        {
            return text.Contains('#', StringComparison.Ordinal) ? $"{text}{(text.EndsWith('#') ? "" : "&")}{pair}" : $"{text}#{pair}";
        }

        var hash = text.IndexOf('#', StringComparison.Ordinal);
        var (before, fragment) = hash < 0 ? (text, "") : (text[..hash], text[hash..]);
        var joint = !before.Contains('?', StringComparison.Ordinal) ? "?" : before[^1] is '?' or '&' ? "" : "&";
        return $"{before}{joint}{pair}{fragment}";
    }

    /// <summary>
    /// Null for what a browser could read otherwise than we do: another scheme than http and https, no "//" after it, user info, backslashes,
    /// blanks and control characters, a host with letters outside ASCII or a dot at its end.
    /// </summary>
    private static Uri? Parse(string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength } || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\') ||
            !(text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) ||
            !Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            return null;
        }

        var start = text.IndexOf("//", StringComparison.Ordinal) + 2;
        var end = text.AsSpan(start).IndexOfAny('/', '?', '#');
        var authority = end < 0 ? text[start..] : text[start..(start + end)];
        return authority.Length > 0 && authority.All(char.IsAscii) && !authority.Contains('@', StringComparison.Ordinal) && !authority.Contains('%', StringComparison.Ordinal) &&
            !uri.Host.EndsWith('.') && uri.UserInfo.Length == 0
            ? uri
            : null;
    }

    /// <summary>An encoded slash, backslash or dot in the path: what one server takes for a letter, another takes for a way out of the prefix.</summary>
    private static bool HidesSlashes(Uri uri) => new[] { "%2f", "%5c", "%2e" }.Any(hidden => uri.OriginalString.Split('?', '#')[0].Contains(hidden, StringComparison.OrdinalIgnoreCase));

    private static bool IsUnder(Uri uri, Uri allowed) =>
        uri.Scheme == allowed.Scheme && uri.Host == allowed.Host && uri.Port == allowed.Port &&
        uri.AbsolutePath.StartsWith(allowed.AbsolutePath, StringComparison.Ordinal) &&
        (allowed.AbsolutePath.EndsWith('/') || uri.AbsolutePath.Length == allowed.AbsolutePath.Length || uri.AbsolutePath[allowed.AbsolutePath.Length] == '/');
}
