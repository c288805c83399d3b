using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FederationConsole.Tests.Faces.Scan;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FederationConsole.Tests.Browser;

/// <summary>Seed 004 as two people's hands do it: a PC's browser and a phone's, and a website of another origin.</summary>
public sealed class QrLoginStory
{
    private const string Mobile = "13838383388";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_pc_is_signed_in_by_a_phone_and_comes_back_to_the_website()
    {
        await using var site = await Website.StartAsync();
        await using var scan = await StartAsync(site);
        await VisitAsync(scan, async (pc, phone) =>
        {
            await pc.GotoAsync($"/api/connect/qrlogin?app_id={scan.World.AppKey}&redirect_uri={Uri.EscapeDataString(site.Address + "/callback")}&state=s-1");
            await Expect(pc.Locator(".code svg").First).ToBeVisibleAsync();
            await pc.AssertAccessibleAsync();
            await SignInAsync(phone, await TicketAsync(pc.Locator("#scan")));
            await phone.AssertAccessibleAsync();
            await Expect(pc.GetByText("扫描成功，请在手机上确认登录")).ToBeVisibleAsync();
            await pc.AssertAccessibleAsync();
            await ConfirmAsync(phone, pc.Locator(".number"));
            await Expect(pc).ToHaveURLAsync(new Regex("^" + Regex.Escape(site.Address) + "/callback[?]auth_code=", RegexOptions.None, Limit));
            Assert.Matches("[?]auth_code=[A-Za-z0-9_-]{43}&state=s-1$", pc.Url);
            await Expect(phone.GetByText("已确认登录")).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task A_website_embeds_the_code_and_hears_every_event()
    {
        await using var site = await Website.StartAsync();
        await using var scan = await StartAsync(site);
        await VisitAsync(scan, async (pc, phone) =>
        {
            // The website is light, and so is what stands in it, whatever the PC prefers.
            await pc.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await pc.GotoAsync(site.Page("/embed", scan));
            await Expect(pc.FrameLocator("#login_container iframe").Locator("body")).ToHaveCSSAsync("background-color", "rgb(255, 255, 255)");
            var frame = pc.FrameLocator("#login_container iframe");
            var root = frame.Locator("#scan");

            await SignInAsync(phone, await TicketAsync(root));
            await EventsAsync(pc, "102");
            await phone.GetByRole(AriaRole.Button, new() { Name = "取消" }).ClickAsync();
            await EventsAsync(pc, "102 103");
            await frame.GetByRole(AriaRole.Button, new() { Name = "重新扫码" }).ClickAsync();

            // Five minutes three times: it renews itself twice, then waits for a click.
            var before = await ChangedAsync(root, "");
            for (var i = 0; i < 2; i++)
            {
                await scan.WaitingAsync(1);
                scan.World.Host.Time.Advance(TimeSpan.FromMinutes(5));
                before = await ChangedAsync(root, before);
            }

            await scan.WaitingAsync(1);
            scan.World.Host.Time.Advance(TimeSpan.FromMinutes(5));
            await Expect(frame.GetByText("二维码已失效，请点击刷新")).ToBeVisibleAsync();
            await EventsAsync(pc, "102 103 104 104 104");
            await frame.GetByRole(AriaRole.Button, new() { Name = "点击刷新" }).ClickAsync();

            await phone.GotoAsync("/m/scan/" + await ChangedAsync(root, before));
            await EventsAsync(pc, "102 103 104 104 104 102");
            await ConfirmAsync(phone, frame.Locator(".number"));
            await EventsAsync(pc, "102 103 104 104 104 102 1");
            var code = await pc.EvaluateAsync<string>("window.heard.at(-1).data.auth_code");
            Assert.Equal(scan.World.Host.Address.GetLeftPart(UriPartial.Authority), await pc.EvaluateAsync<string>("window.heard.at(-1).origin"));
            Assert.Equal(1, (await scan.RedeemAsync(code)).ScanCode());
        });
    }

    [Fact]
    public async Task A_foreign_page_that_embeds_it_gets_nothing()
    {
        await using var site = await Website.StartAsync();
        await using var scan = await StartAsync(site);
        await VisitAsync(scan, async (pc, _) =>
        {
            // The same server by another name is another origin, and none that the app registered.
            foreach (var path in new[] { "/embed", "/lie" })
            {
                await pc.GotoAsync(site.Page(path, scan).Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
                await pc.WaitForFunctionAsync("document.querySelector('iframe') !== null");
                await pc.WaitForTimeoutAsync(500);
                Assert.All(pc.Frames.Skip(1), frame => Assert.DoesNotContain("/api/connect/qrlogin", frame.Url, StringComparison.Ordinal));
                Assert.Equal(0, await pc.EvaluateAsync<int>("window.heard.length"));
            }

            Assert.Equal(0, scan.World.Get<FederationConsole.Features.QrLogin.TicketWatch>().Count);
        });
    }

    [Fact]
    public async Task It_works_where_sockets_are_blocked()
    {
        await using var site = await Website.StartAsync();
        await using var scan = await StartAsync(site);
        await VisitAsync(scan, async (pc, phone) =>
        {
            await pc.AddInitScriptAsync("window.WebSocket = class { constructor() { throw new Error('blocked'); } };");
            await pc.GotoAsync($"/api/connect/qrlogin?app_id={scan.World.AppKey}&redirect_uri={Uri.EscapeDataString(site.Address + "/callback")}");
            await SignInAsync(phone, await TicketAsync(pc.Locator("#scan")));
            await Expect(pc.Locator(".number")).ToBeVisibleAsync();
            await ConfirmAsync(phone, pc.Locator(".number"));
            await Expect(pc).ToHaveURLAsync(new Regex("^" + Regex.Escape(site.Address) + "/callback[?]auth_code=", RegexOptions.None, Limit));
        });
    }

    /// <summary>A proxy that swallows sockets, a cable that was pulled: no open, no close, no word.</summary>
    [Theory]
    [InlineData("send() {}")]
    [InlineData("send() { setTimeout(() => this.onmessage({ data: '{\"type\":1,\"target\":\"state\",\"arguments\":[{\"code\":101}]}\\x1e' })); }")]
    public async Task A_socket_that_falls_silent_is_given_up(string send)
    {
        await using var site = await Website.StartAsync();
        await using var scan = await StartAsync(site);
        await VisitAsync(scan, async (pc, phone) =>
        {
            await pc.Clock.InstallAsync();
            await pc.AddInitScriptAsync($"window.WebSocket = class {{ constructor() {{ setTimeout(() => this.onopen()); }} {send} close() {{}} }};");
            await pc.GotoAsync($"/api/connect/qrlogin?app_id={scan.World.AppKey}&redirect_uri={Uri.EscapeDataString(site.Address + "/callback")}");
            var ticket = await TicketAsync(pc.Locator("#scan"));
            await pc.Clock.RunForAsync(1_000);
            await pc.Clock.FastForwardAsync(60_000);
            await SignInAsync(phone, ticket);
            await Expect(pc.Locator(".number")).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task The_demo_works_out_of_the_box_both_ways()
    {
        await using var host = await TestHost.StartAsync();
        await Chromium.VisitAsync(host.Address, async pc =>
        {
            await using var other = await pc.Context.Browser!.NewContextAsync(new() { BaseURL = host.Address.ToString(), Locale = "zh-CN", ViewportSize = new() { Width = 390, Height = 844 } });
            var phone = await other.NewPageAsync();
            await pc.GotoAsync("/demo/login/index");
            await pc.AssertAccessibleAsync();
            await pc.GetByRole(AriaRole.Link, new() { Name = "云助手扫码登录" }).ClickAsync();
            await phone.GotoAsync($"/m/scan/{await TicketAsync(pc.Locator("#scan"))}?way=sandbox");
            await phone.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
            await ConfirmAsync(phone, pc.Locator(".number"));
            await Expect(pc.GetByText("登录成功：李清华")).ToBeVisibleAsync();

            await pc.GetByRole(AriaRole.Link, new() { Name = "回到 Demo" }).ClickAsync();
            var frame = pc.FrameLocator("#login_container iframe");
            await phone.GotoAsync("/m/scan/" + await TicketAsync(frame.Locator("#scan")));
            await Expect(pc.Locator("#events li").First).ToContainTextAsync("102");
            await ConfirmAsync(phone, frame.Locator(".number"));
            await Expect(pc.GetByText("登录成功：李清华")).ToBeVisibleAsync();
        });
    }

    private static async Task<ScanWorld> StartAsync(Website site)
    {
        var scan = await ScanWorld.CreateAsync(new TestHostOptions());
        await scan.AllowAsync([site.Address + "/callback"], [site.Address]);
        await scan.World.RegisteredAsync(Mobile);
        return scan;
    }

    private static Task VisitAsync(ScanWorld scan, Func<IPage, IPage, Task> story, [CallerMemberName] string name = "") => Chromium.VisitAsync(scan.World.Host.Address, async pc =>
    {
        var options = new BrowserNewContextOptions { BaseURL = scan.World.Host.Address.ToString(), Locale = "zh-CN", ViewportSize = new() { Width = 390, Height = 844 }, IsMobile = true, HasTouch = true };
        await using var other = await pc.Context.Browser!.NewContextAsync(options);
        await story(pc, await other.NewPageAsync());
    }, name: name);

    private static async Task<string> TicketAsync(ILocator root) => (await root.GetAttributeAsync("data-ticket"))!;

    /// <summary>The ticket, once it is another one.</summary>
    private static async Task<string> ChangedAsync(ILocator root, string before)
    {
        await Expect(root).Not.ToHaveAttributeAsync("data-ticket", before);
        await Expect(root.Locator("#status")).ToHaveTextAsync("请用手机扫描二维码登录");
        return await TicketAsync(root);
    }

    private static async Task SignInAsync(IPage phone, string ticket)
    {
        await phone.GotoAsync("/m/scan/" + ticket);
        await phone.GetByLabel("手机号或邮箱").FillAsync(Mobile);
        await phone.GetByLabel("密码").Last.FillAsync(People.Password);
        await phone.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
        await Expect(phone.GetByText("登录「商城」？")).ToBeVisibleAsync();
    }

    /// <param name="shown">Where the PC shows the number, once it does.</param>
    private static async Task ConfirmAsync(IPage phone, ILocator shown)
    {
        await Expect(shown).ToBeVisibleAsync();
        var number = await shown.InnerTextAsync();
        await phone.GetByRole(AriaRole.Radio, new() { Name = number }).CheckAsync();
        await phone.GetByRole(AriaRole.Button, new() { Name = "确认登录" }).ClickAsync();
    }

    private static Task EventsAsync(IPage page, string codes) =>
        page.WaitForFunctionAsync("codes => window.heard.map(e => e.data.code).join(' ') === codes", codes);

    /// <summary>Somebody else's website, whose page is seed 004's snippet.</summary>
    private sealed class Website(WebApplication app) : IAsyncDisposable
    {
        public string Address { get; } = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single().TrimEnd('/');

        public static async Task<Website> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            app.MapGet("/callback", () => Results.Content("<!doctype html><title>callback</title>welcome", "text/html"));
            app.MapGet("/embed", (string host, string app_id) => Results.Content($$"""
                <!doctype html><title>shop</title><div id="login_container"></div>
                <script src="{{host}}/js/yzsLogin.js"></script>
                <script>{{Listener}} new YzsLogin({ id: "login_container", app_id: "{{app_id}}", height: 260, width: 260 });</script>
                """, "text/html"));
            // Says that it is the registered one.
            app.MapGet("/lie", (string host, string app_id, HttpRequest request) => Results.Content($$"""
                <!doctype html><title>lie</title>
                <iframe src="{{host}}/api/connect/qrlogin?app_id={{app_id}}&origin=http%3A%2F%2F127.0.0.1%3A{{request.Host.Port}}"></iframe>
                <script>{{Listener}}</script>
                """, "text/html"));
            await app.StartAsync();
            return new(app);
        }

        public string Page(string path, ScanWorld scan) => $"{Address}{path}?host={Uri.EscapeDataString(scan.World.Host.Address.GetLeftPart(UriPartial.Authority))}&app_id={scan.World.AppKey}";

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        private const string Listener = """
            window.heard = [];
            var hanndleMessage = function (event) {
              if (event.data && typeof(event.data.from) != 'undefined' && event.data.from == 'scan_login') window.heard.push({ origin: event.origin, data: event.data });
            };
            if (typeof window.addEventListener != 'undefined') window.addEventListener('message', hanndleMessage, false);
            """;
    }
}
