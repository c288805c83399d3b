using FederationConsole.Features.Administrators;
using FederationConsole.Features.ConsoleQr;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Scan.Console;

/// <summary>
/// <c>/account/sign-in/qr</c>: an administrator signs in by a code that the user confirms whom they bound. Numbers are always matched, and
/// what follows the password follows this.
/// </summary>
internal sealed class ConsoleSignInPage(ConsoleQrService service, ConsoleForm forms)
{
    public Task ShowAsync(HttpContext http) => ShowAsync(http, null);

    public async Task SignInAsync(HttpContext http)
    {
        if (await forms.ReadAsync(http) is not { } form)
        {
            ConsoleForm.Go(http, AccountPaths.SignInByQr);
            return;
        }

        var flow = http.RequestServices.GetRequiredService<SignInFlow>();
        var step = await flow.QrAsync(() => service.RedeemAsync(form[ConsoleForm.CodeField]));
        var (next, fault) = step switch
        {
            SignInStep.SignedIn => (Back(http), null),
            SignInStep.Code => (With(http, AccountPaths.TwoStep), null),
            SignInStep.Enrolment => (With(http, AccountPaths.Enrol), null),
            SignInStep.Expired => (With(http, AccountPaths.SignIn), null),
            SignInStep.Refused => ((string?)null, "Console.Refused"),
            SignInStep.TooMany => (null, "Console.TooMany"),
        };
        if (next is not null)
        {
            ConsoleForm.Go(http, next);
        }
        else
        {
            await ShowAsync(http, ScanTexts.Get(fault!));
        }
    }

    private async Task ShowAsync(HttpContext http, string? alarm)
    {
        var environment = await service.EnvironmentAsync();
        if (environment is null || http.User.Identity is { IsAuthenticated: true })
        {
            ConsoleForm.Go(http, environment is null ? With(http, AccountPaths.SignIn) : Back(http));
            return;
        }

        var foot = Markup.Of($"<p><a href=\"{With(http, AccountPaths.SignIn)}\">{ScanTexts.Get("Console.Back")}</a></p>");
        var issued = await service.BeginSignInAsync(forms.Device(http));
        var body = issued.Ok
            ? new QrCodeView(issued.Value, Features.QrLogin.TicketScans.ConsoleName, new FaceCall(http).Origin, null, forms.IsDevelopment)
            {
                Note = Markup.Of($"{ConsoleForm.Alarm(alarm)}<p class=\"hint\">{ScanTexts.Get("Console.SignInNote", environment.ProjectName)}</p>"),
                Form = Markup.Of($"<form method=\"post\" data-confirmed>{forms.Token(http)}<input type=\"hidden\" name=\"{ConsoleForm.CodeField}\"></form>"),
                Foot = foot,
            }.Html()
            : Markup.Of($"<main class=\"card\"><h1>{ScanTexts.Get("Page.Title")}</h1>{ConsoleForm.Alarm(ScanTexts.Get(issued.Fault.Kind == FaultKind.TooMany ? "Console.TooMany" : "Console.Off"))}{foot}</main>");
        await ConsoleForm.Page(ScanTexts.Get("Page.Title"), body).WriteAsync(http);
    }

    private static string Back(HttpContext http) => ReturnUrl.Local(http.Request.Query[AccountPaths.ReturnUrl]);

    /// <summary>The way back is kept.</summary>
    private static string With(HttpContext http, string path) =>
        Back(http) is var back && back == "/" ? path : $"{path}?{AccountPaths.ReturnUrl}={Uri.EscapeDataString(back)}";
}
