namespace FederationConsole.Features.VendorAccounts.Conformance;

public static class ConformanceRegistration
{
    public static void AddVendorConformance(this IServiceCollection services)
    {
        services.AddSingleton<ConformanceRun>();
        services.AddSingleton<ConformanceService>();
        services.AddSingleton<ConformanceCommand>();
    }
}
