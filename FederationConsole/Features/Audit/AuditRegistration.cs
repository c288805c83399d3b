namespace FederationConsole.Features.Audit;

public static class AuditRegistration
{
    public static void AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditSealer>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditSealer>());
        services.AddSingleton<AuditChain>();
        services.AddSingleton<AuditReader>();
    }
}
