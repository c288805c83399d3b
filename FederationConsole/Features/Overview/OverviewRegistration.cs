namespace FederationConsole.Features.Overview;

public static class OverviewRegistration
{
    public static void AddOverview(this IServiceCollection services) => services.AddSingleton<OverviewReader>();
}
