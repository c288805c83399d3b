using FederationConsole.Data;
using FederationConsole.Platform;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Meetings;

/// <summary>A page of one meeting's set-up: reads it whole, without its codes, and again when somebody changed it.</summary>
public abstract class MeetingSetupPage : ConsolePage
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    private SignalFollower? live;

    [Inject] protected MeetingService Service { get; set; } = default!;
    [Inject] protected NavigationManager Navigate { get; set; } = default!;
    [Inject] protected TimeProvider Clock { get; set; } = default!;
    [Inject] private Signals Signals { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    /// <summary>BventId.</summary>
    [Parameter] public string Key { get; set; } = "";

    /// <summary>Null: there is none with that id here.</summary>
    public MeetingDetails? Details { get; private set; }

    protected bool MayChange => Context.May(Role.Operator);

    protected override object LoadKey => (Context.Environment, Key);

    protected override void OnInitialized() => live = SignalFollower.Start(Signals, Clock, Calm, Matters, FollowAsync);

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await Service.ReadAsync(Context.Actor, Context.Environment.Id, Key, cancellationToken);
        Details = found.Value;
        return found.Ok || found.Fault.Kind == FaultKind.NotFound ? Outcome.Done : found.Fault;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            live?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>An import tells of all environments at once.</summary>
    private bool Matters(Signal signal) =>
        signal.Topic == MeetingCatalog.Topic && (signal.Environment == 0 || signal.Environment == Context.Environment.Id.Value);
}
