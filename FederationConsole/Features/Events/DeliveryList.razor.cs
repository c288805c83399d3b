using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Events;

/// <summary>The deliveries of this environment, newest first. Filters, the page and the open card live in the address.</summary>
public sealed partial class DeliveryList
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    private DeliveryPage found = new([], null);
    private IReadOnlyList<ReceiverDetails> receivers = [];
    private SignalFollower? live;

    [Inject] private DeliveryService Deliveries { get; set; } = default!;
    [Inject] private ReceiverService Receivers { get; set; } = default!;
    [Inject] private Signals Signals { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;

    /// <summary>A user's id.</summary>
    [SupplyParameterFromQuery] public string? Q { get; set; }

    [SupplyParameterFromQuery] public string? Type { get; set; }
    [SupplyParameterFromQuery] public string? State { get; set; }

    /// <summary>A receiver's id.</summary>
    [SupplyParameterFromQuery] public string? To { get; set; }

    /// <summary>The key that the page's deliveries are older than: pages by number would shift with each new one.</summary>
    [SupplyParameterFromQuery(Name = "page")] public string? Before { get; set; }

    [SupplyParameterFromQuery] public string? Card { get; set; }

    private long? CardId => Number(Card);

    /// <summary>What cannot be read filters nothing; a user that cannot be read is nobody.</summary>
    private DeliveryFilter Filter => new(
        string.IsNullOrEmpty(Type) ? null : Type,
        Enum.TryParse<DeliveryState>(State, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null,
        Number(To),
        string.IsNullOrWhiteSpace(Q) ? null : UserId.Of(Number(Q.Trim()) ?? -1),
        Number(Before));

    private IReadOnlyList<(string Value, string Text)> States =>
        [("waiting", T["State_Waiting"]), ("delivered", T["State_Delivered"]), ("parked", T["State_Parked"])];

    // Not of the card: opening one leaves the list as it is.
    protected override object LoadKey => (Context.Environment, Filter);

    protected override void OnInitialized() => live = SignalFollower.Start(
        Signals, Clock, Calm, signal => signal.Topic == DeliveryQueue.Topic && signal.Environment == Context.Environment.Id.Value && Before is null, FollowAsync);

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var told = await Receivers.ListAsync(Context.Actor, Context.Environment.Id, cancellationToken);
        if (!told.Ok)
        {
            return told.Fault;
        }

        var page = await Deliveries.FindAsync(Context.Actor, Context.Environment.Id, Filter, cancellationToken);
        if (!page.Ok)
        {
            return page.Fault;
        }

        (receivers, found) = (told.Value, page.Value);
        return Outcome.Done;
    }

    protected override void Dispose(bool disposing)
    {
        live?.Dispose();
        base.Dispose(disposing);
    }

    private void Choose(string name, ChangeEventArgs e) => Navigate.NavigateTo(Navigate.GetUriWithQueryParameters(
        new Dictionary<string, object?>(StringComparer.Ordinal) { [name] = e.Value is string { Length: > 0 } text ? text : null, ["page"] = null }));

    private string Href(long? card) => Navigate.GetUriWithQueryParameter("card", card);

    private string Query(string name, string? value) => Navigate.GetUriWithQueryParameter(name, value);

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
