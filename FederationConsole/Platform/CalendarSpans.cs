namespace FederationConsole.Platform;

/// <summary>Where the bars of a chart over a span of time begin.</summary>
public static class CalendarSpans
{
    /// <summary>Oldest first, without gaps: the last 24 hours by hours where <paramref name="days"/> is 1, else whole days up to today.</summary>
    /// <param name="zone">Whose midnights count.</param>
    public static List<DateTimeOffset> Starts(DateTimeOffset now, TimeZoneInfo zone, int days)
    {
        if (days == 1)
        {
            var hour = new DateTimeOffset(now.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
            return [.. Enumerable.Range(-23, 24).Select(h => TimeZoneInfo.ConvertTime(hour.AddHours(h), zone))];
        }

        return [.. Enumerable.Range(1 - days, days).Select(d => Midnight(TimeZoneInfo.ConvertTime(now, zone).Date.AddDays(d), zone))];
    }

    public static DateTimeOffset Midnight(DateTime day, TimeZoneInfo zone) => new(day, zone.GetUtcOffset(day));

    /// <summary>The bar that a time belongs to; the first for one before all.</summary>
    public static int IndexOf(IReadOnlyList<DateTimeOffset> starts, DateTimeOffset at)
    {
        var bar = starts.Count - 1;
        while (bar > 0 && starts[bar] > at)
        {
            bar--;
        }

        return bar;
    }
}
