using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Shell.Components;

/// <summary>A time as people say it (刚刚, 3 分钟前, then the date), and in full, in the project's zone, on hover.</summary>
public sealed partial class RelativeTime
{
    [Inject] private TimeProvider Clock { get; set; } = default!;

    [CascadingParameter] private ConsoleContext? Context { get; set; }

    [Parameter, EditorRequired] public DateTimeOffset At { get; set; }

    private DateTimeOffset Local => TimeZoneInfo.ConvertTime(At, Context?.Project.Zone ?? Clock.LocalTimeZone);

    private string Full
    {
        get
        {
            var offset = Local.Offset < TimeSpan.Zero ? "-" : "+";
            return string.Create(CultureInfo.InvariantCulture, $"{Local:yyyy-MM-dd HH:mm:ss} UTC{offset}{Local.Offset:hh\\:mm}");
        }
    }

    private string Short
    {
        get
        {
            var age = Clock.GetUtcNow() - At;
            var future = age < TimeSpan.FromMinutes(-1);
            var span = age.Duration();
            var (key, count) = span switch
            {
                { TotalMinutes: < 1 } => ("Time.Now", 0),
                { TotalHours: < 1 } => (future ? "Time.InMinutes" : "Time.Minutes", (int)span.TotalMinutes),
                { TotalDays: < 1 } => (future ? "Time.InHours" : "Time.Hours", (int)span.TotalHours),
                { TotalDays: < 7 } => (future ? "Time.InDays" : "Time.Days", (int)span.TotalDays),
                _ => ("", 0),
            };
            return key.Length > 0 ? T[key, count] : Local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }
    }
}
