using System.Net;
using System.Text.RegularExpressions;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Overview;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.SignIn;
using FederationConsole.Features.Traces;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Faces.OpenApi;

/// <summary>Seed 000: usercode, autoLogin, and what the browser does afterwards.</summary>
public sealed class AutoLoginTests
{
    private const string Origin = "https://meeting.example.com";

    [Theory, BothDatabases]
    public async Task A_code_signs_its_user_in_once_and_leads_to_the_returl(DatabaseKind database)
    {
        await using var world = await OpenAsync(database);
        var token = await world.AppTokenAsync(world.AppKey);
        var uid = await world.AccountAsync(token);

        var code = await world.AskAsync("/op/security/usercode?loginUserId=" + uid, token);
        Assert.Matches("""^\{"businessCode":0,"businessMessage":"","data":"[A-Za-z0-9_-]{43}"\}$""", code.Text);
        var page = await PageAsync(world, uid, code.Json.GetProperty("data").GetString()!, JointWorld.Site);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("<noscript>", page.Text, StringComparison.Ordinal);
        Assert.Contains("正在登录", page.Text, StringComparison.Ordinal);
        Assert.Matches("default-src 'none'.*script-src 'self'", page.Policy);

        var replies = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => world.AutoLoginAsync(uid, code.Json.GetProperty("data").GetString()!)));

        var done = Assert.Single(replies, r => r.Business() == 0);
        Assert.Equal(410, replies.Single(r => r != done).Business());
        var access = done.Data("accessToken");
        Assert.Equal($"{JointWorld.Site}?token={access}", done.Data("target"));
        var session = World.Value(await world.Get<SessionCheck>().CheckAsync(access));
        var user = await world.ReadAsync(db => db.Set<User>().SingleAsync());
        Assert.Equal((user.Id, world.AppKey), (session.UserId, world.Get<ProjectCatalog>().App(session.AppId, session.EnvironmentId)!.AppKey));
        Assert.Equal(410, (await world.AutoLoginAsync(uid, code.Json.GetProperty("data").GetString()!)).Business());
    }

    [Theory]
    [InlineData("https://meeting.example.com/app/x?a=1&token=2#part", null, "https://meeting.example.com/app/x?a=1&token=2&token=T#part")]
    [InlineData("https://meeting.example.com/app/x?a=1#part", "fragment", "https://meeting.example.com/app/x?a=1#part&token=T")]
    [InlineData("https://meeting.example.com/app/", "fragment", "https://meeting.example.com/app/#token=T")]
    [InlineData("https://MEETING.example.com:443/app/报名", null, "https://meeting.example.com/app/%E6%8A%A5%E5%90%8D?token=T")]
    public async Task The_returl_keeps_what_it_has(string returl, string? tokenIn, string target)
    {
        await using var world = await OpenAsync(DatabaseKind.Sqlite);
        var token = await world.AppTokenAsync(world.AppKey);
        var uid = await world.AccountAsync(token);
        var done = await world.AutoLoginAsync(uid, await world.UserCodeAsync(token, uid), returl, tokenIn);
        done.IsDone();
        Assert.Equal(target.Replace("=T", "=" + done.Data("accessToken"), StringComparison.Ordinal), done.Data("target"));
    }

    [Fact]
    public async Task A_returl_outside_the_list_gets_a_page_that_links_nowhere_and_spends_nothing()
    {
        await using var world = await OpenAsync(DatabaseKind.Sqlite);
        var token = await world.AppTokenAsync(world.AppKey);
        var uid = await world.AccountAsync(token);
        var code = await world.UserCodeAsync(token, uid);
        foreach (var returl in new[] { "https://evil.example/", "javascript:alert(1)", "//meeting.example.com/app/", "https://meeting.example.com/apple", "https://meeting.example.com@evil.example/app/", "\"><script>" })
        {
            var page = await PageAsync(world, uid, code, returl);
            Assert.Equal(HttpStatusCode.BadRequest, page.Status);
            Assert.Contains("目标地址不在允许的范围内", page.Text, StringComparison.Ordinal);
            Assert.DoesNotMatch(new Regex("<a |<script|<form|evil|javascript:", RegexOptions.None, TimeSpan.FromSeconds(1)), page.Text);
            var refused = await world.AutoLoginAsync(uid, code, returl);
            Assert.True(refused.Business() == 1 && refused.Says().Contains("returl", StringComparison.Ordinal), refused.Text);
        }

        foreach (var (who, what) in new[] { (Guid.NewGuid().ToString(), code), ("x", code), ("", code), (uid, "") })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await PageAsync(world, who, what, JointWorld.Site)).Status);
        }

        (await world.AutoLoginAsync(uid, code)).IsDone();
    }

    [Theory, BothDatabases]
    public async Task A_code_is_good_for_five_minutes_one_user_and_one_environment(DatabaseKind database)
    {
        await using var world = await OpenAsync(database);
        var token = await world.AppTokenAsync(world.AppKey);
        var (ming, hong) = (await world.AccountAsync(token), await world.AccountAsync(token, "hong"));
        var theirs = await world.AccountAsync(await world.AppTokenAsync(world.ProductionAppKey));
        var code = await world.UserCodeAsync(token, ming);

        foreach (var (uid, wrong) in new[] { (hong, code), (theirs, code), (ming, code[..42] + (code[42] == 'A' ? 'B' : 'A')), (ming, code.ToUpperInvariant() + "x") })
        {
            Assert.Equal(410, (await world.AutoLoginAsync(uid, wrong)).Business());
        }

        // What a wrong guess met is not spent.
        (await world.AutoLoginAsync(ming, code)).IsDone();
        var (late, good) = (await world.UserCodeAsync(token, ming), await world.UserCodeAsync(token, hong));
        world.Host.Time.Advance(TimeSpan.FromSeconds(299));
        (await world.AutoLoginAsync(hong, good)).IsDone();
        world.Host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(410, (await world.AutoLoginAsync(ming, late)).Business());
    }

    [Theory, BothDatabases]
    public async Task Nobody_else_gets_a_code(DatabaseKind database)
    {
        await using var world = await OpenAsync(database);
        var (token, neighbour) = (await world.AppTokenAsync(world.AppKey), await world.AppTokenAsync(world.ProductionAppKey));
        var uid = await world.AccountAsync(token);
        foreach (var (asked, by, code) in new[] { (uid, neighbour, 404), (Guid.NewGuid().ToString(), token, 404), ("7", token, 404), ("", token, 1) })
        {
            var reply = await world.AskAsync("/op/security/usercode?loginUserId=" + asked, by);
            Assert.True(reply.Status == HttpStatusCode.OK && reply.Business() == code, reply.Text);
        }

        var unsigned = await world.AskAsync("/op/security/usercode?loginUserId=" + uid, null);
        Assert.Equal((HttpStatusCode.Unauthorized, 401), (unsigned.Status, unsigned.Business()));

        var before = await world.UserCodeAsync(token, uid);
        World.Done(await world.Get<Store>().WriteAsync<Outcome>(world.Development.Scope, async db =>
        {
            (await db.Set<User>().SingleAsync()).DisabledAt = db.Now;
            db.Audit(Actor.Host, "user.disabled", "user", uid);
            return Outcome.Done;
        }));
        Assert.Equal(403, (await world.AskAsync("/op/security/usercode?loginUserId=" + uid, token)).Business());
        Assert.Equal(403, (await world.AutoLoginAsync(uid, before)).Business());
    }

    [Theory, BothDatabases]
    public async Task A_website_takes_a_session_of_its_own_once_renews_it_and_ends_both(DatabaseKind database)
    {
        await using var world = await OpenAsync(database);
        var token = await world.AppTokenAsync(world.AppKey);
        var uid = await world.AccountAsync(token);
        var host = (await world.AutoLoginAsync(uid, await world.UserCodeAsync(token, uid))).Data("accessToken");

        Assert.Equal(403, (await world.CallAsync("/op/security/session", new { token = host }, origin: "https://evil.example")).Business());
        Assert.Equal(403, (await world.CallAsync("/op/security/session", new { token = host })).Business());
        Assert.Equal(410, (await world.CallAsync("/op/security/session", new { token = (await world.LoginAsync("ming")).AccessToken }, origin: Origin)).Business());
        var taken = await world.CallAsync("/op/security/session", new { token = host }, origin: Origin);
        taken.IsDone();
        Assert.Equal("*", taken.Response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(410, (await world.CallAsync("/op/security/session", new { token = host }, origin: Origin)).Business());

        var renewed = await world.CallAsync("/op/security/refresh", new { refreshToken = taken.Data("refreshToken") }, origin: Origin);
        renewed.IsDone();
        Assert.Equal(410, (await world.CallAsync("/op/security/refresh", new { refreshToken = "x" })).Business());
        Assert.Equal(1, (await world.CallAsync("/op/security/refresh", new { refreshToken = "" })).Business());
        Assert.True((await world.Get<SessionCheck>().CheckAsync(host)).Ok);

        (await world.CallAsync("/op/security/signout", new { token = renewed.Data("accessToken") }, origin: Origin)).IsDone();

        Assert.False((await world.Get<SessionCheck>().CheckAsync(host)).Ok);
        Assert.False((await world.Get<SessionCheck>().CheckAsync(renewed.Data("accessToken"))).Ok);
        (await world.CallAsync("/op/security/signout", new { token = host })).IsDone();
    }

    [Theory, BothDatabases]
    public async Task A_redemption_is_traced_and_counted_and_one_that_fails_too(DatabaseKind database)
    {
        await using var world = await OpenAsync(database);
        var token = await world.AppTokenAsync(world.AppKey);
        var uid = await world.AccountAsync(token);
        var code = await world.UserCodeAsync(token, uid);
        Assert.Equal(1, (await world.AutoLoginAsync(uid, code, "https://evil.example/")).Business());
        (await world.AutoLoginAsync(uid, code)).IsDone();
        Assert.Equal(410, (await world.AutoLoginAsync(uid, code)).Business());
        // A code that never was is nobody's.
        Assert.Equal(410, (await world.AutoLoginAsync(uid, new string('A', 43))).Business());

        await world.Get<SignInTraces>().FlushAsync();
        await world.Get<SignInCounters>().FlushAsync();
        var user = await world.ReadAsync(db => db.Set<User>().SingleAsync());
        var traces = World.Value(await world.Get<TraceService>().FindAsync(Actor.Host, world.Development.Id, new(user.Id.ToString()))).Traces;
        Assert.Equal([nameof(FaultKind.NotFound), null, nameof(FaultKind.Invalid)], traces.Select(t => t.Fault));
        Assert.All(traces, t => Assert.Equal((TraceCall.JointLogin, 0, TraceAnswer.None, world.AppKey, "127.0.0.1"), (t.Call, t.Source, t.Answer, t.AppKey, t.Address)));
        Assert.Equal(3, traces.Select(t => t.RequestId).Distinct().Count());
        Assert.Equal(3, (await world.ReadAsync(db => db.Set<SignInTrace>().ToListAsync())).Count);

        var overview = World.Value(await world.Get<OverviewReader>().ReadAsync(Actor.Host, world.Development.Id, TimeZoneInfo.Utc, OverviewSpan.Week, null, default));
        Assert.Equal(new WayIn(0, 1, 2, 0), Assert.Single(overview.Ways));
        Assert.True(overview.Checklist.Login);
    }

    private static async Task<World> OpenAsync(DatabaseKind database)
    {
        var world = await World.CreateAsync(database);
        await world.AllowReturnAsync(JointWorld.Site);
        return world;
    }

    private static async Task<(HttpStatusCode Status, string Text, string Policy)> PageAsync(World world, string uid, string code, string returl)
    {
        using var reply = await world.Host.Http.GetAsync(new Uri($"/home/autoLogin.html?uid={uid}&code={code}&returl={Uri.EscapeDataString(returl)}", UriKind.Relative));
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync(), reply.Headers.TryGetValues("Content-Security-Policy", out var policy) ? policy.Single() : "");
    }
}
