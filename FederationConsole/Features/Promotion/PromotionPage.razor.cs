using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Promotion;

/// <summary>
/// 同步到生产环境. The difference is there at once and is counted while one reads it; leaving the page ends the count. What is
/// shown stays as it is until it is published or turns out to be overtaken.
/// </summary>
public sealed partial class PromotionPage
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    private PromotionPreview? preview;
    private PromotionPreview? overtaken;
    private IReadOnlyList<PublishedVersion> history = [];
    private IReadOnlyList<ProductionLack> lacks = [];
    private RequestOverview requests = new(false, null, []);
    private SignalFollower? live;
    private CancellationTokenSource? counting;
    private string? said;

    [Inject] private PromotionService Service { get; set; } = default!;
    [Inject] private PromotionRequests Requests { get; set; } = default!;
    [Inject] private ProductionLacks Lacks { get; set; } = default!;
    [Inject] private Signals Signals { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private NavigationManager Navigate { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    /// <summary>The version to go back to; development where there is none.</summary>
    [SupplyParameterFromQuery(Name = "target")] public int? Target { get; set; }

    /// <summary>The version whose card is open.</summary>
    [SupplyParameterFromQuery(Name = "version")] public int? Version { get; set; }

    /// <summary>The two that are compared.</summary>
    [SupplyParameterFromQuery(Name = "left")] public int? Left { get; set; }

    [SupplyParameterFromQuery(Name = "right")] public int? Right { get; set; }

    private string CompareHref => Address(Target, left: history.Count > 1 ? history[1].Number : null, right: history.Count > 0 ? history[0].Number : null);

    protected override object LoadKey => (Context.Environment, Target);

    protected override void OnInitialized() =>
        live = SignalFollower.Start(Signals, Clock, Calm, signal => signal.Topic == PromotionService.Topic && signal.Id == Context.Project.Id.Value, FollowAsync);

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        // What somebody else did is told beside the difference, which nobody takes from under one's eyes.
        if (!Following)
        {
            counting?.Cancel();
            if (Context.Environment.IsProduction)
            {
                preview = null;
            }
            else
            {
                var shown = await Service.PreviewAsync(Context.Actor, Context.Project.Id, Target, cancellationToken);
                if (!shown.Ok)
                {
                    return shown.Fault;
                }

                cancellationToken.ThrowIfCancellationRequested();
                preview = shown.Value;
                _ = CountAsync(preview);
            }
        }

        var (versions, asked, missing) = (
            await Service.HistoryAsync(Context.Actor, Context.Project.Id, cancellationToken),
            await Requests.OverviewAsync(Context.Actor, Context.Project.Id, cancellationToken),
            await Lacks.ListAsync(Context.Actor, Context.Project.Id, cancellationToken));
        if ((versions.Fault ?? asked.Fault ?? missing.Fault) is { } fault)
        {
            return fault;
        }

        cancellationToken.ThrowIfCancellationRequested();
        (history, requests, lacks) = (versions.Value!, asked.Value!, missing.Value!);
        return Outcome.Done;
    }

    protected override void Dispose(bool disposing)
    {
        live?.Dispose();
        counting?.Cancel();
        base.Dispose(disposing);
    }

    private async Task CountAsync(PromotionPreview shown)
    {
        var stop = (counting = new CancellationTokenSource()).Token;
        try
        {
            await foreach (var further in Service.CountAsync(Context.Actor, shown, stop))
            {
                stop.ThrowIfCancellationRequested();
                preview = further;
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return; // Another preview, or the page was left.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private Task DoneAsync(string done)
    {
        (said, overtaken) = (done, null);
        if (Target is null)
        {
            return ReloadAsync();
        }

        // A rollback is over: what development has is the next thing to look at.
        Navigate.NavigateTo(Address());
        return Task.CompletedTask;
    }

    private Task OvertakenAsync()
    {
        (overtaken, said) = (preview, null);
        return ReloadAsync();
    }

    private void Pick((int Left, int Right) pair) => Navigate.NavigateTo(Address(Target, left: pair.Left, right: pair.Right));

    private string Address(int? target = null, int? version = null, int? left = null, int? right = null) => Navigate.GetUriWithQueryParameters(
        Context.Link("promotion"), new Dictionary<string, object?>(StringComparer.Ordinal) { ["target"] = target, ["version"] = version, ["left"] = left, ["right"] = right });
}
