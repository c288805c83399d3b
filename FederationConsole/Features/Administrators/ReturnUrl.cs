namespace FederationConsole.Features.Administrators;

/// <summary>Where to go after signing in: a path of this host, or its front page.</summary>
public static class ReturnUrl
{
    public const int MaxLength = 1024;

    /// <summary>
    /// A browser reads <c>//host</c> and <c>/\host</c> as another host, drops tabs and line feeds before it looks, and takes a
    /// backslash anywhere for a slash: none of them is let through.
    /// </summary>
    public static string Local(string? url) =>
        url is ['/', ..] and { Length: <= MaxLength } && url is not ['/', '/', ..] && !url.Any(c => c == '\\' || char.IsControl(c)) ? url : "/";
}
