using System.Globalization;

namespace FederationConsole.Faces;

/// <summary>
/// A page that is no Blazor circuit: plain HTML, the product's variables, a script of its own or none. Chinese, or English for who asks
/// for it first (or by <c>?lang=en</c>).
/// </summary>
/// <param name="Title">In the language of the current UI culture.</param>
public sealed record LightPage(string Title, Markup Body)
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Path of the page's script, or none: then nothing runs.</summary>
    public string? Script { get; init; }

    /// <summary>Who may embed it, as <c>frame-ancestors</c> has it.</summary>
    public string FrameAncestors { get; init; } = "'none'";

    /// <summary>Other than this host, for a page that frames one of ours.</summary>
    public bool HasFrames { get; init; }

    /// <summary>Pictures of people may come from anywhere.</summary>
    public bool HasAvatars { get; init; }

    /// <summary>Of the body, for the styles.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Before anything asks for a text, and not inside an async method: what that sets ends with it.</summary>
    public static void SetLanguage(HttpRequest request)
    {
        var asked = request.Query["lang"].ToString();
        var language = asked.Length > 0 ? asked : request.Headers.AcceptLanguage.ToString();
        CultureInfo.CurrentUICulture = language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? English : Chinese;
    }

    public Task WriteAsync(HttpContext http)
    {
        var (response, headers) = (http.Response, http.Response.Headers);
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        headers.ContentSecurityPolicy = Policy(http.Request);
        headers.XContentTypeOptions = "nosniff";
        // Not "no-referrer": a form's Origin would be "null" then, and tell nothing.
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        headers.Vary = "Accept-Language";
        return response.WriteAsync(Html().Text, http.RequestAborted);
    }

    private string Policy(HttpRequest request) => string.Concat(
        "default-src 'none'; style-src 'self'; img-src 'self' data:", HasAvatars ? " https: http:" : "",
        Script is null ? "" : "; script-src 'self'; connect-src 'self'" + Sockets(request),
        HasFrames ? "; frame-src 'self'" : "",
        "; form-action 'self'; base-uri 'none'; frame-ancestors ", FrameAncestors);

    /// <summary>Older Safari does not take 'self' for a socket. A host that could end a directive is left out.</summary>
    private static string Sockets(HttpRequest request)
    {
        var host = request.Host.Value ?? "";
        return host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':' or '[' or ']') ? $" ws://{host} wss://{host}" : "";
    }

    private Markup Html() => Markup.Of($"""
        <!doctype html>
        <html lang="{CultureInfo.CurrentUICulture.Name}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Title}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/css/theme.css">
        <link rel="stylesheet" href="/css/light.css">
        {(Script is null ? Markup.None : Markup.Of($"<script src=\"{Script}\" defer></script>"))}
        </head>
        <body class="light {Kind}">
        {Body}
        </body>
        </html>

        """);
}
