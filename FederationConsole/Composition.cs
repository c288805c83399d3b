using FederationConsole.Data;
using FederationConsole.Faces.Iot;
using FederationConsole.Features.Projects;
using FederationConsole.Features.SignIn;
using FederationConsole.Features.Sources;
using FederationConsole.Platform.Outbound;

namespace FederationConsole;

/// <summary>The composition of the host: what <c>dotnet run</c> and the tests start.</summary>
internal static class Composition
{
    /// <param name="args">The command line.</param>
    /// <param name="adjust">For tests: another clock, another database.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        adjust?.Invoke(builder);
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddOutbound(configuration);
        services.AddData(configuration, builder.Environment.ContentRootPath);
        services.AddProjects();
        services.AddSources();
        services.AddSignIn();
        services.AddIot();

        var app = builder.Build();
        app.MapIot();
        return app;
    }
}
