using System.Diagnostics;
using FederationConsole.Platform;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace FederationConsole.Shell.Components;

/// <summary>Keeps a page's bug on that page: the frame stays, and the page shows the id under which the log has the exception.</summary>
public sealed class PageGuard : ErrorBoundaryBase
{
    private string requestId = "";

    [Inject] private ILogger<PageGuard> Logger { get; set; } = default!;

    protected override Task OnErrorAsync(Exception exception)
    {
        requestId = ActivityTraceId.CreateRandom().ToHexString();
        Log.PageFailed(Logger, requestId, exception);
        return Task.CompletedTask;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }

        builder.OpenComponent<LoadFailed>(1);
        builder.AddComponentParameter(2, nameof(LoadFailed.Fault), new Fault(FaultKind.Unexpected) { RequestId = requestId });
        builder.AddComponentParameter(3, nameof(LoadFailed.OnRetry), EventCallback.Factory.Create(this, Recover));
        builder.CloseComponent();
    }
}
