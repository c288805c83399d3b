using FederationConsole.Features.Sources.Upstreams;

namespace FederationConsole.Features.Sources;

public static class SourceRegistration
{
    public static void AddSources(this IServiceCollection services)
    {
        services.AddSingleton<SourceCatalog>();
        services.AddHostedService(provider => provider.GetRequiredService<SourceCatalog>());
        services.AddSingleton<SourceService>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<IdTokens>();
        services.AddSingleton<AppleClientSecret>();
        services.AddSingleton<OwnAddress>();
        services.AddSingleton<ISourceVerifier, WeChatVerifier>();
        services.AddSingleton<ISourceVerifier, QQVerifier>();
        services.AddSingleton<ISourceVerifier, WeiboVerifier>();
        services.AddSingleton<ISourceVerifier, FacebookVerifier>();
        services.AddSingleton<ISourceVerifier, TwitterVerifier>();
        services.AddSingleton<ISourceVerifier, AlipayVerifier>();
        services.AddSingleton<ISourceVerifier, StandardVerifier>();
        services.AddSingleton<ISourceVerifier, AppleVerifier>();
        services.AddSingleton<ISourceVerifier, GoogleVerifier>();
    }
}
