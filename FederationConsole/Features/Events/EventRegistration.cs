namespace FederationConsole.Features.Events;

public static class EventRegistration
{
    public static void AddEvents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EventOptions>().Bind(configuration.GetSection(EventOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ReceiverCatalog>();
        services.AddHostedService(provider => provider.GetRequiredService<ReceiverCatalog>());
        services.AddSingleton<ReceiverService>();
        services.AddSingleton<DeliveryService>();
        services.AddSingleton<DeliveryQueue>();
        services.AddSingleton<EventRouter>();
        services.AddHostedService<EventDispatcher>();
        services.AddSingleton<EventCleaner>();
        services.AddHostedService(provider => provider.GetRequiredService<EventCleaner>());
    }
}
