using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.Sources;

/// <summary>A trial of a source as it is saved, switched on or not. It makes no user and no session.</summary>
public sealed partial class SourceTest : IDisposable
{
    private const string OAuth1 = "1.0";

    /// <summary>Seed 002, 5.1.4: what the client signed for Twitter.</summary>
    private static readonly string[] SignedNames = ["oauth_consumer_key", "oauth_nonce", "oauth_timestamp", "oauth_signature"];

    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<string, string?> proof = new(StringComparer.Ordinal);
    private string version = OAuth1;
    private string? openId;
    private string? accessToken;
    private IReadOnlyList<Step> steps = [];
    private Fault? fault;
    private bool busy;

    [Inject] private SourceService Service { get; set; } = default!;
    [Inject] private IHostEnvironment Host { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    [Parameter, EditorRequired] public required SourceKind Kind { get; set; }

    /// <summary>As it is saved: what is tried is what a login will use.</summary>
    [Parameter, EditorRequired] public required SourceDetails Source { get; set; }

    private bool ByCode => SourceWords.IsByCode(Kind, Source.Settings);

    private bool IsSigned => Kind == SourceKind.Twitter && version == OAuth1;

    /// <summary>Google says by itself who it is.</summary>
    private bool IsComplete => !string.IsNullOrEmpty(accessToken) && (Kind == SourceKind.Google || !string.IsNullOrEmpty(openId))
        && (!IsSigned || SignedNames.All(name => !string.IsNullOrEmpty(proof.GetValueOrDefault(name))));

    // Routes match in any case.
    private string Sandbox => $"/sandbox/{Kind}";

    private SourceClaim Claim => new(openId ?? "", accessToken ?? "")
    {
        OAuth1 = IsSigned ? new(proof[SignedNames[0]]!, proof[SignedNames[1]]!, proof[SignedNames[2]]!, proof[SignedNames[3]]!) : null,
    };

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    private async Task TryAsync()
    {
        if (busy || !IsComplete)
        {
            return;
        }

        (busy, fault, steps) = (true, null, [new(T["Trial.Busy"], StepState.Running)]);
        try
        {
            var outcome = await Service.TryAsync(Context.Actor, Context.Environment.Id, Kind, Source.PluginId, Claim, stop.Token);
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
            Verification.Refused refused => new(T["Verdict.Refused"], StepState.Failed, Explanation: Explain(refused)),
            Verification.NotAsked { Failure: { } failure } => new(T[$"Failure.{failure}"], StepState.Failed, Explanation: T[$"Failure.{failure}.Text"]),
            Verification.NotAsked notAsked => new(T["Verdict.Unreadable"], StepState.Failed, Explanation: Kind == SourceKind.Standard ? T["Verdict.UnreadableText"] : T["Verdict.UnreadableVendorText", notAsked.Detail]),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>What the vendor said, and what that means; for a code that is not known its own words must do.</summary>
    private string Explain(Verification.Refused refused) =>
        T["Verdict.RefusedText", refused.Code, refused.Message ?? "", SourceWords.Explain(T, Kind, refused.Code) ?? T["Verdict.RefusedUnknown"]];
}
