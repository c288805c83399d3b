using System.Globalization;

namespace FederationConsole.Features.Meetings;

/// <summary>Times of meetings as people read them, in the project's zone.</summary>
public static class MeetingTimes
{
    private const string Day = "yyyy-MM-dd";
    private const string Minute = "HH:mm";

    /// <summary>The day once where both are on it.</summary>
    public static string Span(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        var (start, end) = (TimeZoneInfo.ConvertTime(from, zone), TimeZoneInfo.ConvertTime(to, zone));
        return $"{At(start, $"{Day} {Minute}")} – {At(end, start.Date == end.Date ? Minute : $"{Day} {Minute}")}";
    }

    private static string At(DateTimeOffset at, string form) => at.ToString(form, CultureInfo.InvariantCulture);
}
