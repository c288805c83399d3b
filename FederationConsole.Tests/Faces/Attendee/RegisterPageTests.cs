using System.Net;
using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Registrations;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static FederationConsole.Tests.Support.MeetingWorld;
using static Microsoft.Playwright.Assertions;

namespace FederationConsole.Tests.Faces.Attendee;

/// <summary>The light pages of registration: without their script by plain HTTP, with it in a browser.</summary>
public sealed class RegisterPageTests
{
    private const string Guests = "/m/register/meeting-1?type=guest";

    [Fact]
    public async Task A_form_registers_once_however_often_it_is_sent_and_leads_to_the_ticket()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var meeting = await world.MeetingAsync(quota: 3);
        var (_, types, _) = await GetAsync(world, "/m/register/meeting-1");
        Assert.Contains("href=\"/m/register/meeting-1?type=press\"", types, StringComparison.Ordinal);
        var (status, form, headers) = await GetAsync(world, Guests);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("form-action 'self'", headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("仅剩 3 张", form, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", form, StringComparison.Ordinal);
        var sent = Filled(KeyOf(form));

        var both = await Task.WhenAll(PostAsync(world, sent), PostAsync(world, sent));

        Assert.All(both, r => Assert.Equal(HttpStatusCode.SeeOther, r.Status));
        Assert.Single(both.Select(r => r.Location).Distinct());
        Assert.Equal(1, (await world.TakenAsync(meeting))[Free]);
        var (ticketStatus, ticket, ticketHeaders) = await GetAsync(world, both[0].Location!);
        Assert.Equal((HttpStatusCode.OK, "no-store", "noindex, nofollow"), (ticketStatus, ticketHeaders["Cache-Control"], ticketHeaders["X-Robots-Tag"]));
        Assert.Contains("<svg", ticket, StringComparison.Ordinal);
        Assert.Contains("主论坛", ticket, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", ticket, StringComparison.Ordinal);

        // The browser's way back, another person typed over: the same form is not the same registration.
        var (changed, again, _) = await PostAsync(world, With(sent, ("f.Mobile", Mobile(2))));
        Assert.Equal(HttpStatusCode.OK, changed);
        Assert.Contains("这份表单已经提交过", again, StringComparison.Ordinal);
        Assert.NotEqual(sent["key"], KeyOf(again));
        // And a mobile that is registered shows nobody's ticket.
        var (existing, stranger, location) = await PostAsync(world, With(sent, ("key", "another")));
        Assert.Equal((HttpStatusCode.Conflict, null), (existing, location));
        Assert.DoesNotContain("王芳", stranger, StringComparison.Ordinal);
    }

    /// <summary>Seed 001: 手机或邮箱必须要有一个.</summary>
    [Fact]
    public async Task A_form_that_asks_for_neither_mobile_nor_mail_is_asked_a_mobile_all_the_same()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await world.MeetingAsync();
        World.Done(await world.Get<Store>().WriteAsync<Outcome>(world.Development.Scope, async db =>
        {
            var type = await db.Set<AttendeeType>().FirstAsync(t => t.Key == Guest);
            type.Fields = [.. type.Fields.Take(1)];
            db.Audit(Actor.Host, "meeting.type_saved", "meeting", "meeting-1");
            db.Signal(MeetingCatalog.Topic);
            return Outcome.Done;
        }));
        var (_, form, _) = await GetAsync(world, Guests);
        Assert.Contains("name=\"f.Mobile\"", form, StringComparison.Ordinal);
        Assert.DoesNotContain("f.Email", form, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(world, Filled(KeyOf(form)))).Status);
    }

    [Fact]
    public async Task Faults_stand_at_their_fields_and_nothing_typed_is_lost_or_run()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await world.MeetingAsync();

        var (status, page, _) = await PostAsync(world, With(Filled("k"), ("f.FullName", "<script>alert(1)</script>"), ("f.Age", "7"), ("f.Industry", "other")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("id=\"f.Age-wrong\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"f.OtherIndustry-wrong\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"&lt;script&gt;alert(1)&lt;/script&gt;\"", page, StringComparison.Ordinal);
        var clash = await PostAsync(world, [.. Filled("k"), new("agenda", AlsoMorning)]);
        Assert.Contains("时间冲突", clash.Text, StringComparison.Ordinal);
        Assert.Contains("invitation code", (await PostAsync(world, With(Filled("k"), ("code", "WRONG")), "en")).Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Nobody_is_left_before_a_form_that_says_nothing()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var meeting = await world.MeetingAsync(quota: 1);

        // Without the script all fields stand there.
        Assert.Contains("<noscript><small>仅当“行业”为“其他”时填写", (await GetAsync(world, Guests)).Text, StringComparison.Ordinal);
        var (status, unread, _) = await PostAsync(world, With(Filled("k"), ("f.FullName", "a\0b")));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("没能读取", unread, StringComparison.Ordinal);
        var many = (await PostAsync(world, With(Filled("k"), ("quantity", "9")))).Text;
        Assert.Contains("每单可购 1 到 3 张", many, StringComparison.Ordinal);
        Assert.DoesNotContain("Quantity", many, StringComparison.Ordinal);
        Assert.Contains("请选择门票", (await PostAsync(world, With(Filled("k"), ("ticket", "")))).Text, StringComparison.Ordinal);

        // The one ticket of the press is gone, the meeting has another still.
        World.Value(await world.RegisterAsync(meeting, Asks(Mobile(9))));
        var press = (await GetAsync(world, "/m/register/meeting-1?type=press")).Text;
        Assert.Contains("目前没有可选的门票", press, StringComparison.Ordinal);
        Assert.DoesNotContain("<button", press, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_stops_a_registration_is_said_kindly()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var now = world.Host.Time.GetUtcNow();
        await world.MeetingAsync("early", adjust: m => m.OpensAt = now.AddDays(1));
        await world.MeetingAsync("over", adjust: m => m.ClosesAt = now);
        await world.MeetingAsync("off", adjust: m => m.CancelledAt = now);
        await world.MeetingAsync("full", capacity: 0);

        foreach (var (meeting, words) in new[] { ("early", "报名尚未开始"), ("over", "报名已结束"), ("off", "会议已取消"), ("full", "售罄") })
        {
            var (status, page, _) = await GetAsync(world, "/m/register/" + meeting);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains(words, page, StringComparison.Ordinal);
            Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(world, "/m/register/none")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(world, "/m/ticket/1234567890123456789")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(world, "/m/ticket/abc")).Status);
    }

    [Fact]
    public async Task Who_guesses_codes_is_told_when_to_come_again()
    {
        await using var world = await World.CreateAsync(new TestHostOptions { Settings = new Dictionary<string, string> { ["Guessing:FailuresPerMinute"] = "10" } });
        for (var code = 0; code < 10; code++)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(world, $"/m/ticket/{code:0000000000000000000}")).Status);
        }

