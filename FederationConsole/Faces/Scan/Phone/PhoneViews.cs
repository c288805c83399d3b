using System.Globalization;
using FederationConsole.Features.QrLogin;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Scan.Phone;

/// <summary>What the sign-in page shows.</summary>
/// <param name="Way">One of <see cref="PhoneViews"/>'s; anything else is the password.</param>
internal sealed record SignInView(string Ticket, SeenTicket Seen, string Way, bool IsDevelopment)
{
    public Fault? Fault { get; init; }
    public string Account { get; init; } = "";
    public string Phone { get; init; } = "";

    /// <summary>A code has just been sent.</summary>
    public bool IsSent { get; init; }

    /// <summary>Id of a picture that must be read first, or null.</summary>
    public string? Captcha { get; init; }
}

/// <summary>The phone's pages.</summary>
internal static class PhoneViews
{
    public const string Password = "password";
    public const string Code = "code";
    public const string Sandbox = "sandbox";

    public static LightPage SignIn(SignInView view)
    {
        var title = ScanTexts.Get("Phone.SignIn");
        if (!view.Seen.Environment.Policies.OwnAccounts)
        {
            return Notice(title, ScanTexts.Get("Phone.VendorOnly", view.Seen.AppName), StatusCodes.Status200OK);
        }

        var way = view.Way is Code or Sandbox ? view.Way : Password;
        return new(title, Markup.Of($"""
            <main class="card phone">
            <p class="app">{view.Seen.AppName}</p>
            <h1>{title}</h1>
            <p class="hint">{ScanTexts.Get("Phone.SignInWhy")}</p>
            <nav class="ways" aria-label="{ScanTexts.Get("Phone.Ways")}">{Tab(view, Password, way)}{Tab(view, Code, way)}{(view.IsDevelopment ? Tab(view, Sandbox, way) : Markup.None)}</nav>
            {(view.Fault is { } fault ? Markup.Of($"<p class=\"alarm\" role=\"alert\">{Words(fault)}</p>") : Markup.None)}
            {(view.IsSent ? Markup.Of($"<p class=\"good\" role=\"status\">{ScanTexts.Get("Phone.CodeSent")}</p>") : Markup.None)}
            {Form(view, way)}
            </main>
            """));
    }

    /// <summary>What asks, from where, and both answers of one size (RFC 10027).</summary>
    public static LightPage Decide(string ticket, TicketView view, string key) => new(ScanTexts.Get("Phone.Title"), Markup.Of($"""
        <main class="card phone">
        <h1>{ScanTexts.Get("Phone.Ask", view.AppName)}</h1>
        <dl>
        <dt>{ScanTexts.Get("Phone.You")}</dt><dd>{view.UserName}</dd>
        <dt>{ScanTexts.Get("Phone.Browser")}</dt><dd>{view.Browser}</dd>
        <dt>{ScanTexts.Get("Phone.System")}</dt><dd>{view.System}</dd>
        <dt>{ScanTexts.Get("Phone.Place")}</dt><dd>{view.Place}{(view.Address == view.Place ? "" : $" ({view.Address})")}</dd>
        <dt>{ScanTexts.Get("Phone.When")}</dt><dd><time datetime="{view.At.ToString("O", CultureInfo.InvariantCulture)}">{At(view.At)}</time></dd>
        </dl>
        <p class="warn">{ScanTexts.Get("Phone.Warning")}</p>
        <form method="post" action="/m/scan/{ticket}">
        <input type="hidden" name="{PhoneSessions.KeyField}" value="{key}">
        {(view.Numbers.Count == 0 ? Markup.None : Numbers(view))}
        <div class="two">
        <button name="{PhonePage.DecisionField}" value="cancel" formnovalidate>{ScanTexts.Get("Phone.Cancel")}</button>
        <button name="{PhonePage.DecisionField}" value="{PhonePage.Confirm}" class="primary">{ScanTexts.Get("Phone.Confirm")}</button>
        </div>
        </form>
        <form method="post" action="/m/scan/{ticket}/leave" class="leave">
        <input type="hidden" name="{PhoneSessions.KeyField}" value="{key}">
        <button class="link">{ScanTexts.Get("Phone.Leave")}</button>
        </form>
        </main>
        """));

    /// <summary>For who came by a link: nothing is scanned before they go on.</summary>
    public static LightPage Arrived(string ticket, string app) => new(ScanTexts.Get("Phone.Title"), Markup.Of($"""
        <main class="card phone notice">
        <h1>{ScanTexts.Get("Phone.Arrived", app)}</h1>
        <p>{ScanTexts.Get("Phone.ArrivedText")}</p>
        <p><a class="button" href="/m/scan/{ticket}">{ScanTexts.Get("Phone.Continue")}</a></p>
        </main>
        """));

