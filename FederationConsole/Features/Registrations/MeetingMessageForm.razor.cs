using FederationConsole.Features.Meetings;
using FederationConsole.Features.Messages;
using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Registrations;

/// <summary>Words one message of a meeting; whoever saved in between is shown beside what is being typed.</summary>
public sealed partial class MeetingMessageForm : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private MessageWording draft = default!;
    private Fault? fault;
    private Delivery? tried;
    private string? target;
    private bool saving;
    private bool saved;
    private bool trying;

    [Inject] private MeetingMessageService Service { get; set; } = default!;
    [Inject] private NoticeService Notices { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required MeetingEntry Meeting { get; set; }

    [Parameter, EditorRequired] public required MeetingMessageKind Kind { get; set; }

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private bool MayChange => Context.May(Role.Operator);

    private MeetingMessage Saved => MeetingMessageRules.Of(Meeting.Meeting, Kind);

    /// <summary>Somebody else saved while this was being typed.</summary>
    private bool Overtaken => draft.IsDirty && draft.From != Saved;

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    protected override void OnParametersSet()
    {
        if (draft is null || (draft.From != Saved && !draft.IsDirty && !saving))
        {
            draft = new(Saved);
        }
    }

    private string? Error(string field) => fault?.Field == field ? Texts.Say(fault) : null;

    private void Typed() => (fault, saved, tried) = (null, false, null);

    private void TakeTheirs()
    {
        draft = new(Saved);
        Typed();
    }

    private Task SaveOverAsync()
    {
        draft.From = Saved;
        return SaveAsync();
    }

    private async Task SaveAsync()
    {
        if (saving || !draft.IsDirty)
        {
            return;
        }

        saving = true;
        var message = draft.Message;
        var outcome = await Service.SaveAsync(Context.Actor, Context.Environment.Id, Meeting.Meeting.Key, draft.From, message);
        (saving, saved) = (false, outcome.Ok);
        if (outcome.Ok)
        {
            draft.From = message;
        }

        // What somebody else saved is told by its own notice, once it is here.
        fault = outcome.Fault is { Kind: not FaultKind.Changed } other ? other : null;
        await OnChanged.InvokeAsync();
    }

    private async Task TryAsync()
    {
        if (trying)
        {
            return;
        }

        (trying, fault, tried) = (true, null, null);
        try
        {
            var outcome = await Notices.TryAsync(Context.Actor, Context.Environment.Id, Meeting.Meeting.Key, draft.Message, target, stop.Token);
            (tried, fault) = (outcome.Value, outcome.Fault);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return; // The card was closed.
        }

        trying = false;
    }
}
