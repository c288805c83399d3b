namespace FederationConsole.Features.Linking;

public static class LinkingRegistration
{
    public static void AddLinking(this IServiceCollection services)
    {
        services.AddSingleton<ThirdPartyLinks>();
        services.AddSingleton<ContactSync>();
    }
}
