using FederationConsole.Shell.Search;
using Radzen;

namespace FederationConsole.Shell;

/// <summary>What Program.cs needs to know of the console's frame.</summary>
public static class ShellSetup
{
    /// <summary>Needs an <see cref="IConsoleDirectory"/>, a <see cref="TimeProvider"/> and the features that the search asks.</summary>
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddCascadingAuthenticationState();
        services.AddSingleton<ISearchSource, AppSearch>();
        return services;
    }

    /// <summary>Each page asks for a signed-in admin, account pages excepted by <c>[AllowAnonymous]</c>; the circuit does so too.</summary>
    public static void MapShell(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization();
    }

    /// <summary>Before anything that renders text.</summary>
    public static void UseShellLanguages(this IApplicationBuilder app) => app.UseRequestLocalization(Preferences.Languages);
}
