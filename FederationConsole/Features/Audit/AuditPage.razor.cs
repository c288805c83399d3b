using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Platform;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Audit;

/// <summary>审计日志: the lines of this environment, newest first. Filters, the page and the open card live in the address.</summary>
public sealed partial class AuditPage
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    private AuditFound found = new([], null);
    private AuditCard? card;
    private SignalFollower? live;

    [Inject] private AuditReader Reader { get; set; } = default!;
    [Inject] private Signals Signals { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    [SupplyParameterFromQuery] public string? Q { get; set; }
    [SupplyParameterFromQuery] public string? Range { get; set; }
    [SupplyParameterFromQuery] public string? Action { get; set; }
    [SupplyParameterFromQuery] public string? Actor { get; set; }
    [SupplyParameterFromQuery] public string? Kind { get; set; }
    [SupplyParameterFromQuery] public string? From { get; set; }
    [SupplyParameterFromQuery] public string? To { get; set; }

    /// <summary>The id that the page's lines are older than: pages by number would shift with each new line.</summary>
    [SupplyParameterFromQuery(Name = "page")] public string? Before { get; set; }

    [SupplyParameterFromQuery] public string? Card { get; set; }

    private AuditQuery Query => new(Q, Range, Action, Actor, Kind, From, To, Context.Project.Zone.Id);

    private bool IsFiltered => Query with { Zone = null } != new AuditQuery(null, null, null, null, null, null, null, null);

    private long? CardId => Number(Card);

    private string ExportHref => Navigate.ToAbsoluteUri(Context.Link("audit.csv")) is var address
        ? Navigate.GetUriWithQueryParameters(address.AbsoluteUri, new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["q"] = Q, ["range"] = Range, ["action"] = Action, ["actor"] = Actor, ["kind"] = Kind, ["from"] = From, ["to"] = To, ["zone"] = Context.Project.Zone.Id,
        })
        : "";

    protected override object LoadKey => (Context.Environment, Query, Before, Card);

    protected override void OnInitialized() =>
        live = SignalFollower.Start(Signals, Clock, Calm, signal => signal.Topic == AuditSealer.Topic, FollowNewestAsync);

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var where = new Scope(Context.Environment.Id, Context.Project.Id);
        var lines = await Reader.FindAsync(Context.Actor, where, Query.ToFilter(), Number(Before), cancellationToken);
        if (!lines.Ok)
        {
            return lines.Fault;
        }

        // A line that is gone, or not for this administrator, leaves the list as it is: the card says so.
        card = CardId is { } id ? (await Reader.GetAsync(Context.Actor, where, id, cancellationToken)).Value : null;
        found = lines.Value;
        return Outcome.Done;
    }

    protected override void Dispose(bool disposing)
    {
        live?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>An older page does not change.</summary>
    private Task FollowNewestAsync() => InvokeAsync(() => Before is null ? FollowAsync() : Task.CompletedTask);

    private string Href(string name, string? value) => Navigate.GetUriWithQueryParameter(name, value);

    private static string ActorName(AuditLine line) => line.ActorKind == ActorKind.Host ? "" : line.ActorName.Length > 0 ? line.ActorName : line.ActorId;

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
