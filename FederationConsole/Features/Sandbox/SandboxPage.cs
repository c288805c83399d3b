using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace FederationConsole.Features.Sandbox;

/// <summary>
/// A page of <c>wwwroot/sandbox</c> with its <c>{{Key}}</c>s filled from <see cref="SandboxTexts"/>. Nothing that anybody
/// typed is in it: persons and questions come as JSON and are put in as text by its script.
/// </summary>
internal static partial class SandboxPage
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <param name="own">Markup for the keys that a page fills by itself; null for those that are texts.</param>
    public static async Task<IResult> ShowAsync(HttpContext context, string name, Func<string, CultureInfo, string?> own)
    {
        // Read anew each time: it is for Development, where the file is being edited.
        await using var file = context.RequestServices.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider.GetFileInfo($"sandbox/{name}.html").CreateReadStream();
        using var reader = new StreamReader(file);
        var template = await reader.ReadToEndAsync();

        var language = SandboxTexts.LanguageOf(context.Request);
        var html = Placeholder().Replace(template, key =>
            own(key.Groups["key"].Value, language) ?? Encoder.Encode(SandboxTexts.Get(key.Groups["key"].Value, language)));

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        headers.Vary = "Accept-Language";
        return Results.Content(html, "text/html; charset=utf-8");
    }

    [GeneratedRegex(@"\{\{(?<key>\w+)\}\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();
}
