using FederationConsole.Platform;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace FederationConsole.Features.Projects;

/// <summary>Makes a project with its two environments, then leads to its first page.</summary>
public sealed partial class NewProject
{
    private readonly CodeAndName model = new();
    private EditContext form = default!;
    private FormMessages messages = default!;
    private bool busy;
    private bool created;

    [Inject] private ProjectService Service { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;

    [CascadingParameter] public required Actor Actor { get; set; }

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
        var outcome = await Service.CreateAsync(Actor, model.Code, model.Name);
        (busy, created) = (false, outcome.Ok);
        if (!outcome.Ok)
        {
            messages.Show(outcome.Fault);
            return;
        }

        // Rendered once as saved before it leaves, or the form would ask about its own text.
        StateHasChanged();
        Navigate.NavigateTo($"/p/{model.Code}/development/{Shell.Navigation.Home}");
    }

    private void Clear()
    {
        (model.Code, model.Name) = ("", "");
        messages.Clear();
    }
}
