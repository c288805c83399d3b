using System.Globalization;
using FederationConsole.Features.Overview;
using FederationConsole.Features.QrLogin;
using FederationConsole.Platform;
using FederationConsole.Tests.Faces.Scan;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;

namespace FederationConsole.Tests.Features.QrLogin;

/// <summary>What became of codes, as the console tells it.</summary>
public sealed class QrReaderTests
{
    [Theory, BothDatabases]
    public async Task The_funnel_counts_every_end_and_outlives_its_tickets(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var token = (await scan.World.MemberAsync("13838383388")).AccessToken;
        await scan.OpenAsync();
        await scan.LoginAsync(await scan.OpenAsync(), token);
        var cancelled = await scan.OpenAsync();
        await scan.ScanAsync(cancelled, token);
        await scan.CancelAsync(cancelled, token);
        var wrong = await scan.OpenAsync();
        await scan.ScanAsync(wrong, token);
        await scan.ConfirmAsync(wrong, token, "0");
        var scanned = await scan.OpenAsync();
        await scan.ScanAsync(scanned, token);
        await scan.ScanAsync(scanned, token);

        Assert.Equal((5, 4, 1, 2, 0), await FunnelAsync(scan));
        scan.World.Host.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal((5, 4, 1, 2, 2), await FunnelAsync(scan));

        scan.World.Host.Time.Advance(TimeSpan.FromDays(3));
        await scan.World.Get<TicketCleaner>().CleanAsync(CancellationToken.None);
        Assert.Equal((0, 0, 0, 0, 0), await FunnelAsync(scan));
        Assert.Equal((5, 4, 1, 2, 2), await FunnelAsync(scan, days: 7));
    }

    [Theory, BothDatabases]
    public async Task The_overview_shows_the_same_funnel_for_all_apps(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        await scan.OpenAsync();
        await scan.World.Get<QrCounters>().FlushAsync();
        var data = World.Value(await scan.World.Get<OverviewReader>().ReadAsync(
            Actor.Host, scan.World.Development.Id, TimeZoneInfo.Utc, OverviewSpan.Day, null, CancellationToken.None));
        Assert.Equal(1, data.Codes.Shown);
        Assert.Equal(1, data.Codes.Bars[^1].Shown);
    }

    [Theory, BothDatabases]
    public async Task Tickets_are_listed_with_their_owner_masked_for_who_only_reads(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var token = (await scan.World.MemberAsync("13838383388")).AccessToken;
        await scan.OpenAsync();
        await scan.RedeemAsync(await scan.LoginAsync(await scan.OpenAsync(query: "origin=" + Uri.EscapeDataString(ScanWorld.Origin)), token));

        var (read, worked) = (await TicketsAsync(scan, Role.ReadOnly), await TicketsAsync(scan, Role.Operator));
        Assert.Equal(2, read.Total);
        Assert.Equal([TicketStatus.Confirmed, TicketStatus.Waiting], read.Rows.Select(r => r.Status));
        Assert.True(read.Rows[0] is { IsRedeemed: true, IsEmbedded: true });
        Assert.DoesNotContain("13838383388", read.Rows[0].Owner, StringComparison.Ordinal);
        Assert.Contains("13838383388", worked.Rows[0].Owner, StringComparison.Ordinal);
        Assert.Null(read.Rows[1].Owner);

        scan.World.Host.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(0, (await TicketsAsync(scan, Role.Operator)).Total);
    }

    [Theory, BothDatabases]
    public async Task A_code_s_story_is_found_by_its_id_its_address_and_its_user(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var login = await scan.World.MemberAsync("13838383388");
        var code = await scan.OpenAsync();
        await scan.RedeemAsync(await scan.LoginAsync(code, login.AccessToken));
        var row = (await TicketsAsync(scan, Role.ReadOnly)).Rows.Single();
        foreach (var text in new[] { row.Id.ToString(CultureInfo.InvariantCulture), code.Ticket, login.UserId.ToString(CultureInfo.InvariantCulture) })
        {
            var story = Assert.Single(await StoriesAsync(scan, scan.World.Development.Id, text));
            Assert.True(story is { ScannedAt: not null, DecidedAt: not null, RedeemedAt: not null, Status: TicketStatus.Confirmed });
            Assert.Empty(await StoriesAsync(scan, scan.World.Production.Id, text));
        }

        Assert.Empty(await StoriesAsync(scan, scan.World.Development.Id, "nobody's"));
    }

