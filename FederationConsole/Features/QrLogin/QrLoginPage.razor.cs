using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.QrLogin;

/// <summary>扫码登录 (seed 004): one app's code as its users see it, what is set for it, and what becomes of it. The app and what is chosen live in the address.</summary>
public sealed partial class QrLoginPage
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    private IReadOnlyList<AppDetails> apps = [];
    private QrPolicy policy = new();
    private TenantCard tenant = new();
    private TicketRows tickets = new([], 0);
    private QrFunnel funnel = new(0, 0, 0, 0, 0, []);
    private SignalFollower? live;

    [Inject] private AppService Apps { get; set; } = default!;
    [Inject] private QrSettings Settings { get; set; } = default!;
    [Inject] private QrReader Reader { get; set; } = default!;
    [Inject] private ScanTargets Targets { get; set; } = default!;
    [Inject] private Signals Signals { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    /// <summary>The app's code; the first one without.</summary>
    [SupplyParameterFromQuery(Name = "app")] public string? Code { get; set; }

    /// <summary><c>week</c> or <c>month</c>; the last 24 hours without.</summary>
    [SupplyParameterFromQuery] public string? Span { get; set; }

    [SupplyParameterFromQuery(Name = "page")] public int? ShownPage { get; set; }

    /// <summary>One of <see cref="QrPreview.Kinds"/>.</summary>
    [SupplyParameterFromQuery] public string? Preview { get; set; }

    private AppDetails? Shown => apps.FirstOrDefault(a => a.Code == Code) ?? apps.FirstOrDefault(a => a.ServiceEnabledAt is not null) ?? (apps.Count > 0 ? apps[0] : null);

    private CredentialDetails Here => Shown!.Credentials.Single(c => c.EnvironmentId == Context.Environment.Id);

    private int PageNumber => Math.Max(1, ShownPage ?? 1);

    private int Days => Span switch { "week" => 7, "month" => 30, _ => 1 };

    /// <summary>Parts that make up the whole: bars are stacked.</summary>
    private IReadOnlyList<Bar> Bars =>
        [.. funnel.Bars.Select(b => new Bar(b.From.ToString(Days == 1 ? "HH:mm" : "MM-dd", CultureInfo.InvariantCulture), [b.Confirmed, b.Cancelled, Math.Max(0, b.Shown - b.Confirmed - b.Cancelled)]))];

    private string Host => Navigate.BaseUri.TrimEnd('/');

    private IEnumerable<(string Title, string Code)> Snippets
    {
        get
        {
            yield return (T["Snippet.Sdk"], $$"""
                <div id="login_container"></div>
                <script src="{{Host}}/js/yzsLogin.js"></script>
                <script>
                var yzsLogin = new YzsLogin({
                  id: "login_container",
                  app_id: "{{Here.AppKey}}",
                  height: 260,
                  width: 260
                });
                window.addEventListener("message", function (event) {
                  if (event.origin !== "{{Host}}" || !event.data || event.data.from !== "scan_login") return;
                  if (event.data.code === 1) { /* {{T["Snippet.ToServer"]}}: event.data.auth_code */ }
                });
                </script>
                """);
            yield return (T["Snippet.Link"], $"{Host}/api/connect/qrlogin?app_id={Here.AppKey}&redirect_uri={Uri.EscapeDataString(Here.RedirectUris.Count > 0 ? Here.RedirectUris[0] : "https://app.example.com/callback")}");
            yield return (T["Snippet.Token"], $"curl -sS {Host}/api/connect/get-access-token \\\n  -d app_id={Here.AppKey} \\\n  -d app_secret=APP_SECRET \\\n  -d auth_code=AUTH_CODE");
            yield return (T["Snippet.User"], $"curl -sS '{Host}/api/connect/get-user-info?access_token=ACCESS_TOKEN'");
        }
    }

    // Not the preview: another width loads nothing but the frame.
    protected override object LoadKey => (Context.Environment, Code, Span, PageNumber);

    protected override void OnInitialized() => live = SignalFollower.Start(
        Signals, Clock, Calm, signal => signal.Topic is TicketService.Topic or QrCounters.Topic && signal.Environment == Context.Environment.Id.Value, FollowAsync);

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var (actor, id) = (Context.Actor, Context.Environment.Id);
        var found = await Apps.ListAsync(actor, Context.Project.Id);
        if (!found.Ok)
        {
            return found.Fault;
        }

        apps = found.Value;
        if (Shown is not { ServiceEnabledAt: not null } app)
        {
            return Outcome.Done;
        }

        var policyRead = await Settings.PolicyAsync(actor, id, app.Id);
        var tenantRead = await Settings.TenantAsync(actor, Context.Project.Id);
        var ticketsRead = await Reader.TicketsAsync(actor, id, app.Id, PageNumber, cancellationToken);
        var funnelRead = await Reader.FunnelAsync(actor, id, app.Id, Context.Project.Zone, Days, cancellationToken);
        if ((policyRead.Fault ?? tenantRead.Fault ?? ticketsRead.Fault ?? funnelRead.Fault) is { } fault)
        {
            return fault;
        }

        (policy, tenant, tickets, funnel) = (policyRead.Value!, tenantRead.Value!, ticketsRead.Value!, funnelRead.Value!);
        return Outcome.Done;
    }

    protected override void Dispose(bool disposing)
    {
        live?.Dispose();
        base.Dispose(disposing);
    }

    private string Href(params ReadOnlySpan<(string Name, string? Value)> changes)
    {
        var query = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in changes)
        {
            query[name] = value;
        }

        return Navigate.GetUriWithQueryParameters(query);
    }

    private static string IdOf(TicketRow row) => row.Id.ToString(CultureInfo.InvariantCulture);

    private static string ShortOf(TicketRow row) => "…" + IdOf(row)[^6..];
}
