using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Projects;

/// <summary>Edits where an app's pages may be. Whoever saved in between is shown beside what is being typed.</summary>
public sealed partial class AppAddresses
{
    private AddressDraft draft = default!;
    private Fault? fault;
    private bool saving;
    private bool saved;

    [Inject] private AppService Service { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required CredentialDetails Credential { get; set; }

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private bool MayChange => Context.May(Role.Manager);

    /// <summary>Somebody else saved while this was being typed.</summary>
    private bool Overtaken => draft.IsDirty && draft.Version < Credential.Version;

    protected override void OnParametersSet()
    {
        // A list that is still being read anew may show what was there before one's own save: only newer counts.
        if (draft is null || (draft.Version < Credential.Version && !draft.IsDirty))
        {
            draft = new(Credential);
        }
    }

    private void Typed() => (fault, saved) = (null, false);

    private void TakeTheirs() => (draft, fault, saved) = (new(Credential), null, false);

    private Task SaveOverAsync()
    {
        draft.PutOver(Credential);
        return SaveAsync();
    }

    private async Task SaveAsync()
    {
        if (saving || !draft.IsDirty)
        {
            return;
        }

        if (draft.IsWrong)
        {
            fault = new(FaultKind.Invalid);
            return;
        }

        saving = true;
        var (redirects, origins) = (draft.RedirectUris, draft.Origins);
        var outcome = await Service.SetAddressesAsync(Context.Actor, Context.Project.Id, Credential.Id, redirects, origins, draft.Version);
        (saving, saved) = (false, outcome.Ok);
        if (outcome.Ok)
        {
            draft = new(Credential with { RedirectUris = redirects, Origins = origins, Version = draft.Version + 1 });
        }

        // What somebody else saved is told by its own notice, once it is here.
        fault = outcome.Fault is { Kind: not FaultKind.Changed } other ? other : null;
        await OnChanged.InvokeAsync();
    }
}
