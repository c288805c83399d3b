using System.Globalization;
using FederationConsole.Features.QrLogin;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace FederationConsole.Features.Traces;

/// <summary>登录追踪: the calls of this environment's logins, newest first. Search, filters, the page and the open card live in the address.</summary>
public sealed partial class TracesPage
{
    private TracePage found = new([], null);
    private IReadOnlyList<TicketRow> tickets = [];

    [Inject] private TraceService Service { get; set; } = default!;
    [Inject] private QrReader Tickets { get; set; } = default!;
    [Inject] private SignInTraces Traces { get; set; } = default!;
    [Inject] private IOptions<TraceOptions> Options { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;
    [Inject] private IStringLocalizer<ShellTexts> Texts { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    /// <summary>User id, open id, request id or phone.</summary>
    [SupplyParameterFromQuery] public string? Q { get; set; }

    /// <summary><c>worked</c> or <c>failed</c>.</summary>
    [SupplyParameterFromQuery] public string? Outcome { get; set; }

    [SupplyParameterFromQuery] public string? Source { get; set; }

    /// <summary>The key that the page's traces are older than: pages by number would shift with each login.</summary>
    [SupplyParameterFromQuery(Name = "page")] public string? Before { get; set; }

    [SupplyParameterFromQuery] public string? Card { get; set; }

    private long? CardId => Number(Card);

    /// <summary>What cannot be read filters nothing.</summary>
    private TraceFilter Filter => new(
        string.IsNullOrWhiteSpace(Q) ? null : Q.Trim(),
        Outcome switch { "failed" => true, "worked" => false, _ => null },
        Number(Source) is { } source && IsSource((int)source) ? (int)source : null,
        Number(Before));

    private IReadOnlyList<(string Value, string Text)> Outcomes => [("worked", T["Traces.Worked"]), ("failed", T["Traces.Failed"])];

    // Not of the card: opening one leaves the list as it is.
    protected override object LoadKey => (Context.Environment, Filter);

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var page = await Service.FindAsync(Context.Actor, Context.Environment.Id, Filter, cancellationToken);
        if (!page.Ok)
        {
            return page.Fault;
        }

        // A QR login has no call of ours until its code is redeemed: its ticket tells the rest.
        var stories = await Tickets.StoriesAsync(Context.Actor, Context.Environment.Id, Filter.Text, cancellationToken);
        if (!stories.Ok)
        {
            return stories.Fault;
        }

        (found, tickets) = (page.Value, stories.Value);
        return Platform.Outcome.Done;
    }

    private void Choose(ChangeEventArgs e) => Navigate.NavigateTo(Navigate.GetUriWithQueryParameters(
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["source"] = e.Value is string { Length: > 0 } source ? source : null, ["page"] = null }));

    private string Href(string name, string? value) => Navigate.GetUriWithQueryParameter(name, value);

    private static bool IsSource(int source) => Enum.IsDefined((SourceKind)source) || source == Accounts.User.VendorOrigin;

    private string SourceName(int source) => IsSource(source) || source == 0 ? T[$"Source_{source}"] : T["Traces.SourceUnknown", source];

    /// <summary>As the shell says the fault; a name that this build does not know is its own word.</summary>
    private string Say(string fault) => Enum.TryParse<FaultKind>(fault, out var kind) ? Texts.Say(kind) : fault;

    /// <summary>A list stands on shared screens: enough of an open id to recognise it. The card shows it whole.</summary>
    private static string Masked(string? openId) => openId switch
    {
        null => "",
        { Length: <= 8 } => Mask.Of(openId),
        _ => $"{openId[..3]}***{openId[^3..]}",
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
