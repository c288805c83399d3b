using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;

namespace FederationConsole.Tests.Features.Sources.Upstreams;

/// <summary>Asks as the console's test button does: the verdict, and each step.</summary>
internal static class Trials
{
    public static async Task<SourceTrial> TryAsync(this World world, Upstream party, SourceClaim claim) => World.Value(await world.Get<SourceService>().TryAsync(
        Actor.Host, world.Development.Id, (SourceKind)party.Source, party.ByApp ? world.AppKey : "", claim, CancellationToken.None));

    public static Task<SourceTrial> TryAsync(this World world, Upstream party, string openId, string accessToken) => world.TryAsync(party, new SourceClaim(openId, accessToken));

    public static VerifiedIdentity Identity(this SourceTrial trial) => Assert.IsType<Verification.Verified>(trial.Result).Identity;

    /// <summary>The code of a no.</summary>
    public static string Refusal(this SourceTrial trial) => Assert.IsType<Verification.Refused>(trial.Result).Code;

    public static IEnumerable<string> Names(this SourceTrial trial) => trial.Steps.Select(step => step.Name);
}
