using System.ComponentModel.DataAnnotations;

namespace FederationConsole.Features.Guessing;

/// <summary>Section <c>Guessing</c>.</summary>
public sealed class GuessOptions
{
    public const string Section = "Guessing";

    /// <summary>
    /// How often one address may be wrong in a minute (an unknown token, corp or app, a login that the third party refuses)
    /// before all its calls are refused until the minute is over. High enough for an office behind one address.
    /// </summary>
    [Range(10, 1_000_000, ErrorMessage = Section + ":FailuresPerMinute is from 10 to 1000000.")]
    public int FailuresPerMinute { get; set; } = 1000;
}
