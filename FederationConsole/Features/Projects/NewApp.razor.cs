using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace FederationConsole.Features.Projects;

/// <summary>Makes an app and shows its secrets, which nobody can show again.</summary>
public sealed partial class NewApp
{
    private readonly CodeAndName model = new();
    private EditContext form = default!;
    private FormMessages messages = default!;
    private NewAppSecrets? created;
    private bool busy;

    [Inject] private AppService Service { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required Func<string, bool> Taken { get; set; }

    /// <summary>The new app's own card, by its code.</summary>
    [Parameter, EditorRequired] public required Func<string, string> CardHref { get; set; }

    [Parameter, EditorRequired] public required string CloseHref { get; set; }

    [Parameter, EditorRequired] public EventCallback OnCreated { get; set; }

    protected override void OnInitialized()
    {
        form = new(model);
        messages = new(form, Texts);
    }

    private async Task CreateAsync()
    {
        if (busy)
        {
            return;
        }

        busy = true;
        var outcome = await Service.CreateAsync(Context.Actor, Context.Project.Id, model.Code, model.Name);
        busy = false;
        if (!outcome.Ok)
        {
            messages.Show(outcome.Fault);
            return;
        }

        created = outcome.Value;
        await OnCreated.InvokeAsync();
    }

    private void Clear()
    {
        (model.Code, model.Name) = ("", "");
        messages.Clear();
    }
}
