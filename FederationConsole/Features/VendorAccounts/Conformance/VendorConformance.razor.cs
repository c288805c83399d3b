using FederationConsole.Platform;
using FederationConsole.Shell;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.VendorAccounts.Conformance;

/// <summary>Examines the vendor of one app as it is saved, and shows what does not hold first.</summary>
public sealed partial class VendorConformance : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private string? code;
    private IReadOnlyList<RuleResult> results = [];
    private Fault? fault;
    private bool busy;

    [Inject] private ConformanceService Service { get; set; } = default!;

    [CascadingParameter] public required ConsoleContext Context { get; set; }

    /// <summary>Whose vendor; it is set up in the environment of the page.</summary>
    [Parameter, EditorRequired] public required AppId AppId { get; set; }

    private IEnumerable<RuleResult> Sorted => results.OrderBy(r => r.Outcome switch { RuleOutcome.Fails => 0, RuleOutcome.Holds => 1, RuleOutcome.NotTested => 2 });

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    private static Tone ToneOf(RuleOutcome outcome) => outcome switch
    {
        RuleOutcome.Holds => Tone.Good,
        RuleOutcome.Fails => Tone.Bad,
        RuleOutcome.NotTested => Tone.Quiet,
    };

    private int Count(RuleOutcome outcome) => results.Count(r => r.Outcome == outcome);

    private async Task RunAsync()
    {
        if (busy || string.IsNullOrWhiteSpace(code))
        {
            return;
        }

        (busy, fault, results) = (true, null, []);
        try
        {
            var outcome = await Service.RunAsync(Context.Actor, Context.Environment.Id, AppId, code, stop.Token);
            // A code is good once: the next run needs another.
            (busy, code, fault, results) = (false, null, outcome.Fault, outcome.Ok ? outcome.Value : []);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The card was closed.
        }
    }
}
