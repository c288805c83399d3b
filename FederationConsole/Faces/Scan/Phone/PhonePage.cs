using System.Diagnostics;
using FederationConsole.Features.Guessing;
using FederationConsole.Features.QrLogin;
using FederationConsole.Platform;

namespace FederationConsole.Faces.Scan.Phone;

/// <summary>
/// <c>/m/scan/{ticket}</c>, what any phone's camera opens: signs the person in if need be, shows what asks, and takes the decision. No script
/// runs on it.
/// </summary>
internal sealed class PhonePage(TicketScans scans, PhoneSessions sessions, GuessGuard guard, IHostEnvironment host)
{
    public const string NumberField = "number";
    public const string DecisionField = "decision";
    public const string Confirm = "confirm";

    public async Task ShowAsync(HttpContext http)
    {
        if (await OpenAsync(http) is not { } seen)
        {
            return;
        }

        if (await sessions.FindAsync(http, seen.Environment) is not { } person)
        {
            await (seen.Over is { } over
                ? PhoneViews.Over(new(over))
                : PhoneViews.SignIn(new(TicketOf(http), seen, http.Request.Query["way"].ToString(), host.IsDevelopment()))).WriteAsync(http);
            return;
        }

        if (http.Request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.OrdinalIgnoreCase))
        {
            // A browser that only looks ahead has scanned nothing yet; it asks again when somebody does.
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (http.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
        {
            // A page elsewhere opened this: it could hold the code, and would learn from the scan who came by.
            await PhoneViews.Arrived(TicketOf(http), seen.AppName).WriteAsync(http);
            return;
        }

        await View(http, seen, await scans.ScanAsync(TicketOf(http), person)).WriteAsync(http);
    }

    public async Task DecideAsync(HttpContext http)
    {
        if (await OpenAsync(http) is not { } seen)
        {
            return;
        }

        var ticket = TicketOf(http);
        var form = await FormAsync(http);
        if (form is null || await sessions.FindAsync(http, seen.Environment) is not { } person ||
            !PhoneSessions.IsOurs(http.Request) || !PhoneSessions.HasKey(http, form, seen.Environment, ticket))
        {
            // Signed out meanwhile, or a form that is not ours: shown anew, nothing decided.
            Go(http, ticket);
            return;
        }

        var result = form[DecisionField] == Confirm
            ? await scans.ConfirmAsync(ticket, person, form[NumberField].ToString() is { Length: > 0 } number ? ConfirmTicket.Number(number) : null)
            : await scans.CancelAsync(ticket, person);
        if (result is ScanResult.NumberMissing)
        {
            result = await scans.ScanAsync(ticket, person);
        }

        await View(http, seen, result).WriteAsync(http);
    }

    /// <summary>Signs out, and cancels what this person had scanned.</summary>
    public async Task LeaveAsync(HttpContext http)
    {
        if (await OpenAsync(http) is not { } seen)
        {
            return;
        }

        var ticket = TicketOf(http);
        if (await FormAsync(http) is { } form && PhoneSessions.IsOurs(http.Request) && PhoneSessions.HasKey(http, form, seen.Environment, ticket) &&
            await sessions.FindAsync(http, seen.Environment) is { } person)
        {
            await scans.CancelAsync(ticket, person);
            await sessions.EndAsync(http, seen.Environment);
        }

        Go(http, ticket);
    }

    /// <summary>The ticket, or the page that says that it was never issued, which is then sent.</summary>
    private async Task<SeenTicket?> OpenAsync(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress?.ToString();
        if (guard.Refuse(address) is not null)
        {
            await PhoneViews.TooMany().WriteAsync(http);
            return null;
        }

        var seen = await scans.SeeAsync(TicketOf(http));
        if (seen is null)
        {
            guard.Count(address, FaultKind.NotFound);
            await PhoneViews.Over(new(ScanRefusal.Unknown)).WriteAsync(http);
        }

        return seen;
    }

    private static LightPage View(HttpContext http, SeenTicket seen, ScanResult result) => result switch
    {
        ScanResult.Open(var view) => PhoneViews.Decide(TicketOf(http), view, PhoneSessions.KeyOf(http, seen.Environment, TicketOf(http))),
        ScanResult.Confirmed => PhoneViews.Confirmed(seen.AppName),
        ScanResult.Cancelled => PhoneViews.Over(new(ScanRefusal.Cancelled, ByYourself: true)),
        ScanResult.NumberWrong => PhoneViews.NumberWrong(),
        ScanResult.Refused { Why: ScanRefusal.Used, ByYourself: true } => PhoneViews.Confirmed(seen.AppName),
        ScanResult.Refused refused => PhoneViews.Over(refused),
        _ => throw new UnreachableException(),
    };

    internal static string TicketOf(HttpContext http) => (string)http.Request.RouteValues["ticket"]!;

    /// <summary>303: the browser fetches the page, and a reload sends nothing again.</summary>
    internal static void Go(HttpContext http, string ticket)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = $"/m/scan/{Uri.EscapeDataString(ticket)}";
        http.Response.Headers.CacheControl = "no-store";
    }

    /// <summary>Null for a body that is no form, or larger than one of ours can be.</summary>
    internal static async Task<IFormCollection?> FormAsync(HttpContext http)
    {
        try
        {
            return http.Request is { HasFormContentType: true, ContentLength: <= MaxForm } ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    private const int MaxForm = 16 * 1024;
}
