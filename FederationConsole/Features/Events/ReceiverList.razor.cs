using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Events;

/// <summary>The receivers of this environment; how they do is followed, at most every two seconds.</summary>
public sealed partial class ReceiverList
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);

    private IReadOnlyList<ReceiverDetails> receivers = [];
    private SignalFollower? live;

    [Inject] private ReceiverService Service { get; set; } = default!;
    [Inject] private Signals Signals { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    /// <summary>The receiver whose card is open.</summary>
    [SupplyParameterFromQuery(Name = "receiver")] public string? Opened { get; set; }

    /// <summary>Present: the card for a new receiver is open.</summary>
    [SupplyParameterFromQuery] public string? New { get; set; }

    private bool MayChange => Context.May(Role.Manager);

    private long? OpenId => long.TryParse(Opened, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    protected override void OnInitialized() => live = SignalFollower.Start(
        Signals, Clock, Calm, signal => signal.Topic is DeliveryQueue.Topic or ReceiverCatalog.Topic && signal.Environment == Context.Environment.Id.Value, FollowAsync);

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await Service.ListAsync(Context.Actor, Context.Environment.Id, cancellationToken);
        if (!found.Ok)
        {
            return found.Fault;
        }

        receivers = found.Value;
        return Outcome.Done;
    }

    protected override void Dispose(bool disposing)
    {
        live?.Dispose();
        base.Dispose(disposing);
    }

    private string Href(long? id) => id is { } open ? string.Create(CultureInfo.InvariantCulture, $"{Context.Link("events")}?receiver={open}") : Context.Link("events");

    private string ParkedHref(ReceiverDetails receiver) => string.Create(CultureInfo.InvariantCulture, $"{Context.Link("events")}?tab=deliveries&state=parked&to={receiver.Id}");

    private string Told(ReceiverDetails receiver) => receiver.Events.Count == 0 ? T["Receiver.Everything"] : string.Join(", ", receiver.Events);

    private static string Count(int count) => count >= ReceiverService.CountLimit ? $"{ReceiverService.CountLimit}+" : count.ToString(CultureInfo.InvariantCulture);
}
