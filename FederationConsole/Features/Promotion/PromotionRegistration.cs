using FederationConsole.Features.Projects;

namespace FederationConsole.Features.Promotion;

public static class PromotionRegistration
{
    public static void AddPromotion(this IServiceCollection services)
    {
        services.AddSingleton<PromotionService>();
        services.AddSingleton<PromotionRequests>();
        services.AddSingleton<PromotionCommand>();
        services.AddSingleton<ProductionLacks>();
        services.AddSingleton<IProductionNeed, AppNeed>();
        services.AddSingleton<IProductionNeed, SourceNeed>();
        services.AddSingleton<IProductionNeed, MessageNeed>();
        services.AddSingleton<IProductionNeed, ReceiverNeed>();
    }
}
