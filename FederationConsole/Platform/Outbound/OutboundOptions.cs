using System.ComponentModel.DataAnnotations;

namespace FederationConsole.Platform.Outbound;

/// <summary>What a call to a third party may cost. Section <c>Outbound</c>; a value out of range stops the start.</summary>
public sealed class OutboundOptions
{
    public const string Section = "Outbound";

    /// <summary>Whether addresses that are not public may be called: for Development and closed networks.</summary>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>
    /// For everything: waiting for a turn, name, connection, TLS, headers and body. Faces promise five seconds, so it can only be less.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:05", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true,
        ErrorMessage = Section + ":Timeout is from 00:00:00.100 to 00:00:05.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of an answer's body; one more and the answer is refused.</summary>
    [Range(1, 1024 * 1024, ErrorMessage = Section + ":MaxAnswerBytes is from 1 to 1048576.")]
    public int MaxAnswerBytes { get; set; } = 64 * 1024;

    /// <summary>Calls of one partition that may be under way at once.</summary>
    [Range(1, 10_000, ErrorMessage = Section + ":AtOnce is from 1 to 10000.")]
    public int AtOnce { get; set; } = 64;

    /// <summary>Calls of one partition that may wait for a turn; the next one is told that the partition is busy.</summary>
    [Range(0, 100_000, ErrorMessage = Section + ":Queue is from 0 to 100000.")]
    public int Queue { get; set; } = 512;

    /// <summary>The share of calls in <see cref="BreakerWindow"/> that must fail to open the breaker.</summary>
    [Range(0.01, 1.0, ErrorMessage = Section + ":BreakerFailureRatio is from 0.01 to 1.")]
    public double BreakerFailureRatio { get; set; } = 0.5;

    /// <summary>Fewer calls than this in <see cref="BreakerWindow"/> say nothing.</summary>
    [Range(2, 10_000, ErrorMessage = Section + ":BreakerMinimumCalls is from 2 to 10000.")]
    public int BreakerMinimumCalls { get; set; } = 10;

    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true,
        ErrorMessage = Section + ":BreakerWindow is from 00:00:01 to 00:10:00.")]
    public TimeSpan BreakerWindow { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an open breaker asks nobody before it lets one call try.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true,
        ErrorMessage = Section + ":BreakerPause is from 00:00:01 to 00:10:00.")]
    public TimeSpan BreakerPause { get; set; } = TimeSpan.FromSeconds(10);
}