    [Theory, BothDatabases]
    public async Task Another_project_s_administrator_reads_nothing(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var stranger = Admins.With(Role.Owner, ProjectId.Of(999));
        var (reader, id, app) = (scan.World.Get<QrReader>(), scan.World.Development.Id, scan.World.AppOf(scan.World.Development));
        Assert.Equal(FaultKind.Forbidden, (await reader.TicketsAsync(stranger, id, app, 1, CancellationToken.None)).Fault!.Kind);
        Assert.Equal(FaultKind.Forbidden, (await reader.FunnelAsync(stranger, id, app, TimeZoneInfo.Utc, 1, CancellationToken.None)).Fault!.Kind);
    }

    [Theory, BothDatabases]
    public async Task A_preview_is_framed_by_this_host_alone_and_is_good_for_nothing(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var own = scan.World.Host.Address.GetLeftPart(UriPartial.Authority);
        var page = await scan.PageAsync($"/api/connect/qrlogin?app_id={scan.World.AppKey}&origin={Uri.EscapeDataString(own)}&preview=desktop");
        Assert.EndsWith("frame-ancestors 'self'", page.Policy, StringComparison.Ordinal);
        var root = page.Html.GetElementById("scan")!;
        var token = (await scan.World.MemberAsync("13838383388")).AccessToken;
        var code = await scan.LoginAsync(new(root.GetAttribute("data-ticket")!, root.GetAttribute("data-secret")!), token);
        Assert.Equal(40004, (await scan.RedeemAsync(code)).ScanCode());
        Assert.Equal((0, 0, 0, 0, 0), await FunnelAsync(scan));
        Assert.Equal(0, (await TicketsAsync(scan, Role.Operator)).Total);

        // Asked for by the app's own page it is what it always is.
        var embedded = await scan.PageAsync($"/api/connect/qrlogin?app_id={scan.World.AppKey}&origin={Uri.EscapeDataString(ScanWorld.Origin)}&preview=desktop");
        Assert.EndsWith($"frame-ancestors 'self' {ScanWorld.Origin}", embedded.Policy, StringComparison.Ordinal);
        Assert.Equal((1, 0, 0, 0, 0), await FunnelAsync(scan));
        Assert.EndsWith("frame-ancestors 'none'", (await scan.PageAsync($"/api/connect/qrlogin?app_id={scan.World.AppKey}&redirect_uri={Uri.EscapeDataString(ScanWorld.Redirect)}&preview=desktop")).Policy, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<TicketRow>> StoriesAsync(ScanWorld scan, EnvironmentId environment, string text) =>
        World.Value(await scan.World.Get<QrReader>().StoriesAsync(Admins.With(Role.ReadOnly, scan.World.Development.ProjectId), environment, text, CancellationToken.None));

    private static async Task<TicketRows> TicketsAsync(ScanWorld scan, Role role) => World.Value(await scan.World.Get<QrReader>().TicketsAsync(
        Admins.With(role, scan.World.Development.ProjectId), scan.World.Development.Id, scan.World.AppOf(scan.World.Development), 1, CancellationToken.None));

    private static async Task<(long Shown, long Scanned, long Confirmed, long Cancelled, long Expired)> FunnelAsync(ScanWorld scan, int days = 1)
    {
        await scan.World.Get<QrCounters>().FlushAsync();
        var funnel = World.Value(await scan.World.Get<QrReader>().FunnelAsync(
            Actor.Host, scan.World.Development.Id, scan.World.AppOf(scan.World.Development), TimeZoneInfo.Utc, days, CancellationToken.None));
        return (funnel.Shown, funnel.Scanned, funnel.Confirmed, funnel.Cancelled, funnel.Expired);
    }
}
