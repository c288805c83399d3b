using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.SignIn;

/// <summary>What a client is told of a source, the one place that says it (faces.md, Iot: order of checks). Apple alone has words of its own.</summary>
internal static class SourceFaults
{
    public static FaultKind NotSetUp(SourceKind source) => source == SourceKind.Apple ? FaultKind.AppleNotSetUp : FaultKind.SourceNotSetUp;

    public static FaultKind SwitchedOff(SourceKind source) => source == SourceKind.Apple ? FaultKind.AppleSwitchedOff : FaultKind.SourceNotSetUp;

    /// <param name="answer">Not <see cref="Verification.Verified"/>.</param>
    public static FaultKind Of(SourceKind source, Verification answer) => (source, answer) switch
    {
        (not SourceKind.Apple, _) => FaultKind.ThirdPartyFailed,
        (_, Verification.NotAsked { Failure: OutboundFailure.TimedOut }) => FaultKind.AppleTimedOut,
        (_, Verification.Refused { Code: Refusal.InvalidGrant }) => FaultKind.AppleCodeInvalid,
        (_, Verification.Refused { Code: Refusal.ExpiredIdToken }) => FaultKind.AppleJwtExpired,
        _ => FaultKind.AppleFailed,
    };
}
