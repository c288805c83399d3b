using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Platform;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Registrations;

/// <summary>A page of one meeting's registrations: what the meeting is comes from memory, and it loads again when somebody registers, pays, cancels or comes.</summary>
public abstract class MeetingDeskPage : ConsolePage
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    private SignalFollower? live;

    [Inject] protected RegistrationAdmin Admin { get; set; } = default!;
    [Inject] protected NavigationManager Navigate { get; set; } = default!;
    [Inject] protected TimeProvider Clock { get; set; } = default!;
    [Inject] private MeetingCatalog Meetings { get; set; } = default!;
    [Inject] private Signals Signals { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    /// <summary>BventId.</summary>
    [Parameter] public string Key { get; set; } = "";

    /// <summary>Null: there is none with that id here.</summary>
    public MeetingEntry? Entry => Meetings.Find(Key) is { } found && found.Environment.Id == Context.Environment.Id ? found : null;

    protected bool MayAct => Context.May(Role.Operator);

    protected override object LoadKey => (Context.Environment, Key);

    protected override void OnInitialized() => live = SignalFollower.Start(Signals, Clock, Calm, Matters, FollowAsync);

    protected sealed override Task<Outcome> LoadAsync(CancellationToken cancellationToken) =>
        Entry is { } meeting ? LoadAsync(meeting, cancellationToken) : Task.FromResult(Outcome.Done);

    protected abstract Task<Outcome> LoadAsync(MeetingEntry meeting, CancellationToken cancellationToken);

    protected virtual bool Matters(Signal signal) =>
        (signal.Topic is RegistrationService.Topic or CheckInService.Topic && signal.Id == Entry?.Meeting.Id)
        // An import tells of all environments at once.
        || (signal.Topic == MeetingCatalog.Topic && (signal.Environment == 0 || signal.Environment == Context.Environment.Id.Value));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            live?.Dispose();
        }

        base.Dispose(disposing);
    }
}
