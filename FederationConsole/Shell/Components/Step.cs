namespace FederationConsole.Shell.Components;

public enum StepState
{
    /// <summary>Not begun, or not reached because an earlier one failed.</summary>
    Waiting,
    Running,
    Done,
    Failed,
}

/// <summary>One step of a test, as <see cref="StepList"/> shows it.</summary>
/// <param name="Took">How long it took; null while it has not ended.</param>
/// <param name="Request">As it went over the wire, secrets masked.</param>
/// <param name="Answer">As it came, secrets masked.</param>
/// <param name="Explanation">What happened, in plain words of the current language.</param>
public sealed record Step(
    string Title, StepState State, TimeSpan? Took = null, string? Request = null, string? Answer = null, string? Explanation = null);
