using Microsoft.AspNetCore.Components;

namespace FederationConsole.Shell.Components;

/// <summary>
/// One page of a list: a plain table with rows of 36 px, bones while the first data is on its way, a link in the first column
/// that the whole row follows, and a choice of columns that lives in the address (<c>?cols=</c>). Paging and filtering are the
/// database's; the page passes what it got.
/// </summary>
/// <typeparam name="T">The row.</typeparam>
[CascadingTypeParameter(nameof(T))]
public sealed partial class DataList<T>
{
    private const int SkeletonRows = 8;
    private readonly List<Column<T>> columns = [];

    [Inject] private NavigationManager Navigate { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "cols")] private string? Chosen { get; set; }

    /// <summary>Null while loading.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<T>? Items { get; set; }

    [Parameter, EditorRequired] public required RenderFragment Columns { get; set; }

    /// <summary>What tells one row from another.</summary>
    [Parameter, EditorRequired] public required Func<T, object> RowKey { get; set; }

    /// <summary>What the list is, for those who do not see it.</summary>
    [Parameter, EditorRequired] public required string Label { get; set; }

    /// <summary>Where a row leads; null when rows lead nowhere.</summary>
    [Parameter] public Func<T, string>? RowHref { get; set; }

    /// <summary>The key of the row whose card is open.</summary>
    [Parameter] public object? Selected { get; set; }

    /// <summary>Newer data is on its way; the old stays in sight.</summary>
    [Parameter] public bool Busy { get; set; }

    /// <summary>Search and filters.</summary>
    [Parameter] public RenderFragment? Tools { get; set; }

    /// <summary>An <see cref="EmptyState"/>.</summary>
    [Parameter, EditorRequired] public required RenderFragment Empty { get; set; }

    /// <summary>A <see cref="Pager"/>.</summary>
    [Parameter] public RenderFragment? Footer { get; set; }

    internal void Add(Column<T> column)
    {
        if (!columns.Contains(column))
        {
            columns.Add(column);
        }
    }

    // The first column names the row and cannot be hidden.
    private bool Shown(Column<T> column) =>
        column == columns[0] || (Chosen is null ? !column.Optional : Chosen.Split(',').Contains(column.Key));

    private void Toggle(Column<T> changed)
    {
        var shown = columns.Where(c => c == changed ? !Shown(c) : Shown(c)).Select(c => c.Key).ToList();
        var usual = columns.Where(c => c == columns[0] || !c.Optional).Select(c => c.Key);
        var value = shown.SequenceEqual(usual) ? null : string.Join(',', shown);
        Navigate.NavigateTo(Navigate.GetUriWithQueryParameter("cols", value), replace: true);
    }
}
