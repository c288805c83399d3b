using Microsoft.AspNetCore.Components;

namespace FederationConsole.Shell.Components;

/// <summary>One column of a <see cref="DataList{T}"/>; renders nothing itself.</summary>
/// <typeparam name="T">The row.</typeparam>
public sealed class Column<T> : ComponentBase
{
    [CascadingParameter] private DataList<T> List { get; set; } = default!;

    /// <summary>How the choice of columns names it in the address.</summary>
    [Parameter, EditorRequired] public required string Key { get; set; }

    [Parameter, EditorRequired] public required string Title { get; set; }

    /// <summary>Numbers stand at the end of their cell.</summary>
    [Parameter] public bool Number { get; set; }

    /// <summary>Hidden until chosen.</summary>
    [Parameter] public bool Optional { get; set; }

    [Parameter, EditorRequired] public required RenderFragment<T> ChildContent { get; set; }

    protected override void OnParametersSet() => List.Add(this);
}