    public static LightPage Confirmed(string app) => Notice(ScanTexts.Get("Phone.Confirmed"), ScanTexts.Get("Phone.ConfirmedText", app), StatusCodes.Status200OK, "good");

    public static LightPage NumberWrong() => Notice(ScanTexts.Get("Phone.NumberWrong"), ScanTexts.Get("Phone.NumberWrongText"), StatusCodes.Status200OK, "alarm");

    public static LightPage TooMany() => Notice(ScanTexts.Get("Phone.TooMany"), ScanTexts.Get("Fault.TooMany"), StatusCodes.Status429TooManyRequests, "alarm");

    /// <summary>In plain words why nothing can be confirmed here.</summary>
    public static LightPage Over(ScanResult.Refused refused)
    {
        var words = refused is { Why: ScanRefusal.Cancelled, ByYourself: true } ? "CancelledByYou" : refused.Why.ToString();
        return Notice(
            ScanTexts.Get($"Over.{words}"), ScanTexts.Get($"Over.{words}.Text"),
            refused switch { { Why: ScanRefusal.Unknown } => StatusCodes.Status404NotFound, { ByYourself: true } => StatusCodes.Status200OK, _ => StatusCodes.Status410Gone });
    }

    private static LightPage Notice(string title, string text, int status, string tone = "") => new(title, Markup.Of($"""
        <main class="card phone notice">
        <h1 class="{tone}">{title}</h1>
        <p>{text}</p>
        </main>
        """)) { Status = status };

    private static Markup Numbers(TicketView view) => Markup.Of($"""
        <fieldset class="numbers"><legend>{ScanTexts.Get("Phone.Pick")}</legend>
        {Markup.Join(view.Numbers.Select(n => Markup.Of($"<label><input type=\"radio\" name=\"{PhonePage.NumberField}\" value=\"{ScanState.TwoDigits(n)}\" required><span>{ScanState.TwoDigits(n)}</span></label>")))}
        </fieldset>
        """);

    private static Markup Tab(SignInView view, string way, string current) =>
        Markup.Of($"<a href=\"/m/scan/{view.Ticket}?way={way}\"{(way == current ? new Markup(" aria-current=\"page\"") : Markup.None)}>{ScanTexts.Get($"Way.{way}")}</a>");

    private static Markup Form(SignInView view, string way) => way switch
    {
        Code => Markup.Of($"""
            <form method="post" action="/m/scan/{view.Ticket}/code">
            <label>{ScanTexts.Get("Phone.Phone")}<input name="phone" type="tel" inputmode="tel" autocomplete="tel" maxlength="20" required value="{view.Phone}"></label>
            {(view.Captcha is { } id ? Captcha(id) : Markup.None)}
            <button formaction="/m/scan/{view.Ticket}/send-code" formnovalidate>{ScanTexts.Get("Phone.SendCode")}</button>
            <label>{ScanTexts.Get("Phone.Code")}<input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="6" required></label>
            <button class="primary">{ScanTexts.Get("Phone.Enter")}</button>
            </form>
            """),
        Sandbox => Markup.Of($"""
            <form method="post" action="/m/scan/{view.Ticket}/sandbox">
            <p class="hint">{ScanTexts.Get("Phone.SandboxHint")}</p>
            <label>{ScanTexts.Get("Phone.Nickname")}<input name="nickname" maxlength="32" autocomplete="nickname" required value="{ScanTexts.Get("Phone.NicknameExample")}"></label>
            <button class="primary">{ScanTexts.Get("Phone.Enter")}</button>
            </form>
            """),
        _ => Markup.Of($"""
            <form method="post" action="/m/scan/{view.Ticket}/password">
            <label>{ScanTexts.Get("Phone.Account")}<input name="account" autocomplete="username" maxlength="254" required value="{view.Account}"></label>
            <label>{ScanTexts.Get("Phone.Password")}<input name="password" type="password" autocomplete="current-password" maxlength="128" required></label>
            <button class="primary">{ScanTexts.Get("Phone.Enter")}</button>
            </form>
            """),
    };

    private static Markup Captcha(string id) => Markup.Of($"""
        <p class="captcha"><img src="/v2/user_register/captcha/{id}" width="220" height="80" alt="{ScanTexts.Get("Phone.CaptchaPicture")}"> <a href="/v2/user_register/captcha/{id}?form=text" target="_blank" rel="noopener">{ScanTexts.Get("Phone.CaptchaText")}</a></p>
        <label>{ScanTexts.Get("Phone.Captcha")}<input name="captcha" inputmode="numeric" autocomplete="off" maxlength="8"></label>
        """);

    private static string Words(Fault fault) => ScanTexts.Find($"Fault.{fault.Kind}") ?? ScanTexts.Get("Fault.Other");

    /// <summary>By the clock of China, as limits and bills are; the machine-readable time is exact.</summary>
    private static string At(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " (UTC+8)";
}
