using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace FederationConsole.Shell.Components;

/// <summary>Renders its content anew every three seconds while it is shown: for numbers that lie in memory and cost nothing to read.</summary>
public sealed class Live : ComponentBase, IDisposable
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    private ITimer? timer;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Parameter, EditorRequired] public required RenderFragment ChildContent { get; set; }

    public void Dispose() => timer?.Dispose();

    protected override void OnInitialized() => timer = Clock.CreateTimer(_ => _ = RenderAsync(), null, Period, Period);

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddContent(0, ChildContent);
    }

    private async Task RenderAsync()
    {
        try
        {
            await InvokeAsync(StateHasChanged);
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }
}
