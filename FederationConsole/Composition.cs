using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Faces;
using FederationConsole.Faces.Documents;
using FederationConsole.Faces.Attendee;
using FederationConsole.Faces.Iot;
using FederationConsole.Faces.OAuth;
using FederationConsole.Faces.OpenApi;
using FederationConsole.Faces.Scan;
using FederationConsole.Faces.VendorAccount;
using FederationConsole.Features.Administrators;
using FederationConsole.Features.AppTokens;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Audit;
using FederationConsole.Features.ConsoleQr;
using FederationConsole.Features.Events;
using FederationConsole.Features.Guessing;
using FederationConsole.Features.JointLogin;
using FederationConsole.Features.Linking;
using FederationConsole.Features.LoginPolicies;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Merges;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Overview;
using FederationConsole.Features.ProjectFiles;
using FederationConsole.Features.Projects;
using FederationConsole.Features.QrLogin;
using FederationConsole.Features.Promotion;
using FederationConsole.Features.Registrations;
using FederationConsole.Features.Sandbox;
using FederationConsole.Features.SignIn;
using FederationConsole.Features.Sources;
using FederationConsole.Features.Traces;
using FederationConsole.Features.VendorAccounts.Conformance;
using FederationConsole.Features.Verifications;
using FederationConsole.Features.Users;
using FederationConsole.Features.VendorAccounts;
using FederationConsole.Features.Workbench;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;
using FederationConsole.Shell;

namespace FederationConsole;

/// <summary>The composition of the host: what <c>dotnet run</c>, the command line and the tests start.</summary>
internal static class Composition
{
    /// <summary>Where the host listens unless told otherwise: this machine alone.</summary>
    private const string DefaultUrl = "http://127.0.0.1:5080";

    /// <param name="args">Settings on the command line.</param>
    /// <param name="adjust">For tests: another clock, another database.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        // What is said to people who ask for no language is Chinese.
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        var builder = WebApplication.CreateBuilder(args);
        adjust?.Invoke(builder);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            // Not in appsettings.json, which would stand above ASPNETCORE_URLS.
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        // The start ends with the line that says where the console is (StartNotice), not with the framework's own.
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        AddServices(builder);
        var app = builder.Build();
        Map(app);
        return app;
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddTelemetry(configuration);
        services.AddOutbound(configuration);
        services.AddData(configuration, builder.Environment.ContentRootPath);
        services.AddAdministrators(configuration);
        services.AddGuessing(configuration);
        services.AddProjects();
        services.AddAppTokens();
        services.AddSources();
        services.AddAttributes(builder.Environment.ContentRootPath);
        services.AddEvents(configuration);
        services.AddVendorAccounts();
        services.AddProjectFiles(configuration);
        services.AddTraces(configuration);
        services.AddMessages();
        services.AddVerification(configuration);
        services.AddSignIn();
        services.AddLinking();
        services.AddMerges();
        services.AddUsers();
        services.AddQrLogin(configuration);
        services.AddConsoleQr();
        services.AddJointLogin();
        services.AddMeetings();
        services.AddRegistrations();
        services.AddAttendeeNotices();
        services.AddAudit();
        services.AddOverview();
        services.AddLoginPolicies();
        services.AddPromotion();
        services.AddFaceHosts();
        services.AddIot();
        services.AddScan();
        services.AddFaceDocuments();
        services.AddWorkbench(
            provider => provider.GetRequiredService<FaceDocuments>().Faces, (provider, face) => provider.GetRequiredService<FaceDocuments>().OpenApi(face));
        services.AddSandbox();
        services.AddVendorConformance();
        services.AddShell();
        services.AddStartSequence();
        services.AddSingleton<IConsoleDirectory>(provider => new ConsoleDirectory(
            provider.GetRequiredService<ProjectCatalog>(), principal => provider.GetRequiredService<AdministratorDirectory>().ActorAsync(principal)));
    }

    private static void Map(WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseShellLanguages();
        app.UseNotFoundPage();
        app.UseStaticFiles();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapHealth();
        app.MapIot();
        app.MapOAuth();
        app.MapVendorAccount();
        app.MapOpenApi();
        app.MapAttendee();
        app.MapScan();
        app.MapFaceDocuments();
        app.MapStaticAssets().AllowAnonymous();
        app.MapAdministrators();
        Func<HttpContext, Task<Actor>> actorOf = http => http.RequestServices.GetRequiredService<AdministratorDirectory>().ActorAsync(http.User, http.TraceIdentifier);
        app.MapAudit(actorOf).RequireAuthorization();
        app.MapUsers(actorOf).RequireAuthorization();
        app.MapMeetings(actorOf).RequireAuthorization();
        app.MapRegistrations(actorOf).RequireAuthorization();
        app.MapSandbox();
        app.MapShell();
    }
}
