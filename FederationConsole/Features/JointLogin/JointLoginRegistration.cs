namespace FederationConsole.Features.JointLogin;

public static class JointLoginRegistration
{
    public static void AddJointLogin(this IServiceCollection services)
    {
        services.AddSingleton<AccountCreation>();
        services.AddSingleton<JointCodes>();
        services.AddSingleton<JointSessions>();
        services.AddSingleton<ReturnAddresses>();
        services.AddSingleton<JointLoginCleaner>();
        services.AddHostedService(provider => provider.GetRequiredService<JointLoginCleaner>());
    }
}
