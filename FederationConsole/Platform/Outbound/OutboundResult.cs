namespace FederationConsole.Platform.Outbound;

/// <summary>What came of a call: an answer of any status, or the reason why there is none.</summary>
public abstract record OutboundResult
{
    private OutboundResult()
    {
    }

    /// <summary>From the moment of asking to the last byte, with the wait for a turn.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The third party answered in time and in size. What the status means is the caller's to say.</summary>
    /// <param name="Status">Any but 3xx.</param>
    /// <param name="ContentType">As sent, with its parameters.</param>
    /// <param name="Body">As sent, at most <see cref="OutboundOptions.MaxAnswerBytes"/>; never decompressed.</param>
    public sealed record Answered(int Status, string? ContentType, ReadOnlyMemory<byte> Body) : OutboundResult;

    /// <summary>There is no answer to speak of.</summary>
    public sealed record Failed(OutboundFailure Reason) : OutboundResult;

    /// <summary>
    /// Whether the breaker counts this as a failure of the third party: not a refusal, which is an answer, and not a mistake in the
    /// configured address, which costs no time and which an administrator wants to see mended at once.
    /// </summary>
    internal bool CountsAgainstThirdParty => this switch
    {
        Answered answered => answered.Status >= 500,
        Failed failed => failed.Reason switch
        {
            OutboundFailure.TimedOut or OutboundFailure.NameUnknown or OutboundFailure.Unreachable or OutboundFailure.TlsFailed
                or OutboundFailure.BrokenAnswer or OutboundFailure.TooLarge => true,
            OutboundFailure.Redirected or OutboundFailure.AddressNotAllowed or OutboundFailure.UrlNotAllowed
                or OutboundFailure.BreakerOpen or OutboundFailure.Busy => false,
        },
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

public enum OutboundFailure
{
    /// <summary>No whole answer within <see cref="OutboundOptions.Timeout"/>.</summary>
    TimedOut,
    /// <summary>The host name does not resolve.</summary>
    NameUnknown,
    /// <summary>No connection.</summary>
    Unreachable,
    /// <summary>A connection, but no certificate that we trust.</summary>
    TlsFailed,
    /// <summary>What came back is not HTTP, or ends in the middle.</summary>
    BrokenAnswer,
    /// <summary>More than <see cref="OutboundOptions.MaxAnswerBytes"/> of body, or more than 16 KiB of headers.</summary>
    TooLarge,
    /// <summary>A 3xx; it is never followed.</summary>
    Redirected,
    /// <summary>The host has no public address, and <see cref="OutboundOptions.AllowPrivateNetworks"/> is off.</summary>
    AddressNotAllowed,
    /// <summary>Relative, with user info, or neither http nor https.</summary>
    UrlNotAllowed,
    /// <summary>Not asked: the third party failed too often just now.</summary>
    BreakerOpen,
    /// <summary>Not asked: too many calls of this partition are under way.</summary>
    Busy,
}
