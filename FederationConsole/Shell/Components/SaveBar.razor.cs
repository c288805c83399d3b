using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace FederationConsole.Shell.Components;

/// <summary>The save bar of a form; its main button submits the form around it.</summary>
public sealed partial class SaveBar
{
    private string? leavingTo;
    private bool leaving;

    [Inject] private NavigationManager Navigate { get; set; } = default!;

    /// <summary>Whether something is unsaved.</summary>
    [Parameter, EditorRequired] public bool Dirty { get; set; }

    [Parameter] public bool Saving { get; set; }

    /// <summary>The last save went well.</summary>
    [Parameter] public bool Saved { get; set; }

    /// <summary>Of the main button, when it does more than save.</summary>
    [Parameter] public string? Text { get; set; }

    [Parameter] public EventCallback OnDiscard { get; set; }

    /// <summary>The form stands in a card, which another query of the same page closes.</summary>
    [Parameter] public bool InCard { get; set; }

    private void Ask(LocationChangingContext change)
    {
        // A card beside the form, a filter: another query of the same page loses nothing.
        if (!Dirty || leaving || (!InCard && Path(change.TargetLocation) == Path(Navigate.Uri)))
        {
            return;
        }

        change.PreventNavigation();
        leavingTo = change.TargetLocation;
        StateHasChanged();
    }

    private void Stay() => leavingTo = null;

    private void Leave()
    {
        leaving = true;
        Navigate.NavigateTo(leavingTo!);
    }

    private string Path(string address) => Navigate.ToAbsoluteUri(address).AbsolutePath;
}
