using System.Globalization;
using FederationConsole.Features.Guessing;
using FederationConsole.Features.Projects;
using FederationConsole.Features.QrLogin;
using FederationConsole.Platform;
using Microsoft.Extensions.Options;

namespace FederationConsole.Faces.Scan;

/// <summary>
/// <c>GET /api/connect/qrlogin?app_id=&amp;redirect_uri=[&amp;state=]</c>, 1.3.1: the page with the code, drawn in the first answer. The SDK asks
/// with <c>origin=</c> in the place of redirect_uri: then the page stands in the app's own and tells that origin alone.
/// </summary>
internal sealed class QrPage(
    ProjectCatalog projects, TicketService tickets, ScanTargets targets, GuessGuard guard, IOptions<QrLoginOptions> options, IHostEnvironment host)
{
    private readonly string _placeHeader = options.Value.PlaceHeader;

    public async Task ShowAsync(HttpContext http)
    {
        var call = new FaceCall(http);
        var page = guard.Refuse(call.Address) is { } refused ? refused : await MakeAsync(http, call);
        if (!page.Ok)
        {
            guard.Count(call.Address, page.Fault.Kind);
            if (page.Fault.RetryAfter is { } wait)
            {
                http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            }
        }

        await (page.Ok ? page.Value : Refusal(page.Fault)).WriteAsync(http);
    }

    private async Task<Outcome<LightPage>> MakeAsync(HttpContext http, FaceCall call)
    {
        var read = await ScanParameters.ReadAsync(http);
        if (!read.Ok)
        {
            return read.Fault;
        }

        var (parameters, ownOrigin) = (read.Value, call.Origin);
        var appKey = parameters.Required("app_id");
        var state = parameters.Has("state") ? parameters.Required("state", ScanTicket.MaxState) : default(Outcome<string>?);
        if ((appKey.Fault ?? state?.Fault) is { } wrong)
        {
            return wrong;
        }

        if (projects.App(appKey.Value!) is not { } app)
        {
            return FaultKind.UnknownApp;
        }

        if (!app.ServiceEnabled)
        {
            return FaultKind.AppNotEnabled;
        }

        var isEmbedded = !parameters.Has(ScanTargets.RedirectField) && parameters.Has(ScanTargets.OriginField);
        // Whatever is wrong with it has one answer, and leads nowhere.
        var target = parameters.Required(isEmbedded ? ScanTargets.OriginField : ScanTargets.RedirectField, Addresses.MaxLength).Value ?? "";
        var may = isEmbedded ? ScanTargets.CheckOrigin(app, target, ownOrigin) : targets.CheckRedirect(app, target, ownOrigin);
        if (!may.Ok)
        {
            return may.Fault;
        }

        var place = _placeHeader.Length > 0 ? call.Header(_placeHeader) : null;
        var device = Device.Of(call.Client, http.Connection.RemoteIpAddress, place);
        var issued = await tickets.IssueAsync(app, isEmbedded ? null : target, state?.Value, device);
        return issued.Ok ? Page(app, issued.Value, ownOrigin, isEmbedded ? target : null) : issued.Fault;
    }

    private LightPage Page(AppEntry app, IssuedTicket issued, string ownOrigin, string? embedder)
    {
        var address = $"{ownOrigin}/m/scan/{issued.Keys.Ticket}";
        return new(ScanTexts.Get("Page.Title"), Markup.Of($"""
            <main id="scan" class="scan" data-ticket="{issued.Keys.Ticket}" data-secret="{issued.Keys.Secret}" data-refreshes="{issued.Refreshes}" data-origin="{embedder}">
            <h1>{ScanTexts.Get("Page.Title")}</h1>
            <p class="app">{app.Name}</p>
            <div class="code">
            {QrPicture.Draw(address, ScanTexts.Get("Page.Code"))}
            <div class="cover" data-when="102" hidden>
            <svg class="avatar" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="8.5" r="4.5"/><path d="M2 25c0-6 4.5-9 10-9s10 3 10 9z"/></svg>
            <img class="avatar" alt="" referrerpolicy="no-referrer" hidden>
            <b class="name"></b>
            <p class="pick" hidden>{ScanTexts.Get("Page.Pick")}</p>
            <output class="number" hidden></output>
            </div>
            <div class="cover" data-when="1" hidden><svg class="sign" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12.5l4.5 4.5L19 7.5"/></svg></div>
            <div class="cover" data-when="103" hidden><svg class="sign" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18"/></svg><button type="button" class="again">{ScanTexts.Get("Page.Again")}</button></div>
            <div class="cover faint" data-when="104" hidden><button type="button" class="again">{ScanTexts.Get("Page.Refresh")}</button></div>
            </div>
            <p id="status" class="status" role="status" aria-live="polite" data-101="{ScanTexts.Get("Page.101")}" data-102="{ScanTexts.Get("Page.102")}" data-1="{ScanTexts.Get("Page.1")}" data-103="{ScanTexts.Get("Page.103")}" data-104="{ScanTexts.Get("Page.104")}" data-away="{ScanTexts.Get("Page.Away")}" data-failed="{ScanTexts.Get("Page.Failed")}">{ScanTexts.Get("Page.101")}</p>
            <p class="here{(host.IsDevelopment() ? " always" : "")}"><a href="/m/scan/{issued.Keys.Ticket}" target="_blank" rel="noopener">{ScanTexts.Get(host.IsDevelopment() ? "Page.HereInDevelopment" : "Page.Here")}</a></p>
            <noscript><p class="alarm">{ScanTexts.Get("Page.NoScript")}</p></noscript>
            </main>
            """))
        {
            Script = "/js/scan.js",
            HasAvatars = true,
            Kind = embedder is null ? "full" : "embedded",
            FrameAncestors = embedder is null ? "'none'" : string.Join(' ', app.Origins.Prepend("'self'")),
        };
    }

    /// <summary>Says what is wrong to whoever sets the app up, and leads nowhere.</summary>
    private static LightPage Refusal(Fault fault)
    {
        var code = ScanFace.CodeOf(fault);
        return new(ScanTexts.Get("Error.Title"), Markup.Of($"""
            <main class="card">
            <h1>{ScanTexts.Get("Error.Title")}</h1>
            <p>{ScanFace.Message(fault, code)}</p>
            <p class="hint">{ScanTexts.Get(string.Create(CultureInfo.InvariantCulture, $"Error.{code}"))}</p>
            <p class="hint">{ScanTexts.Get("Error.Code")} <code>{code}</code></p>
            </main>
            """))
        {
            Status = fault.Kind == FaultKind.TooMany ? StatusCodes.Status429TooManyRequests : StatusCodes.Status400BadRequest,
        };
    }
}
