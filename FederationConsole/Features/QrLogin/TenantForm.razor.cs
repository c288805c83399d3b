using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.QrLogin;

/// <summary>Edits what the user info says of the project; whoever saved in between is shown beside what is being typed.</summary>
public sealed partial class TenantForm
{
    private TenantCard from = new();
    private TenantCard draft = default!;
    private Fault? fault;
    private bool saving;
    private bool saved;

    [Inject] private QrSettings Service { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required TenantCard Tenant { get; set; }

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private bool MayChange => Context.May(Role.Manager);

    private bool IsDirty => !QrRules.Same(draft, from);

    /// <summary>Somebody else saved while this was being typed.</summary>
    private bool Overtaken => IsDirty && from.Version < Tenant.Version;

    protected override void OnParametersSet()
    {
        // What is still being read anew may show what was there before one's own save: only newer counts.
        if (draft is null || (from.Version < Tenant.Version && !IsDirty))
        {
            (from, draft) = (Tenant, Copy(Tenant, Tenant.Version));
        }
    }

    private string? Error(string field) => (fault ?? QrRules.Check(draft))?.Field == field ? T["Tenant.Wrong", TenantCard.MaxText].Value : null;

    private void Type(Action change)
    {
        change();
        (fault, saved) = (null, false);
    }

    private void TakeTheirs() => (from, draft, fault, saved) = (Tenant, Copy(Tenant, Tenant.Version), null, false);

    private Task SaveOverAsync()
    {
        from = Tenant;
        return SaveAsync();
    }

    private async Task SaveAsync()
    {
        if (saving || !IsDirty || QrRules.Check(draft) is not null)
        {
            return;
        }

        saving = true;
        var outcome = await Service.SetTenantAsync(Context.Actor, Context.Project.Id, Copy(draft, from.Version));
        (saving, saved) = (false, outcome.Ok);
        if (outcome.Ok)
        {
            from = Copy(draft, from.Version + 1);
            draft = Copy(from, from.Version);
        }

        // What somebody else saved is told by its own notice, once it is here.
        fault = outcome.Fault is { Kind: not FaultKind.Changed } other ? other : null;
        await OnChanged.InvokeAsync();
    }

    private static TenantCard Copy(TenantCard card, int version) => new()
    {
        ProjectId = card.ProjectId, CustomerId = card.CustomerId.Trim(), CustomerName = card.CustomerName.Trim(), AddressType = card.AddressType,
        ErpVersions = card.ErpVersions.Trim(), Version = version,
    };
}
