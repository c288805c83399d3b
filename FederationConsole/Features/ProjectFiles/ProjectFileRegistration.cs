using Microsoft.Extensions.Options;

namespace FederationConsole.Features.ProjectFiles;

public static class ProjectFileRegistration
{
    public static void AddProjectFiles(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddLocalization();
        services.AddSingleton<IValidateOptions<SeedOptions>, SeedOptionsCheck>();
        services.AddOptions<SeedOptions>().Bind(configuration.GetSection(SeedOptions.Section)).ValidateOnStart();
        services.AddSingleton<ProjectFileImport>();
        services.AddSingleton<ProjectFileExport>();
        services.AddSingleton<ImportCommand>();
        services.AddSingleton<ExportCommand>();
        services.AddHostedService<KeptTakeOver>();
        services.AddHostedService<SeedOnStart>();
    }
}
