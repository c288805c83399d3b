using System.Net;
using FederationConsole.Features.Projects;
using FederationConsole.Features.QrLogin;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Faces.Scan;

/// <summary>The page with the code (seed 004, 1.3.1), as its bytes are.</summary>
public sealed class QrPageTests
{
    [Theory, BothDatabases]
    public async Task The_first_answer_holds_the_code_and_the_keys(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var page = await scan.PageAsync($"/api/connect/qrlogin?app_id={scan.World.AppKey}&redirect_uri={Uri.EscapeDataString(ScanWorld.Redirect)}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        var root = page.Html.GetElementById("scan")!;
        Assert.Matches("^[A-Za-z0-9_-]{22}$", root.GetAttribute("data-ticket"));
        Assert.Matches("^[A-Za-z0-9_-]{43}$", root.GetAttribute("data-secret"));
        Assert.NotNull(page.Html.QuerySelector(".code svg path"));
        Assert.Contains("商城", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", page.Policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", page.Policy, StringComparison.Ordinal);
        Assert.Equal("no-store", page.Headers["Cache-Control"]);
        Assert.Empty(page.Html.QuerySelectorAll("script:not([src]), [style], [onclick]"));
        var english = await scan.PageAsync($"/api/connect/qrlogin?app_id={scan.World.AppKey}&redirect_uri={Uri.EscapeDataString(ScanWorld.Redirect)}", "en-GB");
        Assert.Equal("Sign in by QR code", english.Html.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task All_that_the_page_loads_is_less_than_30_kilobytes_even_uncompressed()
    {
        await using var scan = await ScanWorld.CreateAsync(DatabaseKind.Sqlite);
        var address = $"/api/connect/qrlogin?app_id={scan.World.AppKey}&redirect_uri={Uri.EscapeDataString(ScanWorld.Redirect)}";
        var page = await scan.PageAsync(address);
        var parts = page.Html.QuerySelectorAll("link[rel=stylesheet]").Select(l => l.GetAttribute("href")!).Concat(page.Html.QuerySelectorAll("script").Select(s => s.GetAttribute("src")!)).Append(address).ToList();
        Assert.Equal(4, parts.Count);
        var bytes = await Task.WhenAll(parts.Select(async part => (await scan.World.Host.Http.GetByteArrayAsync(new Uri(part, UriKind.Relative))).Length));
        Assert.InRange(bytes.Sum(), 1, 30 * 1024);
    }

    [Fact]
    public async Task What_an_administrator_named_is_text_and_never_markup()
    {
        await using var scan = await ScanWorld.CreateAsync(DatabaseKind.Sqlite);
        var app = scan.World.Get<ProjectCatalog>().App(scan.World.AppKey)!;
        World.Done(await scan.World.Get<AppService>().RenameAsync(Actor.Host, scan.World.Development.ProjectId, app.Id, "<img src=x onerror='a'>\"&", 1));
        var page = await scan.PageAsync($"/api/connect/qrlogin?app_id={app.AppKey}&redirect_uri={Uri.EscapeDataString(ScanWorld.Redirect)}");
        Assert.Equal("<img src=x onerror='a'>\"&", page.Html.QuerySelector(".app")!.TextContent);
        Assert.Empty(page.Html.QuerySelectorAll("[onerror]"));
    }

    /// <summary>Redirect targets are compared exactly; the page that refuses leads nowhere (RFC 9700, 2.1).</summary>
    [Theory]
    [InlineData("https://shop.example/callback/")]
    [InlineData("https://shop.example/Callback")]
    [InlineData("https://SHOP.example/callback")]
    [InlineData("HTTPS://shop.example/callback")]
    [InlineData("https://shop.example./callback")]
    [InlineData("https://shop.example:443/callback")]
    [InlineData("https://shop.example:8443/callback")]
    [InlineData("http://shop.example/callback")]
    [InlineData("https://shop.example/callback?x=1")]
    [InlineData("https://shop.example/callback#x")]
    [InlineData("https://shop.example%2Fcallback")]
    [InlineData("https://shop.example/%63allback")]
    [InlineData("https://shop.example//callback")]
    [InlineData("https://shop.example\\callback")]
    [InlineData("https://shop.example/a/../callback")]
    [InlineData("https://evil@shop.example/callback")]
    [InlineData("https://shop.example@evil.example/callback")]
    [InlineData("https://evil.example/https://shop.example/callback")]
    [InlineData("//shop.example/callback")]
    [InlineData("/callback")]
    [InlineData("javascript:alert(1)//https://shop.example/callback")]
    [InlineData("data:text/html,x")]
    [InlineData(" https://shop.example/callback")]
    [InlineData("")]
    public async Task A_redirect_that_is_not_registered_exactly_is_refused_and_leads_nowhere(string uri)
    {
        await using var scan = await ScanWorld.CreateAsync(DatabaseKind.Sqlite);
        var page = await scan.PageAsync($"/api/connect/qrlogin?app_id={scan.World.AppKey}&redirect_uri={Uri.EscapeDataString(uri)}");

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("40006", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Html.GetElementById("scan"));
        Assert.Empty(page.Html.QuerySelectorAll("a, form, meta[http-equiv], script"));
        Assert.DoesNotContain("Location", page.Headers.Keys);
        Assert.DoesNotContain("evil", page.Html.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Wrong_apps_and_parameters_have_their_codes(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var redirect = "redirect_uri=" + Uri.EscapeDataString(ScanWorld.Redirect);
        foreach (var (query, code) in new[]
        {
            (redirect, "40001"),
            ("app_id=nobody&" + redirect, "40002"),
            ($"app_id={scan.World.IdleAppKey}&{redirect}", "40002"),
            ($"app_id={scan.World.AppKey}", "40006"),
            ($"app_id={scan.World.AppKey}&app_id=x&{redirect}", "40001"),
            ($"app_id={scan.World.AppKey}&{redirect}&state={new string('x', 600)}", "40001"),
            ($"app_id={scan.World.AppKey}&{redirect}&state=%00", "40001"),
            ($"app_id=%3Cscript%3E&{redirect}", "40002"),
        })
        {
            var page = await scan.PageAsync("/api/connect/qrlogin?" + query);
            Assert.True(page.Status == HttpStatusCode.BadRequest && page.Text.Contains(code, StringComparison.Ordinal), $"{query}: {page.Text}");
        }
    }

    [Theory, BothDatabases]
    public async Task Only_registered_origins_may_embed_it(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var embedded = await scan.PageAsync($"/api/connect/qrlogin?app_id={scan.World.AppKey}&origin={Uri.EscapeDataString(ScanWorld.Origin)}");
        Assert.Equal(HttpStatusCode.OK, embedded.Status);
        Assert.EndsWith("frame-ancestors 'self' https://shop.example", embedded.Policy, StringComparison.Ordinal);
        Assert.Equal(ScanWorld.Origin, embedded.Html.GetElementById("scan")!.GetAttribute("data-origin"));

        foreach (var origin in new[] { "https://evil.example", "https://shop.example.evil.example", "https://SHOP.example", "https://shop.example/", "null", "*", "http://shop.example", "https://shop.example:8443" })
        {
            var page = await scan.PageAsync($"/api/connect/qrlogin?app_id={scan.World.AppKey}&origin={Uri.EscapeDataString(origin)}");
            Assert.True(page.Status == HttpStatusCode.BadRequest && page.Text.Contains("40007", StringComparison.Ordinal), origin);
            Assert.Contains("frame-ancestors 'none'", page.Policy, StringComparison.Ordinal);
            Assert.Null(page.Html.GetElementById("scan"));
        }
    }

    [Theory, BothDatabases]
    public async Task The_redirect_keeps_a_query_and_brings_the_state_back(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var token = (await scan.World.LoginAsync("o-1")).AccessToken;
        var plain = await scan.OpenAsync();
        var code = await scan.LoginAsync(plain, token);
        Assert.Equal($"{ScanWorld.Redirect}?auth_code={code}", (await scan.NowAsync(plain)).GetProperty("redirect").GetString());

        var other = await scan.OpenAsync(query: $"redirect_uri={Uri.EscapeDataString(ScanWorld.Redirect + "/with?query=1")}&state={Uri.EscapeDataString("a b&c")}");
        code = await scan.LoginAsync(other, token);
        Assert.Equal($"{ScanWorld.Redirect}/with?query=1&auth_code={code}&state=a%20b%26c", (await scan.NowAsync(other)).GetProperty("redirect").GetString());

        var embedded = await scan.OpenAsync(query: "origin=" + Uri.EscapeDataString(ScanWorld.Origin));
        await scan.LoginAsync(embedded, token);
        Assert.False((await scan.NowAsync(embedded)).TryGetProperty("redirect", out _));
    }

    [Theory, BothDatabases]
    public async Task An_address_that_asks_for_too_many_codes_is_told_to_wait(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(new TestHostOptions
        {
            Database = database, Settings = new Dictionary<string, string> { ["QrLogin:CodesPerAddressAndMinute"] = "10" },
        });
        for (var i = 0; i < 10; i++)
        {
            await scan.OpenAsync();
        }

        var refused = await scan.PageAsync($"/api/connect/qrlogin?app_id={scan.World.AppKey}&redirect_uri={Uri.EscapeDataString(ScanWorld.Redirect)}");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Contains("40029", refused.Text, StringComparison.Ordinal);
        scan.World.Host.Time.Advance(TimeSpan.FromMinutes(1));
        await scan.OpenAsync();
    }

    [Theory, BothDatabases]
    public async Task An_app_may_do_without_numbers_and_refreshes(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var (settings, environment) = (scan.World.Get<QrSettings>(), scan.World.Development.Id);
        var app = scan.World.Get<ProjectCatalog>().App(scan.World.AppKey)!;
        World.Done(await settings.SetPolicyAsync(Actor.Host, environment, app.Id, numberMatching: false, refreshes: 0, version: 0));
        Assert.Equal(FaultKind.Changed, (await settings.SetPolicyAsync(Actor.Host, environment, app.Id, true, 2, version: 0)).Fault!.Kind);
        Assert.Equal(FaultKind.Invalid, (await settings.SetPolicyAsync(Actor.Host, environment, app.Id, true, 99, version: 1)).Fault!.Kind);

        var page = await scan.PageAsync($"/api/connect/qrlogin?app_id={app.AppKey}&redirect_uri={Uri.EscapeDataString(ScanWorld.Redirect)}");
        Assert.Equal("0", page.Html.GetElementById("scan")!.GetAttribute("data-refreshes"));
        var token = (await scan.World.LoginAsync("o-1")).AccessToken;
        var code = await scan.OpenAsync();
        Assert.Equal(0, (await scan.ScanAsync(code, token)).Data().GetProperty("numbers").GetArrayLength());
        Assert.False((await scan.NowAsync(code)).TryGetProperty("number", out _));
        Assert.Equal(1, (await scan.ConfirmAsync(code, token, null)).ScanCode());
    }
}
