using System.Globalization;

namespace FederationConsole.Features.Audit;

/// <summary>The filters as they stand in the address of the page and of its download. What cannot be read filters nothing.</summary>
/// <param name="Q">A part of the subject's id.</param>
/// <param name="From">A day, such as 2026-01-31.</param>
/// <param name="To">The last day.</param>
/// <param name="Zone">Where the days begin, such as Asia/Shanghai; UTC without.</param>
public sealed record AuditQuery(string? Q, string? Range, string? Action, string? Actor, string? Kind, string? From, string? To, string? Zone)
{
    public AuditFilter ToFilter() => new()
    {
        Range = Enum.TryParse<AuditRange>(Range, ignoreCase: true, out var range) ? range : AuditRange.Environment,
        Action = Text(Action),
        Actor = Text(Actor),
        SubjectKind = Text(Kind),
        Subject = Text(Q),
        From = Day(From),
        To = Day(To, 1),
    };

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private DateTimeOffset? Day(string? text, int later = 0)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day == DateOnly.MaxValue)
        {
            return null;
        }

        var midnight = day.AddDays(later).ToDateTime(TimeOnly.MinValue);
        var zone = Zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var found) ? found : TimeZoneInfo.Utc;
        return new DateTimeOffset(midnight, TimeSpan.Zero) - zone.GetUtcOffset(midnight);
    }
}
