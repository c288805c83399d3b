using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FederationConsole.Platform.Outbound;

public static class OutboundRegistration
{
    /// <summary>A setting under <c>Outbound</c> that is unknown or out of range stops the start.</summary>
    public static IServiceCollection AddOutbound(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OutboundOptions>()
            .Bind(configuration.GetSection(OutboundOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<OutboundCalls>();
        services.AddSingleton<OutboundStreams>();
        return services;
    }
}
