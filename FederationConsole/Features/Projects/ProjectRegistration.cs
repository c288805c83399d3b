namespace FederationConsole.Features.Projects;

public static class ProjectRegistration
{
    public static void AddProjects(this IServiceCollection services)
    {
        services.AddSingleton<ProjectCatalog>();
        services.AddHostedService(provider => provider.GetRequiredService<ProjectCatalog>());
        services.AddSingleton<ProjectService>();
        services.AddSingleton<AppService>();
    }
}
