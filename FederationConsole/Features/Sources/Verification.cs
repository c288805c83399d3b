using FederationConsole.Features.Accounts;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Sources;

/// <summary>What the client says: which of the third party's users it is, and the third party's token to prove it.</summary>
public sealed record SourceClaim(string OpenId, string AccessToken);

/// <summary>What became of asking a third party whether a claim is true.</summary>
public abstract record Verification
{
    private Verification()
    {
    }

    /// <summary>The third party vouches for this identity.</summary>
    public sealed record Verified(VerifiedIdentity Identity) : Verification;

    /// <summary>The third party was asked and said no.</summary>
    /// <param name="Code">The vendor's own code, for the console.</param>
    public sealed record Refused(string Code, string? Message) : Verification;

    /// <summary>No answer to speak of. <paramref name="Failure"/> is null when there was one that nobody can read.</summary>
    public sealed record NotAsked(OutboundFailure? Failure, string Detail) : Verification;
}

/// <summary>One step of asking a third party, for the console's test button: secrets and tokens are masked.</summary>
public sealed record VerificationStep(string Name, string Request, string Answer, TimeSpan Elapsed, bool Good);

/// <summary>How one kind of third party is asked. The one seam behind which all of them stand.</summary>
public interface ISourceVerifier
{
    SourceKind Source { get; }

    /// <param name="trace">Filled when somebody watches (the test button); null on the path of a login.</param>
    Task<Verification> VerifyAsync(SourceEntry source, SourceClaim claim, List<VerificationStep>? trace, CancellationToken cancellation);
}
