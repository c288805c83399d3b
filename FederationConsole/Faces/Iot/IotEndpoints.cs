namespace FederationConsole.Faces.Iot;

/// <summary>Seed 002's endpoints, in the order of its part 5, then those of faces.md (Iot).</summary>
public static class IotEndpoints
{
    public static void MapIot(this IEndpointRouteBuilder routes) => routes.MapFace("/v2", new IotFace())
        .Post<RegisterCheck>("/user/third/register_check") // 5.1.1
        .Post<UserAuthThird>("/user_auth_third") // 5.1.2
        .Get<Profile>("/user/{user_id:long}")
        .Post<TokenRefresh>("/user/token/refresh")
        .Post<Logout>("/user/logout");

    public static void AddIot(this IServiceCollection services) => services.AddSingleton<IotAccess>();
}
