using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Traces;

/// <summary>The card of one call. It loads by itself, so that the list beside it stays as it is.</summary>
public sealed partial class TraceCard
{
    private SignInTrace? trace;

    [Inject] private TraceService Service { get; set; } = default!;

    [Parameter, EditorRequired] public long Id { get; set; }

    [Parameter, EditorRequired] public required string CloseHref { get; set; }

    protected override object LoadKey => (Context.Environment, Id);

    /// <summary>The call in its order: what was checked before, the third party, what came of it.</summary>
    private IReadOnlyList<Step> Steps => trace is null ? [] : [.. Asked(trace), Ended(trace)];

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var found = await Service.GetAsync(Context.Actor, Context.Environment.Id, Id, cancellationToken);
        trace = found.Value;
        return found.Ok ? Outcome.Done : found.Fault;
    }

    private IEnumerable<Step> Asked(SignInTrace of)
    {
        yield return new(T["Step.Received"], of is { Answer: TraceAnswer.None, Fault: not null } ? StepState.Failed : StepState.Done);
        if (of.Call is not (TraceCall.Password or TraceCall.JointLogin))
        {
            yield return of.Answer switch
            {
                TraceAnswer.None => new(T["Step.Ask"], StepState.Waiting, Explanation: T["Step.NotAsked"]),
                TraceAnswer.Verified => new(T["Step.Ask"], StepState.Done, Took(of.AskedMilliseconds), Explanation: T["Answer_Verified"]),
                TraceAnswer.Refused => new(T["Step.Ask"], StepState.Failed, Took(of.AskedMilliseconds), Explanation: T["Answer_Refused", of.Code ?? "", of.Detail ?? ""]),
                TraceAnswer.Failed => new(T["Step.Ask"], StepState.Failed, Took(of.AskedMilliseconds), Explanation: T["Answer_Failed", Reason(of)]),
            };
        }
    }

    private Step Ended(SignInTrace of) => of.Fault is null
        ? new(T["Step.Done"], StepState.Done, Explanation: T[(of.Call, of.UserId.Value) switch
        {
            (TraceCall.RegisterCheck, 0) => "Done.Unregistered",
            (TraceCall.RegisterCheck, _) => "Done.Registered",
            (TraceCall.Verification, _) => "Done.Verified",
            (TraceCall.Renewal, _) => "Done.Renewed",
            _ => "Done.SignedIn",
        }])
        : new(T["Step.Done"], StepState.Failed, Explanation: Enum.TryParse<FaultKind>(of.Fault, out var kind) ? Texts.Say(kind) : of.Fault);

    private string Reason(SignInTrace of) => Enum.TryParse<OutboundFailure>(of.Code, out var failure) ? T[$"Failure_{failure}"] : of.Detail ?? "";

    private static TimeSpan Took(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
