using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace FederationConsole.Shell.Components;

/// <summary>One bar: its label on the axis, and one value a series, stacked from below.</summary>
public sealed record Bar(string Label, IReadOnlyList<long> Values);

/// <summary>Stacked bars over time, as inline SVG in per cent: sharp at every width without a script.</summary>
public sealed partial class BarChart
{
    private static readonly long[] Steps = [1, 2, 4, 6, 8, 10];

    [Parameter, EditorRequired] public required string Title { get; set; }

    /// <summary>Names of the series, at most three; the first is the good one, the second the failed one.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<string> Series { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<Bar> Bars { get; set; }

    /// <summary>The scale's end: the highest bar, rounded up to a round number.</summary>
    private long Top
    {
        get
        {
            var highest = Bars.Select(b => b.Values.Sum()).DefaultIfEmpty(0).Max();
            var power = 1L;
            while (power * 10 <= highest)
            {
                power *= 10;
            }

            return Steps.Select(step => step * power).First(top => top >= highest);
        }
    }

    /// <summary>Labels stand no closer than about eight to the chart.</summary>
    private int Every => Math.Max(1, (Bars.Count + 7) / 8);

    private IEnumerable<(int Series, double From, double Size)> Stack(Bar bar)
    {
        var from = 0.0;
        for (var series = 0; series < bar.Values.Count; series++)
        {
            var size = 100.0 * bar.Values[series] / Top;
            yield return (series, from, size);
            from += size;
        }
    }

    private string Percent(int index, double offset) => Number((index + offset) * 100 / Bars.Count) + "%";

    private string Width(double share) => Number(share * 100 / Bars.Count) + "%";

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
