namespace FederationConsole.Features.Traces;

public static class TraceRegistration
{
    public static void AddTraces(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TraceOptions>().Bind(configuration.GetSection(TraceOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SignInTraces>();
        services.AddHostedService(provider => provider.GetRequiredService<SignInTraces>());
        services.AddSingleton<TraceService>();
    }
}
