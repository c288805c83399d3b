namespace FederationConsole.Features.ConsoleQr;

public static class ConsoleQrRegistration
{
    public static void AddConsoleQr(this IServiceCollection services) => services.AddSingleton<ConsoleQrService>();
}
