namespace FederationConsole.Faces.OpenApi;

/// <summary>Seed 000's endpoints in its order, then those of its browser side (faces.md, OpenApi). Tokens are bought at <c>/connect/token</c> (Faces/OAuth).</summary>
public static class OpenApiEndpoints
{
    public static void MapOpenApi(this WebApplication app)
    {
        app.MapFace("/op/userresource", new AccountFace())
            .Post<CreateForClient>("/AccountUser/v1/createForClient");
        var security = new SecurityFace();
        app.MapFace("/op/security", security)
            .Get<UserCode>("/usercode")
            .Post<AutoLoginCall>("/autologin")
            .Post<SessionTake>("/session")
            .Post<SessionRefresh>("/refresh")
            .Post<SessionSignOut>("/signout");

        var page = ActivatorUtilities.CreateInstance<AutoLoginPage>(app.Services);
        app.MapGet("/home/autoLogin.html", http =>
        {
            LightPage.SetLanguage(http.Request);
            return page.ShowAsync(http);
        }).Documented<AutoLoginPage>(security).AllowAnonymous().ExcludeFromDescription();
    }
}
