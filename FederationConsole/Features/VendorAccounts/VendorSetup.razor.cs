using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.VendorAccounts;

/// <summary>Edits an app's vendor. The secret goes in and never comes out; whoever saved in between is shown beside what is being typed.</summary>
public sealed partial class VendorSetup
{
    private VendorDraft draft = default!;
    private Fault? fault;
    private bool saving;
    private bool saved;

    [Inject] private VendorService Service { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required AppId AppId { get; set; }

    [Parameter, EditorRequired] public required VendorDetails? Vendor { get; set; }

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private bool MayChange => Context.May(Role.Manager);

    /// <summary>Somebody else saved, or pressed the switch, while this was being typed.</summary>
    private bool Overtaken => draft.IsDirty && draft.Version < (Vendor?.Version ?? 0);

    /// <summary>Open when there is something to see: what differs from the seed, or what is wrong.</summary>
    private bool ShowsAdvanced => draft.Names.Count > 0 || draft.Method != TokenMethod.Post || Wrong?.Field?.StartsWith(VendorRules.FieldPrefix, StringComparison.Ordinal) == true;

    /// <summary>What the service said, else what it would say to what is typed; that something is still missing is nobody's fault yet.</summary>
    private Fault? Wrong => fault ?? (draft.IsDirty && draft.Check() is { Kind: not FaultKind.Missing } found ? found : null);

    protected override void OnParametersSet()
    {
        // A list that is still being read anew may show what was there before one's own save: only newer counts.
        if (draft is null || (draft.Version < (Vendor?.Version ?? 0) && !draft.IsDirty))
        {
            draft = new(AppId, Vendor);
        }
    }

    private string? Error(string name) =>
        fault?.Field == name ? Texts.Say(fault)
        : name is VendorDraft.TokenUrl or VendorDraft.UserInfoUrl ? draft.Text(name).Length > 0 && !VendorRules.IsAddress(draft.Text(name).Trim()) ? T["Setup.AddressWrong"].Value : null
        : Wrong is { } wrong && wrong.Field == name ? T[wrong.Kind == FaultKind.Taken ? "Setup.NameTwice" : "Setup.NameWrong"].Value
        : null;

    private string LabelOf(string field) => field.StartsWith(VendorRules.FieldPrefix, StringComparison.Ordinal) ? field[VendorRules.FieldPrefix.Length..] : T[$"Field.{field}"];

    private void Type(Action change)
    {
        change();
        (fault, saved) = (null, false);
    }

    private void TakeTheirs() => (draft, fault, saved) = (new(AppId, Vendor), null, false);

    private Task SaveOverAsync()
    {
        draft.PutOver(Vendor);
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
