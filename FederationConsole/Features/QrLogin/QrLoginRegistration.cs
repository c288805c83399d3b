namespace FederationConsole.Features.QrLogin;

public static class QrLoginRegistration
{
    public static void AddQrLogin(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<QrLoginOptions>().Bind(configuration.GetSection(QrLoginOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<QrCounters>();
        services.AddHostedService(provider => provider.GetRequiredService<QrCounters>());
        services.AddSingleton<QrReader>();
        services.AddSingleton<ConsoleTickets>();
        services.AddSingleton<ScanTargets>();
        services.AddSingleton<TicketService>();
        services.AddSingleton<TicketScans>();
        services.AddSingleton<AuthCodes>();
        services.AddSingleton<AppUsers>();
        services.AddSingleton<QrSettings>();
        services.AddSingleton<TicketWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<TicketWatch>());
        services.AddSingleton<TicketCleaner>();
        services.AddHostedService(provider => provider.GetRequiredService<TicketCleaner>());
    }
}
