using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Messages;

/// <summary>A test send of a channel as it is saved.</summary>
public sealed partial class MessageTest : IDisposable
{
    /// <summary>Refusals of Alibaba Cloud that a text explains; others are told by the vendor's own words.</summary>
    private static readonly HashSet<string> Explained = new(StringComparer.Ordinal)
    {
        "isv.BUSINESS_LIMIT_CONTROL", "isv.OUT_OF_SERVICE", "isv.AMOUNT_NOT_ENOUGH", "isv.SMS_SIGNATURE_ILLEGAL", "isv.SMS_TEMPLATE_ILLEGAL",
        "isv.MOBILE_NUMBER_ILLEGAL", "isv.TEMPLATE_MISSING_PARAMETERS", "isp.RAM_PERMISSION_DENY", "SignatureDoesNotMatch", "InvalidAccessKeyId.NotFound",
        "535", "550", "554",
    };

    private readonly CancellationTokenSource stop = new();
    private string? target;
    private IReadOnlyList<Step> steps = [];
    private Fault? fault;
    private bool busy;

    [Inject] private MessageService Service { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required MessageChannel Channel { get; set; }

    [Parameter, EditorRequired] public EventCallback OnSent { get; set; }

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

        (busy, fault, steps) = (true, null, [new(T["Trial.Running"], StepState.Running)]);
        try
        {
            var outcome = await Service.TryAsync(Context.Actor, Context.Environment.Id, Channel, target, stop.Token);
            fault = outcome.Fault;
            steps = outcome.Ok ? [.. Show(outcome.Value)] : [];
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return; // The card was closed.
        }

        busy = false;
        await OnSent.InvokeAsync();
    }

    /// <summary>The wire by step, and at the end what it means.</summary>
    private IEnumerable<Step> Show(MessageTrial trial)
    {
        foreach (var step in trial.Steps)
        {
            var name = T[$"Step.{step.Name}"];
            yield return new(
                name.ResourceNotFound ? step.Name : name.Value, step.Good ? StepState.Done : StepState.Failed, step.Elapsed, step.Request,
                step.Answer.Length > 0 ? step.Answer : null);
        }

        yield return trial.Result switch
        {
            Delivery.Taken => new(T["Verdict.Taken"], StepState.Done, Explanation: T["Verdict.TakenText"]),
            Delivery.Refused refused => new(T["Verdict.Refused"], StepState.Failed, Explanation: Explain(refused)),
            Delivery.NotAsked { Failure: { } failure } => new(T[$"Failure.{failure}"], StepState.Failed, Explanation: T[$"Failure.{failure}.Text"]),
            Delivery.NotAsked => new(T["Verdict.Unreadable"], StepState.Failed, Explanation: T["Verdict.UnreadableText"]),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private string Explain(Delivery.Refused refused) =>
        Explained.Contains(refused.Code) ? T[$"Refusal.{refused.Code}"] : T["Verdict.RefusedText", refused.Code, refused.Message ?? ""];
}
