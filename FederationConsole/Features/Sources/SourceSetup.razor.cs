using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Sources;

/// <summary>Edits a source. Secrets go in and never come out; whoever saved in between is shown beside what is being typed.</summary>
public sealed partial class SourceSetup
{
    private SourceDraft draft = default!;
    private Fault? fault;
    private bool saving;
    private bool saved;

    [Inject] private SourceService Service { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required SourceKind Kind { get; set; }

    /// <summary>The app that it is set up for; empty where it is for all.</summary>
    [Parameter, EditorRequired] public required string PluginId { get; set; }

    [Parameter, EditorRequired] public required SourceDetails? Source { get; set; }

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private bool MayChange => Context.May(Role.Manager);

    /// <summary>Somebody else saved, or pressed the switch, while this was being typed.</summary>
    private bool Overtaken => draft.IsDirty && draft.Version < (Source?.Version ?? 0);

    protected override void OnParametersSet()
    {
        // A list that is still being read anew may show what was there before one's own save: only newer counts.
        if (draft is null || (draft.Version < (Source?.Version ?? 0) && !draft.IsDirty))
        {
            draft = new(Kind, PluginId, Source);
        }
    }

    private bool HasAdvanced => draft.Fields.Any(SourceDraft.IsAdvanced);

    /// <summary>Open when there is something to see: what is set, or what is wrong.</summary>
    private bool ShowsAdvanced => draft.Fields.Any(name => SourceDraft.IsAdvanced(name) && (draft.Value(name).Length > 0 || Error(name) is not null));

    private string? Error(string name) =>
        fault?.Field == name ? Texts.Say(fault)
        : draft.Value(name).Length > 0 && draft.Check() is { Kind: FaultKind.Invalid } wrong && wrong.Field == name ? T["Setup.AddressWrong"].Value
        : null;

    private void Type(Dictionary<string, string> into, string name, string? text)
    {
        into[name] = text ?? "";
        (fault, saved) = (null, false);
    }

    private void TakeTheirs() => (draft, fault, saved) = (new(Kind, PluginId, Source), null, false);

    private Task SaveOverAsync()
    {
        draft.PutOver(Source);
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
