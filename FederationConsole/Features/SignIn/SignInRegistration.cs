using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.Sources;

namespace FederationConsole.Features.SignIn;

public static class SignInRegistration
{
    /// <summary>Everything a login passes through: the directory, sessions, and the ways in.</summary>
    public static void AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<UserIdentities>();
        services.AddSingleton<UserProfiles>();
        services.AddSingleton<ProfileReader>();
        services.AddSingleton<UserLookup>();
        services.AddSingleton<SessionService>();
        services.AddSingleton<SessionCheck>();
        services.AddSingleton<UserSessions>();
        services.AddSingleton<UserService>();
        services.AddSingleton<UserPasswords>();
        services.AddSingleton<SignInCounters>();
        services.AddHostedService(provider => provider.GetRequiredService<SignInCounters>());
        services.AddSingleton<ISourceUse, SourceUse>();
        services.AddSingleton<ThirdPartySignIn>();
        services.AddSingleton<PasswordSignIn>();
        services.AddSingleton<PhoneSignIn>();
        services.AddSingleton<CodeSignIn>();
        services.AddSingleton<UserRegistration>();
        services.AddSingleton<PasswordRecovery>();
        services.AddHostedService<WarmUp>();
    }
}
