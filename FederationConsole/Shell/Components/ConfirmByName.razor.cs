using FederationConsole.Platform;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Shell.Components;

/// <summary>Asks for a name to be typed before something irreversible. The content says what will happen.</summary>
public sealed partial class ConfirmByName
{
    private string? typed;
    private bool wasOpen;

    [Parameter, EditorRequired] public bool Open { get; set; }

    [Parameter] public EventCallback<bool> OpenChanged { get; set; }

    [Parameter, EditorRequired] public required string Title { get; set; }

    /// <summary>What must be typed: the name that the admin sees in the list.</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }

    /// <summary>The red button's text: the verb and its object.</summary>
    [Parameter, EditorRequired] public required string Action { get; set; }

    [Parameter, EditorRequired] public required RenderFragment ChildContent { get; set; }

    [Parameter, EditorRequired] public EventCallback OnConfirm { get; set; }

    [Parameter] public bool Busy { get; set; }

    /// <summary>Why the last try did not go through.</summary>
    [Parameter] public Fault? Fault { get; set; }

    private bool Matches => string.Equals(typed?.Trim(), Name, StringComparison.Ordinal);

    protected override void OnParametersSet()
    {
        // Asked again, it starts empty: a name typed for one thing must not confirm another.
        if (Open && !wasOpen)
        {
            typed = null;
        }

        wasOpen = Open;
    }

    private Task ConfirmAsync() => Matches && !Busy ? OnConfirm.InvokeAsync() : Task.CompletedTask;

    private Task CancelAsync() => OpenChanged.InvokeAsync(false);
}
