namespace FederationConsole.Faces.Documents;

/// <summary><c>/openapi/{face}.json</c>. For everybody: what it says is how to call, which is the seeds' public word, and never with what.</summary>
public static class DocumentEndpoints
{
    public static void AddFaceDocuments(this IServiceCollection services) => services.AddSingleton<FaceDocuments>();

    public static void MapFaceDocuments(this WebApplication app)
    {
        var documents = app.Services.GetRequiredService<FaceDocuments>();
        app.MapGet("/openapi/{face}.json", (string face, HttpContext http) =>
        {
            LightPage.SetLanguage(http.Request);
            return documents.OpenApi(face) is { } document ? Send(http, document) : Results.NotFound();
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult Send(HttpContext http, byte[] document)
    {
        // Short, so that a new version's is seen; by language, which the address may leave open.
        http.Response.Headers.CacheControl = "public, max-age=60";
        http.Response.Headers.Vary = "Accept-Language";
        return Results.Bytes(document, "application/json; charset=utf-8");
    }
}
