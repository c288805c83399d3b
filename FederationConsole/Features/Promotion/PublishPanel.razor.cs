using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Promotion;

/// <summary>Publishes exactly what is shown, or asks for it.</summary>
public sealed partial class PublishPanel
{
    private string? comment;
    private Fault? fault;
    private bool asking;
    private bool busy;

    [Inject] private PromotionService Service { get; set; } = default!;
    [Inject] private PromotionRequests Requests { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required PromotionPreview Preview { get; set; }

    /// <summary>Another administrator has to approve.</summary>
    [Parameter, EditorRequired] public bool NeedsApproval { get; set; }

    /// <summary>What was done, in words.</summary>
    [Parameter, EditorRequired] public EventCallback<string> OnDone { get; set; }

    /// <summary>Nothing was done: what was shown is not what is.</summary>
    [Parameter, EditorRequired] public EventCallback OnOvertaken { get; set; }

    /// <summary>Whoever has to approve types the name; who asks does not.</summary>
    private async Task StartAsync()
    {
        fault = PromotionService.CheckComment(comment);
        if (fault is not null || busy)
        {
            return;
        }

        if (!NeedsApproval)
        {
            asking = true;
            return;
        }

        busy = true;
        var outcome = await Requests.AskAsync(Context.Actor, Preview, comment);
        await EndAsync(outcome.Fault, T["Request.Done"]);
    }

    private async Task PublishAsync()
    {
        busy = true;
        var outcome = await Service.PublishAsync(Context.Actor, Preview, comment);
        await EndAsync(outcome.Fault, outcome.Ok ? T["Publish.Done", outcome.Value] : "");
    }

    private async Task EndAsync(Fault? failed, string done)
    {
        (busy, fault) = (false, failed);
        if (failed is null)
        {
            (asking, comment) = (false, null);
            await OnDone.InvokeAsync(done);
        }
        else if (failed.Kind == FaultKind.Changed)
        {
            // The two differences side by side say it better than a line; the comment stays.
            (asking, fault) = (false, null);
            await OnOvertaken.InvokeAsync();
        }
    }
}
