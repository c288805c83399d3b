using FederationConsole.Features.Users.Imports;

namespace FederationConsole.Features.Users;

public static class UsersRegistration
{
    public static void AddUsers(this IServiceCollection services)
    {
        services.AddSingleton<UserEditor>();
        services.AddSingleton<UserAccess>();
        services.AddSingleton<UserEraser>();
        services.AddSingleton<UserExport>();
        services.AddSingleton<UserImporter>();
        services.AddHostedService(provider => provider.GetRequiredService<UserImporter>());
        services.AddSingleton<UserImports>();
    }
}
