using FederationConsole.Features.Projects;
using FederationConsole.Features.QrLogin;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Faces.Scan;

/// <summary>auth_code, access_token and the user info (seed 004, 1.3.2 and 1.3.3).</summary>
public sealed class AuthCodeTests
{
    [Theory, BothDatabases]
    public async Task The_replies_are_the_seeds_to_the_letter(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var login = await scan.World.LoginAsync("o-1", """{"nickname":"梅义","avatar":"https://a.b.c/d.png"}""");
        var code = await scan.LoginAsync(await scan.OpenAsync(), login.AccessToken);
        var reply = await scan.RedeemAsync(code);
        var token = reply.Data().GetProperty("access_token").GetString()!;
        Assert.Equal($$$"""{"success":1,"data":{"code":1,"access_token":"{{{token}}}"}}""", reply.Text);
        Assert.Equal("no-store", reply.Response.Headers.CacheControl!.ToString());

        var info = await scan.UserInfoAsync(token);
        var project = scan.World.Development.ProjectId;
        var openId = info.Data().GetProperty("user_info").GetProperty("open_id").GetString();
        Assert.Equal(
            $$$$"""{"success":1,"data":{"code":1,"message":"正常","user_info":{"wzs_user_id":"{{{{login.UserId}}}}","open_id":"{{{{openId}}}}","user_code":"{{{{login.UserId}}}}","user_name":"梅义","avatar":"https://a.b.c/d.png","tenant_id":"{{{{project}}}}","tenant_code":"acme","tenant_name":"示例企业","customer_id":"{{{{project}}}}","customer_name":"示例企业","address_type":"erp","erp_ver":""}}}""",
            info.Text);

        World.Done(await scan.World.Get<QrSettings>().SetTenantAsync(Actor.Host, project, new() { CustomerId = "1212312312", CustomerName = "明源集团", ErpVersions = "352,353" }));
        var set = (await scan.UserInfoAsync(token)).Data().GetProperty("user_info");
        Assert.Equal(("1212312312", "明源集团", "352,353"), (set.GetProperty("customer_id").GetString(), set.GetProperty("customer_name").GetString(), set.GetProperty("erp_ver").GetString()));
        World.Done(await scan.World.Get<QrSettings>().SetTenantAsync(Actor.Host, project, new() { AddressType = TenantCard.Ad, Version = 1 }));
        Assert.False((await scan.UserInfoAsync(token)).Data().GetProperty("user_info").TryGetProperty("erp_ver", out _));
    }

