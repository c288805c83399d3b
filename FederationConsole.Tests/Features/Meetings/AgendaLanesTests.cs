using FederationConsole.Features.Attributes;
using FederationConsole.Features.Meetings;

namespace FederationConsole.Tests.Features.Meetings;

public sealed class AgendaLanesTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Fact]
    public void What_is_at_the_same_time_stands_side_by_side_and_clashes_unless_one_allows_it()
    {
        Agenda[] agendas = [Agenda("main", 9, 12), Agenda("ai", 14, 16), Agenda("cloud", 15, 17), Agenda("late", 16, 18), Agenda("show", 9, 18, overlaps: true)];
        var day = Assert.Single(AgendaLanes.Of(agendas, Zone));
        Assert.Equal((9, 3, 36), (day.Start.Hour, day.Lanes, day.Rows));
        var slots = day.Slots.ToDictionary(s => s.Agenda.Key);
        Assert.Equal((20, 8), (slots["ai"].From, slots["ai"].Rows));
        Assert.Distinct(new[] { slots["ai"].Lane, slots["cloud"].Lane, slots["show"].Lane });
        Assert.Equal(["cloud"], slots["ai"].Clashes.Select(a => a.Key));
        Assert.Equal(["ai", "late"], slots["cloud"].Clashes.Select(a => a.Key));
        Assert.Empty(slots["show"].Clashes);
        Assert.Empty(slots["main"].Clashes);
    }

    [Fact]
    public void What_goes_on_after_midnight_ends_its_day()
    {
        var days = AgendaLanes.Of([Agenda("party", 22, 26), Agenda("next", 33, 34)], Zone);
        Assert.Equal([8, 4], days.Select(d => d.Rows));
    }

    [Fact]
    public void A_field_comes_with_what_it_waits_for_and_goes_with_it()
    {
        FormField[] form =
        [
            new() { Name = "A", Label = "A", Type = AttributeType.MultiEnum, Options = [new("x", "x"), new("y", "y")] },
            new() { Name = "B", Label = "B", Type = AttributeType.Boolean, ShowIf = new("A", ["y"]) },
            new() { Name = "C", Label = "C", Type = AttributeType.String, ShowIf = new("B", ["true"]) },
        ];
        Assert.Equal(["A"], Shown(new()));
        Assert.Equal(["A", "B", "C"], Shown(new() { ["A"] = "x;y", ["B"] = "true" }));
        Assert.Equal(["A"], Shown(new() { ["A"] = "x", ["B"] = "true" }));

        IEnumerable<string> Shown(Dictionary<string, string?> typed) => FormVisibility.Shown(form, name => typed.GetValueOrDefault(name)).Select(f => f.Name);
    }

    private static Agenda Agenda(string key, int from, int to, bool overlaps = false)
    {
        var day = new DateTimeOffset(2036, 12, 1, 0, 0, 0, TimeSpan.FromHours(8));
        return new() { Id = from, Key = key, Name = key, StartsAt = day.AddHours(from), EndsAt = day.AddHours(to), Overlaps = overlaps };
    }
}
