using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Events;

/// <summary>The card of one delivery. It loads by itself, so that the list beside it stays as it is, and follows its tries.</summary>
public sealed partial class DeliveryCardView
{
    private DeliveryCard? card;
    private SignalFollower? live;
    private Fault? refused;
    private string? said;
    private bool busy;

    [Inject] private DeliveryService Deliveries { get; set; } = default!;
    [Inject] private Signals Signals { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Parameter, EditorRequired] public long Id { get; set; }

    [Parameter, EditorRequired] public required string CloseHref { get; set; }

    [Parameter] public EventCallback OnChanged { get; set; }

    /// <summary>It was never tried although it is due: an earlier event of the same user is not through yet, or the receiver is off.</summary>
    private bool IsBehind => card?.Delivery is { State: DeliveryState.Waiting, Tries: 0, Receiver: not null } delivery && delivery.DueAt <= Clock.GetUtcNow();

    protected override object LoadKey => (Context.Environment, Id);

    protected override void OnInitialized() => live = SignalFollower.Start(
        Signals, Clock, TimeSpan.FromSeconds(1), signal => signal.Topic == DeliveryQueue.Topic && signal.Id == Id, FollowAsync);

    protected override async Task OnParametersSetAsync()
    {
        if (card is not null && card.Delivery.Id != Id)
        {
            (card, refused, said) = (null, null, null);
        }

        await base.OnParametersSetAsync();
    }

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await Deliveries.GetAsync(Context.Actor, Context.Environment.Id, Id, cancellationToken);
        card = found.Value;
        return found.Ok ? Outcome.Done : found.Fault;
    }

    protected override void Dispose(bool disposing)
    {
        live?.Dispose();
        base.Dispose(disposing);
    }

    private async Task ResendAsync()
    {
        if (busy)
        {
            return;
        }

        busy = true;
        refused = (await Deliveries.ResendAsync(Context.Actor, Context.Environment.Id, Id)).Fault;
        (busy, said) = (false, refused is null ? T["Delivery.Resent"].Value : null);
        await ReloadAsync();
        await OnChanged.InvokeAsync();
    }
}
