namespace FederationConsole.Platform;

/// <summary>
/// The headers of every page: no script but our own files, no frame around the console, nothing guessed from content.
/// Faces answer before this runs; they send JSON and headers of their own.
/// </summary>
public static class SecurityHeaders
{
    // Styles may be inline: Radzen and Blazor write style attributes. Pictures may come from anywhere: avatars do.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https: http:; font-src 'self' data:; " +
        "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.Use((http, next) =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            return next(http);
        });
    }
}
