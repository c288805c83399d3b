namespace FederationConsole.Features.Events;

/// <summary>faces.md, Webhooks: tries after 0, 5 s, 30 s, 2 min, 10 min, 1 h, 6 h, 24 h, each counted from the end of the try before; then parked.</summary>
public static class RetrySchedule
{
    public static readonly IReadOnlyList<TimeSpan> Waits =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24),
    ];

    /// <summary>The step of a delivery that has one try left: what sending again gives it.</summary>
    public static readonly int LastStep = Waits.Count - 1;

    /// <summary>How long to wait after the try of this step failed; null: it was the last.</summary>
    public static TimeSpan? After(int step) => step < LastStep ? Waits[step + 1] : null;
}
