using Microsoft.AspNetCore.Components;

namespace FederationConsole.Shell.Components;

/// <summary>The pages of a list that the database pages. The numbers are links that change <c>?page=</c> and keep the filters.</summary>
public sealed partial class Pager
{
    /// <summary>From 1.</summary>
    [Parameter, EditorRequired] public int Page { get; set; }

    [Parameter, EditorRequired] public int PageSize { get; set; }

    /// <summary>Rows of the whole list, filters applied.</summary>
    [Parameter, EditorRequired] public long Total { get; set; }

    private long Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);

    private long First => Math.Min(Total, (((long)Page - 1) * PageSize) + 1);

    private long Last => Math.Min(Total, (long)Page * PageSize);

    private RenderFragment Link(int target, string text, string direction) => builder =>
    {
        var possible = target >= 1 && target <= Pages;
        builder.OpenElement(0, possible ? "a" : "span");
        builder.AddAttribute(1, "class", $"btn btn-icon {direction}");
        builder.AddAttribute(2, "aria-label", text);
        builder.AddAttribute(3, "title", text);
        if (possible)
        {
            builder.AddAttribute(4, "href", Navigate.GetUriWithQueryParameter("page", target == 1 ? null : target));
        }
        else
        {
            builder.AddAttribute(5, "role", "link");
            builder.AddAttribute(6, "aria-disabled", "true");
        }

        builder.OpenComponent<Icon>(7);
        builder.AddComponentParameter(8, nameof(Icon.Name), "chevron");
        builder.CloseComponent();
        builder.CloseElement();
    };
}
