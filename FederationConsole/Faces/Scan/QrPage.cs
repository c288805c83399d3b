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
    ProjectCatalog projects, TicketService tickets, ScanTargets targets, GuessGuard guard, IOptions<QrLoginOptions> options, IHostEnvironment host) : IDocumented
{
    private const string AppId = "app_id";
    private const string State = "state";

    public static Documentation Documentation => new("请求auth_code(临时授权码)：二维码页面", "The page with the code")
    {
        Seed = "004, 1.3.1",
        Text = "用户在云助手中允许授权登录后,将会重定向到redirect_uri的网址上,并且带上auth_code参数\n\nredirect_uri?auth_code=@auth_code",
        Produces = "text/html",
        Parameters =
        [
            Parameter.Query(AppId, "应用唯一标识(注册应用时获取)", required: true),
            Parameter.Query(ScanTargets.RedirectField, "云助手扫码登录后的回调地址(请使用urlEncode对链接进行编码)", required: true),
            Parameter.Query(State, "原样带回给 redirect_uri"),
        ],
        Demo =
        [
            new()
            {
                Values = new Dictionary<string, string> { [AppId] = "{{app_key}}", [ScanTargets.RedirectField] = "{{redirect_uri}}" },
                Captures = [Capture.Attribute("ticket", "data-ticket"), Capture.Attribute("page_secret", "data-secret")],
            },
        ],
    };

    private const string PreviewField = "preview";

    /// <summary>As the SDK shows it; any other value: as a page of its own.</summary>
    private const string EmbeddedPreview = "sdk";

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
        var appKey = parameters.Required(AppId);
        var state = parameters.Has(State) ? parameters.Required(State, ScanTicket.MaxState) : default(Outcome<string>?);
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
        // What the console shows its administrators: the whole page, framed by this host alone, and its code good for nothing.
        var preview = isEmbedded && target == ownOrigin && parameters.Has(PreviewField) ? parameters.Required(PreviewField).Value ?? "" : null;
        var isPreview = preview is not null;
        var issued = await tickets.IssueAsync(app, isEmbedded ? null : target, state?.Value, device, isPreview);
        return issued.Ok ? Page(app, issued.Value, ownOrigin, isEmbedded ? target : null, isPreview, isEmbedded && preview is null or EmbeddedPreview) : issued.Fault;
    }

    private LightPage Page(AppEntry app, IssuedTicket issued, string ownOrigin, string? embedder, bool isPreview, bool isSmall) =>
        new(ScanTexts.Get("Page.Title"), new QrCodeView(issued, app.Name, ownOrigin, embedder, host.IsDevelopment()).Html())
        {
            Script = "/js/scan.js",
            HasAvatars = true,
            Kind = isSmall ? "embedded" : "full",
            FrameAncestors = embedder is null ? "'none'" : isPreview ? "'self'" : string.Join(' ', app.Origins.Prepend("'self'")),
        };

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
