using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.LoginPolicies;

/// <summary>Edits the policies; whoever saved in between is shown beside what is being typed.</summary>
public sealed partial class PolicyForm
{
    private PolicyDraft draft = default!;
    private Fault? fault;
    private bool saving;
    private bool saved;

    [Inject] private LoginPolicyService Service { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required PolicyDetails Details { get; set; }

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private bool MayChange => !Context.Environment.IsProduction && Context.May(Role.Manager);

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

    /// <summary>Said at the field while one types.</summary>
    private string? Error(string name)
    {
        if (draft.Fault?.Field != name)
        {
            return null;
        }

        var number = PolicyRules.Fields.OfType<PolicyNumber>().FirstOrDefault(f => f.Name == name);
        return number is null ? Texts.Say(draft.Fault)
            : draft.Policies is { } policies && number.Get(policies) >= number.Min && number.Get(policies) <= number.Max
                ? T["WrongOrder", T[$"Field.{PolicyRules.InOrder.First(pair => pair.Second == name).First}"].Value]
            : T["Wrong", number.Min, number.Max];
    }

    private void Type(string name, string? text)
    {
        draft.Type(name, text);
        Typed();
    }

    private void Switch(bool on)
    {
        draft.OwnAccounts = on;
        Typed();
    }

    private void Withhold(int source, bool withheld)
    {
        draft.Withhold(source, withheld);
        Typed();
    }

    private void Typed() => (fault, saved) = (null, false);

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

        fault = draft.Fault;
        if (fault is not null || draft.Policies is not { } policies)
        {
            return;
        }

        saving = true;
        var outcome = await Service.SaveAsync(Context.Actor, Context.Environment.Id, policies, draft.Version);
        (saving, saved) = (false, outcome.Ok);
        if (outcome.Ok)
        {
            draft = new(new(policies, draft.Version + 1));
        }

        // What somebody else saved is told by its own notice, once it is here.
        fault = outcome.Fault is { Kind: not FaultKind.Changed } other ? other : null;
        await OnChanged.InvokeAsync();
    }
}
