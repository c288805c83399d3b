using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;

namespace FederationConsole.Features.VendorAccounts;

public static class VendorRegistration
{
    public static void AddVendorAccounts(this IServiceCollection services)
    {
        services.AddSingleton<VendorCatalog>();
        services.AddHostedService(provider => provider.GetRequiredService<VendorCatalog>());
        services.AddSingleton<VendorClient>();
        services.AddSingleton<VendorService>();
        services.AddSingleton<VendorSignIn>();
        services.AddSingleton<ISessionRenewal, VendorRenewal>();
        services.AddSingleton<IProductionNeed, VendorNeed>();
        services.AddSingleton<VendorGrantCleaner>();
        services.AddHostedService(provider => provider.GetRequiredService<VendorGrantCleaner>());
    }
}
