using System.Text.RegularExpressions;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Tests.Faces.OpenApi;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Microsoft.Playwright.Assertions;

namespace FederationConsole.Tests.Browser;

/// <summary>Seed 000 from the organiser's server to a website of another origin, in two tabs of one browser.</summary>
public sealed class JointLoginStory
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task An_organiser_sends_a_person_to_a_website_that_keeps_them_signed_in()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var site = await WebsiteAsync(world);
        var address = site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single().TrimEnd('/');
        await world.AllowReturnAsync(address + "/");
        await world.SetAsync(new Policies { AccessTokenSeconds = 100 });
        var token = await world.AppTokenAsync(world.AppKey);
        var uid = await world.AccountAsync(token);

        await Chromium.VisitAsync(world.Host.Address, async page =>
        {
            // The browser's clock is moved by hand from here on.
            await page.Context.Clock.InstallAsync();
            await page.GotoAsync($"/home/autoLogin.html?uid={uid}&code={await world.UserCodeAsync(token, uid)}&returl={Uri.EscapeDataString(address + "/welcome?a=1#b")}");
            // The token was in the address, and is no more.
            await Expect(page).ToHaveURLAsync(new Regex("^" + Regex.Escape(address) + "/welcome[?]a=1#b$", RegexOptions.None, Limit));
            await page.WaitForFunctionAsync("window.heard.length === 1");
            var first = await page.EvaluateAsync<string>("FederationSession.getToken()");
            Assert.True((await world.Get<SessionCheck>().CheckAsync(first)).Ok);

            var other = await page.Context.NewPageAsync();
            await other.GotoAsync(address + "/welcome");
            Assert.Equal(first, await other.EvaluateAsync<string>("FederationSession.getToken()"));

            // A fifth of its life before the end, one of the two tabs renews it, and both have the new one.
            await page.Context.Clock.FastForwardAsync(81_000);
            await page.WaitForFunctionAsync("first => window.heard.at(-1) !== first", first);
            await other.WaitForFunctionAsync("first => window.heard.at(-1) !== first", first);
            var second = await page.EvaluateAsync<string>("FederationSession.getToken()");
            Assert.Equal(second, await other.EvaluateAsync<string>("FederationSession.getToken()"));
            Assert.True((await world.Get<SessionCheck>().CheckAsync(second)).Ok);
            Assert.Equal(1, await world.ReadAsync(db => db.Set<SpentRefreshToken>().CountAsync()));

            await other.EvaluateAsync("FederationSession.signOut()");
            await page.WaitForFunctionAsync("window.heard.at(-1) === null");
            Assert.Null(await page.EvaluateAsync<string?>("FederationSession.getToken()"));
            Assert.False((await world.Get<SessionCheck>().CheckAsync(second)).Ok);
            Assert.Equal(0, await world.ReadAsync(db => db.Set<Session>().CountAsync(s => s.EndedAt == null)));

            // A spent link says so, in words, and is accessible.
            await page.GotoAsync($"/home/autoLogin.html?uid={uid}&code={new string('A', 43)}&returl={Uri.EscapeDataString(address + "/welcome")}");
            await Expect(page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("已使用或已失效");
            await page.AssertAccessibleAsync();
        });
    }

    [Fact]
    public async Task Without_web_locks_a_lease_lets_one_tab_renew_and_runs_out_with_a_tab_that_died()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var site = await WebsiteAsync(world);
        var address = site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single().TrimEnd('/');
        await world.AllowReturnAsync(address + "/");
        await world.SetAsync(new Policies { AccessTokenSeconds = 100 });
        var token = await world.AppTokenAsync(world.AppKey);
        var uid = await world.AccountAsync(token);

        await Chromium.VisitAsync(world.Host.Address, async page =>
        {
            // As over http, where browsers have none.
            await page.Context.AddInitScriptAsync("Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })");
            await page.Context.Clock.InstallAsync();
            await page.GotoAsync($"/home/autoLogin.html?uid={uid}&code={await world.UserCodeAsync(token, uid)}&returl={Uri.EscapeDataString(address + "/welcome")}");
            await page.WaitForURLAsync(address + "/welcome");
            await page.WaitForFunctionAsync("window.heard.length === 1");
            Assert.True(await page.EvaluateAsync<bool>("navigator.locks === undefined"));
            var first = await page.EvaluateAsync<string>("FederationSession.getToken()");
            var other = await page.Context.NewPageAsync();
            await other.GotoAsync(address + "/welcome");

            await page.Context.Clock.FastForwardAsync(81_000);
            await page.WaitForFunctionAsync("first => window.heard.at(-1) !== first", first);
            await other.WaitForFunctionAsync("first => window.heard.at(-1) !== first", first);
            Assert.Equal(1, await world.ReadAsync(db => db.Set<SpentRefreshToken>().CountAsync()));
            await page.WaitForFunctionAsync("localStorage.getItem('federation.session.renewal') === null");

            // A tab that died while it renewed holds the others up for as long as its lease, and no longer.
            var second = await page.EvaluateAsync<string>("FederationSession.getToken()");
            await page.EvaluateAsync("localStorage.setItem('federation.session.renewal', JSON.stringify({ me: 'gone', until: Date.now() + 90000 }))");
            await page.Context.Clock.FastForwardAsync(81_000);
            await page.WaitForFunctionAsync("new Promise(done => setTimeout(() => done(true), 1000))");
            Assert.Equal(second, await page.EvaluateAsync<string>("window.heard.at(-1)"));
            await page.Context.Clock.FastForwardAsync(9_000);
            await page.WaitForFunctionAsync("second => window.heard.at(-1) !== second", second);
            await other.WaitForFunctionAsync("second => window.heard.at(-1) !== second", second);
            Assert.Equal(2, await world.ReadAsync(db => db.Set<SpentRefreshToken>().CountAsync()));
            Assert.True((await world.Get<SessionCheck>().CheckAsync(await other.EvaluateAsync<string>("FederationSession.getToken()"))).Ok);
        });
    }

    /// <summary>Somebody else's website, whose page includes the script.</summary>
    private static async Task<WebApplication> WebsiteAsync(World world)
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/welcome", () => Results.Content($$"""
            <!doctype html><title>meeting</title><p>welcome</p>
            <script src="{{world.Host.Address.GetLeftPart(UriPartial.Authority)}}/js/session.js"></script>
            <script>window.heard = []; FederationSession.onChange(token => window.heard.push(token));</script>
            """, "text/html"));
        await app.StartAsync();
        return app;
    }
}
