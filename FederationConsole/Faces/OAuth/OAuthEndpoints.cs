namespace FederationConsole.Faces.OAuth;

/// <summary>faces.md (OpenApi, OAuth): what is under <c>/connect</c>.</summary>
public static class OAuthEndpoints
{
    public static void MapOAuth(this IEndpointRouteBuilder routes) => routes.MapFace("/connect", new OAuthFace())
        .Post<Token>("/token"); // RFC 6749 3.2
}
