namespace FederationConsole.Faces.Documents;

/// <summary><c>/openapi/{face}.json</c> and <c>/openapi.postman_collection.json</c>. For everybody, as the seeds' own pages are: they say how to call; with
/// what, in Development alone, where the demo project's keys are published already.</summary>
public static class DocumentEndpoints
{
    public static void AddFaceDocuments(this IServiceCollection services) => services.AddSingleton<FaceDocuments>().AddSingleton<DemoVariables>();

    public static void MapFaceDocuments(this WebApplication app)
    {
        var documents = app.Services.GetRequiredService<FaceDocuments>();
        app.MapGet("/openapi/{face}.json", (string face, HttpContext http) =>
        {
            LightPage.SetLanguage(http.Request);
            return documents.OpenApi(face) is { } document ? Send(http, document) : Results.NotFound();
        }).AllowAnonymous().ExcludeFromDescription();
        // Where seed 000 has it.
        app.MapGet("/openapi.postman_collection.json", http =>
        {
            LightPage.SetLanguage(http.Request);
            return Send(http, documents.Postman(new FaceCall(http).Origin)).ExecuteAsync(http);
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult Send(HttpContext http, byte[] document)
    {
        // By language, which the address may leave open; a new version's is seen at once.
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.Vary = "Accept-Language";
        return Results.Bytes(document, "application/json; charset=utf-8");
    }
}
