using System.Globalization;
using Bunit;
using FederationConsole.Shell.Components;

namespace FederationConsole.Tests.Shell;

public sealed class RelativeTimeTests : ShellContext
{
    [Theory]
    [InlineData("00:00:59", "刚刚")]
    [InlineData("00:01:00", "1 分钟前")]
    [InlineData("00:59:59", "59 分钟前")]
    [InlineData("01:00:00", "1 小时前")]
    [InlineData("23:59:59", "23 小时前")]
    [InlineData("1.00:00:00", "1 天前")]
    [InlineData("6.23:00:00", "6 天前")]
    [InlineData("7.00:00:00", "2025-12-25")]
    [InlineData("-00:00:30", "刚刚")]
    [InlineData("-00:05:00", "5 分钟后")]
    [InlineData("-2.00:00:00", "2 天后")]
    public void Says_it_as_people_do(string ago, string text) =>
        Assert.Equal(text, Show(TimeSpan.Parse(ago, CultureInfo.InvariantCulture)).TextContent);

    [Fact]
    public void The_full_time_stands_in_the_projects_zone()
    {
        var time = Show(TimeSpan.FromMinutes(3));
        Assert.Equal("2026-01-01 07:57:00 UTC+08:00", time.GetAttribute("title"));
        Assert.Equal("2025-12-31T23:57:00.0000000Z", time.GetAttribute("datetime"));
    }

    [Fact]
    public void English_too()
    {
        Speak("en");
        Assert.Equal("3 min ago", Show(TimeSpan.FromMinutes(3)).TextContent);
    }

    private AngleSharp.Dom.IElement Show(TimeSpan ago) =>
        Render<RelativeTime>(with => with.AddCascadingValue(Demo).Add(t => t.At, Clock.GetUtcNow() - ago)).Find("time");
}
