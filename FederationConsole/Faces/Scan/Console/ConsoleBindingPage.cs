using FederationConsole.Features.Administrators;
using FederationConsole.Features.ConsoleQr;
using FederationConsole.Features.Projects;
using FederationConsole.Features.QrLogin;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Scan.Console;

/// <summary>
/// <c>/account/qr</c>: an administrator binds the user who confirms a code, or unbinds. The password is asked for first: what is bound opens
/// the console.
/// </summary>
internal sealed class ConsoleBindingPage(ConsoleQrService service, AdministratorDirectory directory, ConsoleForm forms)
{
    private const string ActField = "act";
    private const string PasswordField = "password";
    private const string Begin = "begin";
    private const string Bind = "bind";
    private const string Unbind = "unbind";

    public async Task ShowAsync(HttpContext http) => await ShowAsync(http, await ActorAsync(http), null, null);

    public async Task ActAsync(HttpContext http)
    {
        var actor = await ActorAsync(http);
        if (await forms.ReadAsync(http) is not { } form)
        {
            ConsoleForm.Go(http, AccountPaths.MyQr);
            return;
        }

        switch (form[ActField].ToString())
        {
            case Begin:
                var issued = await service.BeginBindingAsync(actor, form[PasswordField], forms.Device(http));
                await (issued.Ok ? ShowCodeAsync(http, issued.Value) : ShowAsync(http, actor, Say(issued.Fault), null));
                break;
            case Bind:
                await DoneAsync(http, actor, await service.BindAsync(actor, form[ConsoleForm.CodeField]), "Console.BindDone");
                break;
            case Unbind:
                await DoneAsync(http, actor, await service.UnbindAsync(actor, form[PasswordField]), "Console.UnbindDone");
                break;
            default:
                ConsoleForm.Go(http, AccountPaths.MyQr);
                break;
        }
    }

    /// <summary>A change ended every session of the administrator: this one gets a new cookie.</summary>
    private async Task DoneAsync(HttpContext http, Actor actor, Outcome outcome, string said)
    {
        if (!outcome.Ok)
        {
            await ShowAsync(http, actor, Say(outcome.Fault), null);
            return;
        }

        await http.RequestServices.GetRequiredService<SignInFlow>().RenewAsync(MyAccountService.Id(actor)!.Value);
        await ShowAsync(http, actor, null, ScanTexts.Get(said));
    }

    private async Task ShowAsync(HttpContext http, Actor actor, string? alarm, string? done)
    {
        var standing = await service.StandingAsync(actor);
        if (!standing.Ok)
        {
            // The cookie is of before a change elsewhere.
            ConsoleForm.Go(http, AccountPaths.Denied);
            return;
        }

        var title = ScanTexts.Get("Console.MineTitle");
        var environment = await service.EnvironmentAsync();
        await (ConsoleForm.Page(title, Markup.Of($"""
            <main class="card phone">
            <h1>{title}</h1>
            <p>{(environment is null ? ScanTexts.Get("Console.Off") : ScanTexts.Get("Console.MineText", environment.ProjectName))}</p>
            {ConsoleForm.Alarm(alarm)}
            {(done is null ? Markup.None : Markup.Of($"<p class=\"good\" role=\"status\">{done}</p>"))}
            {Words(standing.Value)}
            {Form(http, environment is not null && standing.Value.HasTwoStep, standing.Value.User)}
            <p><a href="{AccountPaths.Mine}">{ScanTexts.Get("Console.MineBack")}</a></p>
            </main>
            """)) with { Script = null }).WriteAsync(http);
    }

    private Markup Form(HttpContext http, bool canBind, BoundUser? bound) => !canBind && bound is null ? Markup.None : Markup.Of($"""
        <form method="post">{forms.Token(http)}
        <label>{ScanTexts.Get("Console.Password")}<input name="{PasswordField}" type="password" autocomplete="current-password" maxlength="{Passwords.MaxLength}" required></label>
        {(!canBind ? Markup.None : Markup.Of($"<button class=\"primary\" name=\"{ActField}\" value=\"{Begin}\">{ScanTexts.Get(bound switch { null => "Console.Bind", { IsVoid: true } => "Console.BindAnew", _ => "Console.BindAnother" })}</button>"))}
        {(bound is not null ? Markup.Of($"<button name=\"{ActField}\" value=\"{Unbind}\">{ScanTexts.Get("Console.Unbind")}</button>") : Markup.None)}
        </form>
        """);

    /// <summary>Not renewed by itself: the next code needs the password again.</summary>
    private Task ShowCodeAsync(HttpContext http, IssuedTicket issued) => ConsoleForm.Page(ScanTexts.Get("Console.MineTitle"),
        new QrCodeView(issued with { Refreshes = 0 }, TicketScans.ConsoleName, new FaceCall(http).Origin, null, forms.IsDevelopment)
        {
            Note = Markup.Of($"<p class=\"hint\">{ScanTexts.Get("Console.BindNote")}</p>"),
            Form = Markup.Of($"<form method=\"post\" data-confirmed>{forms.Token(http)}<input type=\"hidden\" name=\"{ActField}\" value=\"{Bind}\"><input type=\"hidden\" name=\"{ConsoleForm.CodeField}\"></form>"),
            Foot = Markup.Of($"<p><a href=\"{AccountPaths.MyQr}\">{ScanTexts.Get("Console.MineBack")}</a></p>"),
        }.Html()).WriteAsync(http);

    private Task<Actor> ActorAsync(HttpContext http) => directory.ActorAsync(http.User, http.TraceIdentifier);

    private static Markup Words(QrStanding standing) => Markup.Of($"""
        {(standing.HasTwoStep ? Markup.None : Markup.Of($"<p class=\"alarm\">{ScanTexts.Get("Console.NoTwoStep")}</p>"))}
        {standing.User switch
        {
            null => Markup.Of($"<p>{ScanTexts.Get("Console.None")}</p>"),
            { Name: null } => Markup.Of($"<p class=\"alarm\">{ScanTexts.Get("Console.BoundGone")}</p>"),
            { IsVoid: true, Name: var name } => Markup.Of($"<p class=\"alarm\">{ScanTexts.Get("Console.BoundVoid", name)}</p>"),
            { Name: var name } => Markup.Of($"<p>{ScanTexts.Get("Console.Bound", name)}</p>"),
        }}
        """);

    private static string Say(Fault fault) => ScanTexts.Get(fault.Kind switch
    {
        FaultKind.TooMany => "Console.TooMany",
        FaultKind.Invalid => "Console.WrongPassword",
        FaultKind.Taken => "Console.Taken",
        FaultKind.NotAllowedNow => fault.Field == ConsoleQrService.TwoStepField ? "Console.NoTwoStep" : "Console.Off",
        _ => "Console.BindFailed",
    });
}
