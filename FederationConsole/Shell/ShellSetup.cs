using FederationConsole.Shell.Search;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Radzen;

namespace FederationConsole.Shell;

/// <summary>What Program.cs needs to know of the console's frame.</summary>
public static class ShellSetup
{
    /// <summary>Needs an <see cref="IConsoleDirectory"/>, a <see cref="TimeProvider"/> and the services that its search asks.</summary>
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddRazorComponents().AddInteractiveServerComponents()
            // A project file pasted into a text box is one message; the default of 32 KB would end the circuit.
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = 1024 * 1024);
        services.AddRadzenComponents();
        services.AddCascadingAuthenticationState();
        services.AddSingleton<ISearchSource, UserSearch>();
        services.AddSingleton<ISearchSource, AppSearch>();
        services.AddSingleton<ISearchSource, MeetingSearch>();
        services.AddSingleton<ISearchSource, AttendeeSearch>();
        return services;
    }

    /// <summary>Each page asks for a signed-in admin, account pages excepted by <c>[AllowAnonymous]</c>; the circuit does so too.</summary>
    public static void MapShell(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization();
    }

    /// <summary>A person who mistyped an address gets a page; whoever asks for no HTML gets the bare status.</summary>
    public static void UseNotFoundPage(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use((http, next) =>
        {
            if (!HttpMethods.IsGet(http.Request.Method) || !http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            {
                http.Features.GetRequiredFeature<IStatusCodePagesFeature>().Enabled = false;
            }

            return next(http);
        });
    }

    /// <summary>Before anything that renders text.</summary>
    public static void UseShellLanguages(this IApplicationBuilder app) => app.UseRequestLocalization(Preferences.Languages);
}
