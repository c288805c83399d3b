using System.Diagnostics;
using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.VendorAccounts;

/// <summary>A test run of a vendor as it is saved, switched on or not. It makes no user and no session; passed, it takes 未验证 away.</summary>
public sealed partial class VendorTest : IDisposable
{
    private static readonly string[] Walk = ["token", "refresh", "userinfo"];

    private readonly CancellationTokenSource stop = new();
    private string? code;
    private IReadOnlyList<Step> steps = [];
    private Fault? fault;
    private bool busy;
    private int tries;

    [Inject] private VendorService Service { get; set; } = default!;
    [Inject] private IHostEnvironment Host { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    /// <summary>As it is saved: what is tried is what a login will use.</summary>
    [Parameter, EditorRequired] public required VendorDetails Vendor { get; set; }

    /// <summary>Passed, and marked so.</summary>
    [Parameter, EditorRequired] public EventCallback OnMarked { get; set; }

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    private async Task TryAsync()
    {
        if (busy || string.IsNullOrWhiteSpace(code))
        {
            return;
        }

        (busy, fault, steps) = (true, null, [new(T["Trial.Busy"], StepState.Running)]);
        try
        {
            var outcome = await Service.TryAsync(Context.Actor, Context.Environment.Id, Vendor.AppId, code, stop.Token);
            fault = outcome.Fault;
            steps = outcome.Ok ? [.. Show(outcome.Value)] : [];
            (busy, code, tries) = (false, null, tries + 1);
            if (outcome is { Ok: true, Value.Marked: true })
            {
                await OnMarked.InvokeAsync();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The card was closed.
        }
    }

    /// <summary>The code, the wire by step, steps that were not reached, and at the end what it means.</summary>
    private IEnumerable<Step> Show(VendorTrial trial)
    {
        yield return new(T["Step.code"], StepState.Done, Explanation: T["Step.codeText"]);
        foreach (var step in trial.Steps)
        {
            yield return new(T[$"Step.{step.Name}"], step.Good ? StepState.Done : StepState.Failed, step.Elapsed, step.Request, step.Answer);
        }

        foreach (var name in Walk.Skip(trial.Steps.Count))
        {
            yield return new(T[$"Step.{name}"], StepState.Waiting, Explanation: T["Step.NotReached"]);
        }

        yield return trial.Result switch
        {
            { Value: { } person } => new(T["Verdict.Passed"], StepState.Done, Explanation: T[trial.Marked ? "Verdict.PassedText" : "Verdict.PassedOther", person.OpenId, person.NickName ?? "-"]),
            { No: VendorNo.Refused refused } => new(T["Verdict.Refused", refused.Code], StepState.Failed, Explanation: Explain(refused)),
            { No: VendorNo.NotAsked { Failure: { } failure } } => new(Sources[$"Failure.{failure}"], StepState.Failed, Explanation: Sources[$"Failure.{failure}.Text"]),
            { No: VendorNo.NotAsked { Lapse: { } lapse, Detail: var detail } } => new(T[$"Lapse.{lapse}", detail], StepState.Failed, Explanation: T[$"Lapse.{lapse}.Text", detail]),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>What the seed's code means and what to do; for one that stands in no row, the vendor's own words and where they go.</summary>
    private string Explain(VendorNo.Refused refused) => VendorCodes.IsKnown(refused.Code)
        ? T["Verdict.RefusedText", refused.Message ?? "-", T[$"Code.{refused.Code}"].Value]
        : T["Verdict.RefusedText", refused.Message ?? "-", T["Code.other"].Value];
}
