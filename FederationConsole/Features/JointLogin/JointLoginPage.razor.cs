using FederationConsole.Platform;
using FederationConsole.Shell.Components;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Features.JointLogin;

/// <summary>联合登录 (seed 000) of one environment.</summary>
public sealed partial class JointLoginPage
{
    private ReturnList list = new([], 0);
    private IReadOnlyList<Exchange> recent = [];

    [Inject] private ReturnAddresses Addresses { get; set; } = default!;
    [Inject] private JointCodes Codes { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Parameter] public string? Project { get; set; }
    [Parameter] public string? Env { get; set; }

    protected override async Task<Outcome> LoadAsync(CancellationToken cancellationToken)
    {
        var read = await Addresses.ReadAsync(Context.Actor, Context.Environment.Id);
        var exchanges = await Codes.RecentAsync(Context.Actor, Context.Environment.Id);
        if ((read.Fault ?? exchanges.Fault) is { } fault)
        {
            return fault;
        }

        (list, recent) = (read.Value!, exchanges.Value!);
        return Outcome.Done;
    }

    private string StateOf(Exchange row) => row.RedeemedAt is not null ? "State.Redeemed" : row.ExpiresAt <= Clock.GetUtcNow() ? "State.Over" : "State.Waiting";

    private Tone ToneOf(Exchange row) => row.RedeemedAt is not null ? Tone.Good : row.ExpiresAt <= Clock.GetUtcNow() ? Tone.Quiet : Tone.Warn;
}
