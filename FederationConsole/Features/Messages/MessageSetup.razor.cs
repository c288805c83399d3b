using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Messages;

/// <summary>Edits a channel. Secrets go in and never come out; whoever saved in between is shown beside what is being typed.</summary>
public sealed partial class MessageSetup
{
    private MessageDraft draft = default!;
    private Fault? fault;
    private bool saving;
    private bool saved;

    [Inject] private MessageService Service { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required MessageDetails Details { get; set; }

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private bool MayChange => Context.May(Role.Manager);

    /// <summary>Somebody else saved while this was being typed.</summary>
    private bool Overtaken => draft.IsDirty && draft.Version < Details.Version;

    protected override void OnParametersSet()
    {
        // What is still being read anew may show what was there before one's own save: only newer counts.
        if (draft is null || (draft.Version < Details.Version && !draft.IsDirty))
        {
            draft = new(Details);
        }
    }

    private string? Error(string name) =>
        fault?.Field == name ? Texts.Say(fault)
        : draft.Value(name).Trim() is { Length: > 0 } value && draft.Form.AllSettings.Concat(draft.Texts).Contains(name) && !MessageRules.Fits(name, value) ? T["Setup.ValueWrong"].Value
        : null;

    private void Choose(ChangeEventArgs e)
    {
        draft.Provider = Enum.Parse<MessageProvider>((string)e.Value!);
        draft.Secrets.Clear();
        (fault, saved) = (null, false);
    }

    private void Type(Dictionary<string, string> into, string name, string? text)
    {
        into[name] = text ?? "";
        (fault, saved) = (null, false);
    }

    private void TakeTheirs() => (draft, fault, saved) = (new(Details), null, false);

    private Task SaveOverAsync()
    {
        draft.PutOver(Details);
        return SaveAsync();
    }

    private async Task SaveAsync()
    {
        if (saving || !draft.IsDirty)
        {
            return;
        }

        saving = true;
        var outcome = await Service.SaveAsync(Context.Actor, Context.Environment.Id, draft.ToEdit());
        (saving, saved) = (false, outcome.Ok);
        if (outcome.Ok)
        {
            draft = draft.Saved();
        }

        // What somebody else saved is told by its own notice, once it is here.
        fault = outcome.Fault is { Kind: not FaultKind.Changed } other ? other : null;
        await OnChanged.InvokeAsync();
    }
}
