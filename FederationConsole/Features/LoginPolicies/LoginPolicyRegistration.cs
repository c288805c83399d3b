namespace FederationConsole.Features.LoginPolicies;

public static class LoginPolicyRegistration
{
    public static void AddLoginPolicies(this IServiceCollection services) => services.AddSingleton<LoginPolicyService>();
}