        foreach (var path in new[] { "/m/ticket/1000000000000000000", "/m/register/meeting-1" })
        {
            var (status, _, headers) = await GetAsync(world, path);
            Assert.Equal(HttpStatusCode.TooManyRequests, status);
            Assert.InRange(int.Parse(headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        }
    }

    [Fact]
    public async Task A_ticket_says_what_its_order_is()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var made = World.Value(await world.RegisterAsync(await world.MeetingAsync(), Asks(Mobile(1), Dear)));

        await SaysAsync("15 分钟内", picture: false);
        World.Value(await world.Get<OrderService>().PayAsync(Actor.Host, world.Development, made.Order.Number));
        await SaysAsync("入场时出示", picture: true);
        World.Value(await world.Get<OrderService>().CancelAsync(Actor.Host, world.Development, made.Order.Number));
        await SaysAsync("订单已取消", picture: false);

        async Task SaysAsync(string words, bool picture)
        {
            var (_, page, _) = await GetAsync(world, "/m/ticket/" + made.Attendee.CheckinCode);
            Assert.Contains(words, page, StringComparison.Ordinal);
            Assert.Equal(picture, page.Contains("<svg", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task On_a_phone_what_is_chosen_shows_what_can_be_chosen_next()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await world.MeetingAsync();

        await Chromium.VisitAsync(world.Host.Address, async page =>
        {
            await page.GotoAsync(Guests);
            await Expect(page.GetByLabel("具体行业")).ToBeHiddenAsync();
            await page.Locator("[id='f.Industry']").SelectOptionAsync("other");
            await page.GetByLabel("具体行业").FillAsync("会展");
            await Expect(page.Locator("input[value=dinner]")).ToBeDisabledAsync();
            await page.Locator("input[value=dear]").CheckAsync();
            await Expect(page.Locator("input[value=dinner]")).ToBeEnabledAsync();
            await page.Locator("input[value=morning]").CheckAsync();
            await Expect(page.Locator("input[value=also-morning]")).ToBeDisabledAsync();
            await page.GetByLabel("姓名 *").FillAsync("王芳");
            await page.GetByLabel("手机").FillAsync(Mobile(7));
            await page.AssertAccessibleAsync();
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
            await page.ScreenshotAsync(new() { Path = Path.Combine(Repository.TestResults, "register-390.png"), FullPage = true });
            await page.GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();
            await Expect(page.GetByRole(Microsoft.Playwright.AriaRole.Status)).ToContainTextAsync("待支付");
            await page.AssertAccessibleAsync();
        }, options => options.ViewportSize = new() { Width = 390, Height = 800 });

        var kept = await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<FederationConsole.Features.Registrations.Attendee>().SingleAsync());
        Assert.Equal(("会展", Morning), (kept.Fields["OtherIndustry"], Assert.Single(kept.Agendas)));
    }

    private static Dictionary<string, string> Filled(string key) => new()
    {
        ["key"] = key, ["ticket"] = Free, ["quantity"] = "1", ["agenda"] = Morning, ["f.FullName"] = "王芳", ["f.Mobile"] = Mobile(1), ["code"] = "",
    };

    private static Dictionary<string, string> With(Dictionary<string, string> form, params (string Name, string Value)[] changes)
    {
        var changed = new Dictionary<string, string>(form);
        foreach (var (name, value) in changes)
        {
            changed[name] = value;
        }

        return changed;
    }

    private static async Task<(HttpStatusCode Status, string Text, Dictionary<string, string> Headers)> GetAsync(World world, string path)
    {
        using var reply = await world.Host.Http.GetAsync(new Uri(path, UriKind.Relative));
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync(), reply.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value)));
    }

    private static async Task<(HttpStatusCode Status, string Text, string? Location)> PostAsync(World world, IEnumerable<KeyValuePair<string, string>> form, string? language = null)
    {
        using var content = new FormUrlEncodedContent(form);
        using var reply = await world.Host.Http.PostAsync(new Uri(Guests + (language is null ? "" : "&lang=" + language), UriKind.Relative), content);
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync(), reply.Headers.Location?.OriginalString);
    }

    private static string KeyOf(string page) => page.Split("name=\"key\" value=\"")[1].Split('"')[0];
}
