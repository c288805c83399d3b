using Microsoft.Extensions.Options;

namespace FederationConsole.Features.Projects;

public static class ProjectRegistration
{
    public static void AddProjects(this IServiceCollection services)
    {
        services.AddSingleton<ProjectCatalog>();
        services.AddHostedService(provider => provider.GetRequiredService<ProjectCatalog>());
        services.AddOptions<HostsOptions>().BindConfiguration(HostsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HostsOptions>, HostsRules>();
        services.AddSingleton<HostNames>();
        services.AddSingleton<ProjectService>();
        services.AddSingleton<AppService>();
    }
}
