using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Projects;

/// <summary>Renames an app.</summary>
public sealed partial class RenameApp
{
    private AppDetails? known;
    private string name = "";
    private Fault? fault;
    private bool saving;
    private bool saved;

    [Inject] private AppService Service { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required AppDetails App { get; set; }

    [Parameter, EditorRequired] public EventCallback OnChanged { get; set; }

    private bool IsDirty => name.Trim() != known!.Name;

    /// <summary>Somebody else gave it another name meanwhile. Enabling the service changes the version alone, and hurts nobody.</summary>
    private bool Overtaken => IsDirty && App.Version > known!.Version && App.Name != known.Name;

    private string? Error => Codes.CheckName("", name) is not null ? T["New.NameWrong", Codes.MaxName].Value : fault is null ? null : Texts.Say(fault);

    protected override void OnParametersSet()
    {
        // A list that is still being read anew may show what was there before one's own save: only newer counts.
        if (known is null || (App.Version > known.Version && !IsDirty))
        {
            (known, name) = (App, App.Name);
        }
        else if (App.Version > known.Version && App.Name == known.Name)
        {
            known = App;
        }
    }

    private void Typed() => (fault, saved) = (null, false);

    private void TakeTheirs() => (known, name, fault, saved) = (App, App.Name, null, false);

    private Task SaveOverAsync()
    {
        known = App;
        return SaveAsync();
    }

    private async Task SaveAsync()
    {
        if (saving || !IsDirty || Codes.CheckName("", name) is not null)
        {
            return;
        }

        saving = true;
        var outcome = await Service.RenameAsync(Context.Actor, Context.Project.Id, App.Id, name, known!.Version);
        (saving, saved) = (false, outcome.Ok);
        if (outcome.Ok)
        {
            (known, name) = (known with { Name = name.Trim(), Version = known.Version + 1 }, name.Trim());
        }

        fault = outcome.Fault is { Kind: not FaultKind.Changed } other ? other : null;
        await OnChanged.InvokeAsync();
    }
}
