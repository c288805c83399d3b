namespace FederationConsole.Features.Merges;

public static class MergeRegistration
{
    public static void AddMerges(this IServiceCollection services)
    {
        services.AddSingleton<MergeService>();
        services.AddSingleton<PairReader>();
    }
}
