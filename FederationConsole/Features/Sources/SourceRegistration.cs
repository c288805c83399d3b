namespace FederationConsole.Features.Sources;

public static class SourceRegistration
{
    public static void AddSources(this IServiceCollection services)
    {
        services.AddSingleton<SourceCatalog>();
        services.AddHostedService(provider => provider.GetRequiredService<SourceCatalog>());
        services.AddSingleton<SourceService>();
        services.AddSingleton<ISourceVerifier, StandardVerifier>();
    }
}
