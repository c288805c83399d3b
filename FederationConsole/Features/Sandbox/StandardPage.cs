using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace FederationConsole.Features.Sandbox;

/// <summary>
/// The page: <c>wwwroot/sandbox/standard.html</c> with its <c>{{Key}}</c>s filled from <see cref="SandboxTexts"/>. Nothing that anybody
/// typed is in it: persons and questions come as JSON and are put in as text by <c>standard.js</c>.
/// </summary>
internal static partial class StandardPage
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static async Task<IResult> ShowAsync(HttpContext context, IWebHostEnvironment host)
    {
        // Read anew each time: it is for Development, where the file is being edited.
        await using var file = host.WebRootFileProvider.GetFileInfo("sandbox/standard.html").CreateReadStream();
        using var reader = new StreamReader(file);
        var template = await reader.ReadToEndAsync();

        var language = SandboxTexts.LanguageOf(context.Request);
        var html = Placeholder().Replace(template, key => Encoder.Encode(SandboxTexts.Get(key.Groups["key"].Value, language)));

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
