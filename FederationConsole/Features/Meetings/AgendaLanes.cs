namespace FederationConsole.Features.Meetings;

/// <summary>An agenda on the timeline of one day.</summary>
/// <param name="Lane">Its column, from 0: what is at the same time stands in different ones.</param>
/// <param name="From">First row of the grid, from 0.</param>
/// <param name="Rows">How many rows it takes, one at least.</param>
/// <param name="Clashes">What cannot be chosen beside it.</param>
public sealed record AgendaSlot(Agenda Agenda, int Lane, int From, int Rows, IReadOnlyList<Agenda> Clashes);

/// <summary>The agendas that begin on one day of the project's zone.</summary>
/// <param name="Start">The full hour of row 0.</param>
public sealed record AgendaDay(DateTime Start, int Lanes, int Rows, IReadOnlyList<AgendaSlot> Slots);

/// <summary>Agendas laid out by time.</summary>
public static class AgendaLanes
{
    /// <summary>A row of the grid.</summary>
    public static readonly TimeSpan Row = TimeSpan.FromMinutes(15);

    public static IReadOnlyList<AgendaDay> Of(IReadOnlyList<Agenda> agendas, TimeZoneInfo zone) =>
    [
        .. agendas.OrderBy(a => a.StartsAt).ThenBy(a => a.EndsAt).ThenBy(a => a.Id)
            .GroupBy(a => Local(a.StartsAt, zone).Date).Select(day => Day([.. day], agendas, zone)),
    ];

    private static AgendaDay Day(List<Agenda> day, IReadOnlyList<Agenda> all, TimeZoneInfo zone)
    {
        var first = Local(day[0].StartsAt, zone);
        var start = first.Date.AddHours(first.Hour);
        var free = new List<DateTimeOffset>();
        var slots = new List<AgendaSlot>();
        foreach (var agenda in day)
        {
            var lane = free.FindIndex(until => until <= agenda.StartsAt);
            if (lane < 0)
            {
                lane = free.Count;
                free.Add(default);
            }

            free[lane] = agenda.EndsAt;
            var from = (int)((Local(agenda.StartsAt, zone) - start) / Row);
            // What goes on after midnight is shown where it begins, to the day's end.
            var until = (int)Math.Ceiling((Min(Local(agenda.EndsAt, zone), start.Date.AddDays(1)) - start) / Row);
            slots.Add(new(agenda, lane, from, Math.Max(1, until - from), [.. all.Where(agenda.Clashes)]));
        }

        return new(start, free.Count, slots.Max(s => s.From + s.Rows), slots);
    }

    private static DateTime Min(DateTime a, DateTime b) => a < b ? a : b;

    private static DateTime Local(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).DateTime;
}
