using AngleSharp.Html.Parser;
using FederationConsole.Tests.Support;
using static FederationConsole.Tests.Support.MeetingWorld;

namespace FederationConsole.Tests.Faces.Attendee;

/// <summary>console.md: light pages are under 30 KB all told.</summary>
public sealed class PageWeightTests
{
    [Fact]
    public async Task Register_and_ticket_load_less_than_30_kilobytes_even_uncompressed()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var meeting = await world.MeetingAsync();
        var registered = World.Value(await world.RegisterAsync(meeting, Asks(Mobile(1))));
        foreach (var address in new[] { "/m/register/meeting-1?type=guest", "/m/ticket/" + registered.Attendee.CheckinCode })
        {
            var html = await world.Host.Http.GetStringAsync(new Uri(address, UriKind.Relative));
            using var page = await new HtmlParser().ParseDocumentAsync(html);
            var parts = page.QuerySelectorAll("link[rel=stylesheet]").Select(l => l.GetAttribute("href")!).Concat(page.QuerySelectorAll("script[src]").Select(s => s.GetAttribute("src")!)).Append(address);
            var bytes = await Task.WhenAll(parts.Select(async part => (await world.Host.Http.GetByteArrayAsync(new Uri(part, UriKind.Relative))).Length));
            Assert.InRange(bytes.Sum(), 1, 30 * 1024);
        }
    }
}
