namespace FederationConsole.Faces.VendorAccount;

/// <summary>The endpoints of faces.md (VendorAccount), in its order: our side of seed 003's 三方自有账号对接.</summary>
public static class VendorAccountEndpoints
{
    public static void MapVendorAccount(this IEndpointRouteBuilder routes) => routes.MapFace("/account/v1", new VendorAccountFace())
        .Post<OAuthLogin>("/oauth/login")
        .Post<OAuthRefresh>("/oauth/refresh")
        .Get<Users>("/users")
        .Get<UserAttributesRead>("/users/{user_id:long}/attributes")
        .Put<UserAttributesWrite>("/users/{user_id:long}/attributes")
        .Get<SchemaInForceRead>("/schema");
}