    [Theory, BothDatabases]
    public async Task A_code_is_taken_by_get_form_and_json(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var token = (await scan.World.LoginAsync("o-1")).AccessToken;
        var query = $"/api/connect/get-access-token?app_id={scan.World.AppKey}&app_secret={scan.Secret}&auth_code={await scan.LoginAsync(await scan.OpenAsync(), token)}";
        Assert.Equal(1, (await scan.World.SendAsync(HttpMethod.Get, query)).ScanCode());

        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["app_id"] = scan.World.AppKey, ["app_secret"] = scan.Secret, ["auth_code"] = await scan.LoginAsync(await scan.OpenAsync(), token),
        });
        using var reply = await scan.World.Host.Http.PostAsync(new Uri("/api/connect/get-access-token", UriKind.Relative), form);
        Assert.Contains("\"success\":1", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, (await scan.RedeemAsync(await scan.LoginAsync(await scan.OpenAsync(), token))).ScanCode());
    }

    [Theory, BothDatabases]
    public async Task Of_many_at_once_exactly_one_redeems_and_its_session_falls(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var code = await scan.LoginAsync(await scan.OpenAsync(), (await scan.World.LoginAsync("o-1")).AccessToken);
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => scan.RedeemAsync(code)));
        var won = Assert.Single(replies, r => r.ScanCode() == 1);
        Assert.All(replies.Where(r => r != won), r => Assert.Equal(40004, r.ScanCode()));
        Assert.Equal(40005, (await scan.UserInfoAsync(won.Data().GetProperty("access_token").GetString()!)).ScanCode());
        var ended = await scan.World.ReadAsync(db => db.Set<Session>().Where(s => s.EndReason == SessionEnd.CodeReused).CountAsync());
        Assert.Equal(1, ended);
    }

    [Theory, BothDatabases]
    public async Task A_second_try_ends_what_the_first_got_and_the_persons_own_session_goes_on(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var login = await scan.World.LoginAsync("o-1");
        var code = await scan.LoginAsync(await scan.OpenAsync(), login.AccessToken);
        var token = (await scan.RedeemAsync(code)).Data().GetProperty("access_token").GetString()!;
        Assert.Equal(1, (await scan.UserInfoAsync(token)).ScanCode());
        Assert.Equal(40004, (await scan.RedeemAsync(code)).ScanCode());
        Assert.Equal(40005, (await scan.UserInfoAsync(token)).ScanCode());
        Assert.Equal(0, (await scan.World.SendAsync(HttpMethod.Get, $"/v2/user/{login.UserId}", accessToken: login.AccessToken)).Code);
    }

    [Theory, BothDatabases]
    public async Task A_code_lives_ten_minutes_and_a_token_two_hours(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var token = (await scan.World.LoginAsync("o-1")).AccessToken;
        var (late, timely) = (await scan.LoginAsync(await scan.OpenAsync(), token), await scan.LoginAsync(await scan.OpenAsync(), token));
        scan.World.Host.Time.Advance(TimeSpan.FromSeconds(599));
        var redeemed = await scan.RedeemAsync(timely);
        Assert.Equal(1, redeemed.ScanCode());
        scan.World.Host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(40004, (await scan.RedeemAsync(late)).ScanCode());

        var access = redeemed.Data().GetProperty("access_token").GetString()!;
        scan.World.Host.Time.Advance(TimeSpan.FromSeconds(7190));
        Assert.Equal(1, (await scan.UserInfoAsync(access)).ScanCode());
        scan.World.Host.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(40005, (await scan.UserInfoAsync(access)).ScanCode());
    }

    [Theory, BothDatabases]
    public async Task Whoever_is_not_the_app_gets_nothing_and_costs_the_app_nothing(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var page = await scan.OpenAsync();
        var token = (await scan.World.LoginAsync("o-1")).AccessToken;
        var code = await scan.LoginAsync(page, token);
        foreach (var (reply, expected) in new[]
        {
            (await scan.RedeemAsync(code, appKey: "nobody"), 40002),
            (await scan.RedeemAsync(code, appKey: scan.World.IdleAppKey), 40002),
            (await scan.RedeemAsync(code, secret: "wrong"), 40003),
            (await scan.RedeemAsync(code, secret: scan.ProductionSecret), 40003),
            (await scan.RedeemAsync(code, scan.World.ProductionAppKey, scan.ProductionSecret), 40004),
            (await scan.RedeemAsync("wrong"), 40004),
            (await scan.RedeemAsync(new string('A', 43)), 40004),
            (await scan.World.PostAsync("/api/connect/get-access-token", new { app_id = scan.World.AppKey }), 40001),
            (await scan.World.SendAsync(HttpMethod.Get, "/api/connect/get-user-info"), 40001),
            (await scan.UserInfoAsync("nonsense"), 40005),
            // A login that named no app has no open_id to be told.
            (await scan.UserInfoAsync(token), 40009),
        })
        {
            Assert.Equal(expected, reply.ScanCode());
            Assert.NotEmpty(reply.Data().GetProperty("message").GetString()!);
        }

        Assert.Equal(1, (await scan.RedeemAsync(code)).ScanCode());
    }

    [Theory, BothDatabases]
    public async Task The_page_cannot_be_redeemed_before_it_is_confirmed(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var page = await scan.OpenAsync();
        // The page could work its code out; it is worth nothing yet.
        var code = new TicketKeys(page.Ticket, page.Secret).AuthCode();
        Assert.Equal(40004, (await scan.RedeemAsync(code)).ScanCode());
        Assert.Equal(code, await scan.LoginAsync(page, (await scan.World.LoginAsync("o-1")).AccessToken));
        Assert.Equal(1, (await scan.RedeemAsync(code)).ScanCode());
    }

    [Theory, BothDatabases]
    public async Task An_open_id_is_the_same_for_an_app_and_another_for_the_next(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var catalog = scan.World.Get<ProjectCatalog>();
        var apps = scan.World.Get<AppService>();
        var project = scan.World.Development.ProjectId;
        var blog = World.Value(await apps.CreateAsync(Actor.Host, project, "blog", "博客"));
        World.Done(await apps.EnableServiceAsync(Actor.Host, project, blog.Id));
        await scan.AllowAsync([ScanWorld.Redirect], [ScanWorld.Origin]);
        var blogKey = catalog.App(blog.Id, scan.World.Development.Id)!.AppKey;
        var token = (await scan.World.LoginAsync("o-1")).AccessToken;

        async Task<(string OpenId, string UserId)> AskAsync(string key, string secret)
        {
            var access = (await scan.RedeemAsync(await scan.LoginAsync(await scan.OpenAsync(key), token), key, secret)).Data().GetProperty("access_token").GetString()!;
            var info = (await scan.UserInfoAsync(access)).Data().GetProperty("user_info");
            return (info.GetProperty("open_id").GetString()!, info.GetProperty("wzs_user_id").GetString()!);
        }

        var (first, again) = (await AskAsync(scan.World.AppKey, scan.Secret), await AskAsync(scan.World.AppKey, scan.Secret));
        var other = await AskAsync(blogKey, blog.Secrets[EnvironmentKind.Development]);
        Assert.Equal(first, again);
        Assert.Equal(first.UserId, other.UserId);
        Assert.NotEqual(first.OpenId, other.OpenId);
    }

    [Theory, BothDatabases]
    public async Task A_user_who_is_disabled_meanwhile_gets_no_session(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var login = await scan.World.LoginAsync("o-1");
        var code = await scan.LoginAsync(await scan.OpenAsync(), login.AccessToken);
        World.Done(await scan.World.Get<UserSessions>().DisableAsync(Actor.Host, scan.World.Development.Id, UserId.Of(login.UserId)));
        Assert.Equal(40009, (await scan.RedeemAsync(code)).ScanCode());
        Assert.Equal(40005, (await scan.ScanAsync(await scan.OpenAsync(), login.AccessToken)).ScanCode());
    }

    [Fact]
    public async Task Guessing_ends_for_an_address_that_is_wrong_too_often()
    {
        await using var scan = await ScanWorld.CreateAsync(new TestHostOptions { Settings = new Dictionary<string, string> { ["Guessing:FailuresPerMinute"] = "10" } });
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(40003, (await scan.RedeemAsync("x", secret: "wrong")).ScanCode());
        }

        var refused = await scan.RedeemAsync("x");
        Assert.Equal(40029, refused.ScanCode());
        Assert.NotNull(refused.Response.Headers.RetryAfter);
    }
}
