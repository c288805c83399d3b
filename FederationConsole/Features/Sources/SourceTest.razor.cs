using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Sources;

/// <summary>A trial of a source as it is saved, switched on or not. It makes no user and no session.</summary>
public sealed partial class SourceTest : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private string? openId;
    private string? accessToken;
    private IReadOnlyList<Step> steps = [];
    private Fault? fault;
    private bool busy;

    [Inject] private SourceService Service { get; set; } = default!;
    [Inject] private IHostEnvironment Host { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required SourceKind Kind { get; set; }

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    private async Task TryAsync()
    {
        if (busy)
        {
            return;
        }

        (busy, fault, steps) = (true, null, [new(T["Step.userinfo"], StepState.Running)]);
        try
        {
            var outcome = await Service.TryAsync(Context.Actor, Context.Environment.Id, Kind, "", new(openId ?? "", accessToken ?? ""), stop.Token);
            fault = outcome.Fault;
            steps = outcome.Ok ? [.. Show(outcome.Value)] : [];
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return; // The card was closed.
        }

        busy = false;
    }

    /// <summary>The wire by step, and at the end what it means.</summary>
    private IEnumerable<Step> Show(SourceTrial trial)
    {
        foreach (var step in trial.Steps)
        {
            yield return new(T[$"Step.{step.Name}"], step.Good ? StepState.Done : StepState.Failed, step.Elapsed, step.Request, step.Answer);
        }

        yield return trial.Result switch
        {
            Verification.Verified verified => new(T["Verdict.Verified"], StepState.Done, Explanation: T["Verdict.VerifiedText", verified.Identity.OpenId]),
            Verification.Refused refused => new(T["Verdict.Refused"], StepState.Failed, Explanation: T["Verdict.RefusedText", refused.Code, refused.Message ?? ""]),
            Verification.NotAsked { Failure: { } failure } => new(T[$"Failure.{failure}"], StepState.Failed, Explanation: T[$"Failure.{failure}.Text"]),
            Verification.NotAsked => new(T["Verdict.Unreadable"], StepState.Failed, Explanation: T["Verdict.UnreadableText"]),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
