using FederationConsole.Faces.Scan.Console;
using FederationConsole.Faces.Scan.Phone;
using FederationConsole.Features.Administrators;
using Microsoft.AspNetCore.Http.Connections;

namespace FederationConsole.Faces.Scan;

/// <summary>Seed 004's endpoints in its order, with what the phone does (faces.md, Scan) between the page of 1.3.1 and 1.3.2.</summary>
public static class ScanEndpoints
{
    /// <summary>A page sends two keys and pings.</summary>
    private const int HubBytes = 4 * 1024;

    /// <summary>Browsers slow the timers of a tab in the background down to one a minute.</summary>
    private static readonly TimeSpan HubPatience = TimeSpan.FromSeconds(150);

    public static void MapScan(this WebApplication app)
    {
        var face = new ScanFace();
        var pages = app.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        pages.MapGet("/api/connect/qrlogin", Page<QrPage>(app, page => page.ShowAsync)).Documented<QrPage>(face); // 1.3.1
        app.MapFace("/api/connect", face)
            .Get<TicketStatePoll>("/qrlogin/state")
            .Post<ScanTicketCall>("/scan")
            .Post<ConfirmTicket>("/confirm")
            .Get<GetAccessToken>("/get-access-token") // 1.3.2
            .Post<GetAccessToken>("/get-access-token")
            .Get<GetUserInfo>("/get-user-info") // 1.3.3
            .Post<GetUserInfo>("/get-user-info")
            .Post<CancelTicket>("/cancel");

        pages.MapGet("/m/scan/{ticket}", Page<PhonePage>(app, page => page.ShowAsync));
        pages.MapPost("/m/scan/{ticket}", Page<PhonePage>(app, page => page.DecideAsync));
        pages.MapPost("/m/scan/{ticket}/leave", Page<PhonePage>(app, page => page.LeaveAsync));
        pages.MapPost("/m/scan/{ticket}/password", Page<PhoneWays>(app, page => page.PasswordAsync));
        pages.MapPost("/m/scan/{ticket}/send-code", Page<PhoneWays>(app, page => page.SendCodeAsync));
        pages.MapPost("/m/scan/{ticket}/code", Page<PhoneWays>(app, page => page.CodeAsync));
        pages.MapGet(AccountPaths.SignInByQr, Page<ConsoleSignInPage>(app, page => page.ShowAsync, isConsole: true));
        pages.MapPost(AccountPaths.SignInByQr, Page<ConsoleSignInPage>(app, page => page.SignInAsync, isConsole: true));
        var mine = app.MapGroup("").RequireAuthorization().ExcludeFromDescription();
        mine.MapGet(AccountPaths.MyQr, Page<ConsoleBindingPage>(app, page => page.ShowAsync, isConsole: true));
        mine.MapPost(AccountPaths.MyQr, Page<ConsoleBindingPage>(app, page => page.ActAsync, isConsole: true));
        if (app.Environment.IsDevelopment())
        {
            pages.MapPost("/m/scan/{ticket}/sandbox", Page<PhoneWays>(app, page => page.SandboxAsync));
            pages.MapGet("/demo/login/index", Page<DemoPages>(app, page => page.IndexAsync)); // 1.1
            pages.MapGet("/demo/login/callback", Page<DemoPages>(app, page => page.CallbackAsync));
        }

        app.MapHub<ScanHub>("/hubs/scan", hub =>
        {
            // The page has a long poll of its own.
            hub.Transports = HttpTransportType.WebSockets;
            (hub.ApplicationMaxBufferSize, hub.TransportMaxBufferSize) = (HubBytes, HubBytes);
        }).AllowAnonymous();
    }

    public static void AddScan(this IServiceCollection services)
    {
        services.AddSignalR().AddHubOptions<ScanHub>(hub => (hub.MaximumReceiveMessageSize, hub.ClientTimeoutInterval) = (HubBytes, HubPatience));
        services.AddSingleton<PhoneSessions>();
        services.AddSingleton<ConsoleForm>();
    }

    /// <summary>Pages keep no state and live as long as the host.</summary>
    /// <param name="isConsole">Its language is the console's, which a cookie tells.</param>
    private static RequestDelegate Page<T>(WebApplication app, Func<T, Func<HttpContext, Task>> method, bool isConsole = false)
    {
        var show = method(ActivatorUtilities.CreateInstance<T>(app.Services));
        return http =>
        {
            if (!isConsole)
            {
                LightPage.SetLanguage(http.Request);
            }

            return show(http);
        };
    }
}
