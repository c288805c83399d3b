namespace FederationConsole.Features.Verifications;

public static class VerificationRegistration
{
    public static void AddVerification(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<VerificationOptions>()
            .Bind(configuration.GetSection(VerificationOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<Captchas>();
        services.AddSingleton<CodeQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<CodeQueue>());
        services.AddSingleton<CodeService>();
    }
}
