using System.ComponentModel.DataAnnotations;

namespace FederationConsole.Features.Traces;

/// <summary>Section <c>Traces</c>.</summary>
public sealed class TraceOptions
{
    public const string Section = "Traces";

    /// <summary>Days that the trace of a login is kept.</summary>
    [Range(1, 90, ErrorMessage = Section + ":KeepDays is from 1 to 90.")]
    public int KeepDays { get; set; } = 7;

    /// <summary>Traces that may wait in memory to be written; what comes when it is full is dropped and counted.</summary>
    [Range(100, 1_000_000, ErrorMessage = Section + ":Queue is from 100 to 1000000.")]
    public int Queue { get; set; } = 10_000;
}
