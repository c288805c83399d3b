using System.Net;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Faces.Scan;

/// <summary><c>/m/scan/{ticket}</c> by its forms, as a phone's browser sends them.</summary>
public sealed class PhonePageTests
{
    private const string Mobile = "13838383388";

    [Theory, BothDatabases]
    public async Task Somebody_signs_in_by_password_sees_what_asks_and_confirms(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        await scan.World.RegisteredAsync(Mobile);
        var phone = new PhoneBrowser(scan);
        var code = await scan.OpenAsync();
        var first = await phone.GetAsync(code);
        Assert.Equal("请先登录", first.Html.QuerySelector("h1")!.TextContent);
        Assert.Empty(first.Html.QuerySelectorAll("script"));
        Assert.DoesNotContain("script-src", first.Policy, StringComparison.Ordinal);
        Assert.Equal(101, (await scan.StateAsync(code)).ScanCode());

        var wrong = await phone.PostAsync(code, "/password", new() { ["account"] = Mobile, ["password"] = "wrong-1234" });
        Assert.Equal("账号或密码不对。", wrong.Html.QuerySelector(".alarm")!.TextContent);
        var signedIn = await phone.PostAsync(code, "/password", new() { ["account"] = Mobile, ["password"] = People.Password });
        Assert.Equal(HttpStatusCode.SeeOther, signedIn.Status);
        Assert.Contains("httponly", signedIn.Headers["Set-Cookie"], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", signedIn.Headers["Set-Cookie"], StringComparison.OrdinalIgnoreCase);

        var ask = await phone.GetAsync(code);
        Assert.Equal("登录「商城」？", ask.Html.QuerySelector("h1")!.TextContent);
        Assert.Contains("127.0.0.1", ask.Html.QuerySelector("dl")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(Mobile, ask.Html.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Equal(["取消", "确认登录"], ask.Html.QuerySelectorAll(".two button").Select(b => b.TextContent));
        var number = (await scan.NowAsync(code)).GetProperty("number").GetString()!;
        Assert.Contains(number, ask.Html.QuerySelectorAll("input[name=number]").Select(i => i.GetAttribute("value")));

        // Without a number it is asked again.
        Assert.NotNull((await phone.DecideAsync(code, ask, "confirm", null)).Html.QuerySelector(".numbers"));
        var done = await phone.DecideAsync(code, ask, "confirm", number);
        Assert.Equal("已确认登录", done.Html.QuerySelector("h1")!.TextContent);
        Assert.Equal("已确认登录", (await phone.GetAsync(code)).Html.QuerySelector("h1")!.TextContent);
        var state = await scan.StateAsync(code);
        Assert.Equal(1, (await scan.RedeemAsync(state.Data().GetProperty("auth_code").GetString()!)).ScanCode());
    }

    [Theory, BothDatabases]
    public async Task Somebody_signs_in_by_a_text_message_and_nobody_learns_who_is_registered(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        await scan.World.RegisteredAsync(Mobile);
        var phone = new PhoneBrowser(scan);
        var code = await scan.OpenAsync();
        var known = await phone.PostAsync(code, "/send-code", new() { ["phone"] = Mobile });
        var unknown = await phone.PostAsync(code, "/send-code", new() { ["phone"] = "13900000000" });
        Assert.NotNull(known.Html.QuerySelector(".good"));
        Assert.Equal(known.Text.Trim(), unknown.Text.Trim());
        var sent = await scan.CodeSentAsync("+86" + Mobile);
        Assert.Null(await scan.World.CodeAsync("+8613900000000"));

        Assert.Equal("验证码不对。", (await phone.PostAsync(code, "/code", new() { ["phone"] = Mobile, ["code"] = sent.Other() })).Html.QuerySelector(".alarm")!.TextContent);
        Assert.Equal(HttpStatusCode.SeeOther, (await phone.PostAsync(code, "/code", new() { ["phone"] = Mobile, ["code"] = sent })).Status);
        Assert.NotNull((await phone.GetAsync(code)).Html.QuerySelector(".numbers"));
    }

    [Theory, BothDatabases]
    public async Task After_the_free_messages_a_picture_must_be_read(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        await scan.World.SetAsync(scan.World.Development.Policies with { SmsFreePerDay = 0 });
        var phone = new PhoneBrowser(scan);
        var code = await scan.OpenAsync();
        var asked = await phone.PostAsync(code, "/send-code", new() { ["phone"] = Mobile });
        var picture = asked.Html.QuerySelector(".captcha img")!.GetAttribute("src")!;
        using var png = await scan.World.Host.Http.GetAsync(new Uri(picture, UriKind.Relative));
        Assert.Equal("image/png", png.Content.Headers.ContentType!.MediaType);
        var answer = await scan.World.ReadAsync(db => db.Set<FederationConsole.Features.Verifications.Captcha>().Select(c => c.Answer).SingleAsync());
        Assert.NotNull((await phone.PostAsync(code, "/send-code", new() { ["phone"] = Mobile, ["captcha"] = answer })).Html.QuerySelector(".good"));
    }

    [Theory, BothDatabases]
    public async Task A_ticket_that_is_unknown_over_or_anothers_is_told_in_plain_words(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var token = (await scan.World.LoginAsync("o-1")).AccessToken;
        await scan.World.RegisteredAsync(Mobile);
        var phone = new PhoneBrowser(scan);
        var mine = await scan.OpenAsync();
        await phone.SignInAsync(mine, Mobile);

        var unknown = await phone.GetAsync(mine with { Ticket = "AAAAAAAAAAAAAAAAAAAAAA" });
        Assert.Equal((HttpStatusCode.NotFound, "二维码无效"), (unknown.Status, unknown.Html.QuerySelector("h1")!.TextContent));
        Assert.Equal(HttpStatusCode.NotFound, (await phone.GetAsync(mine with { Ticket = "x" })).Status);

        var others = await scan.OpenAsync();
        await scan.ScanAsync(others, token);
        var taken = await phone.GetAsync(others);
        Assert.Equal((HttpStatusCode.Gone, "二维码已被他人扫描"), (taken.Status, taken.Html.QuerySelector("h1")!.TextContent));
        await scan.ConfirmAsync(others, token, (await scan.NowAsync(others)).GetProperty("number").GetString());
        Assert.Equal("二维码已使用", (await phone.GetAsync(others)).Html.QuerySelector("h1")!.TextContent);
        Assert.Equal("二维码已使用", (await new PhoneBrowser(scan).GetAsync(others)).Html.QuerySelector("h1")!.TextContent);

        scan.World.Host.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("二维码已过期", (await phone.GetAsync(mine)).Html.QuerySelector("h1")!.TextContent);
        Assert.Equal("The code is over", (await phone.GetAsync(mine, "en-US")).Html.QuerySelector("h1")!.TextContent);
    }

    [Theory, BothDatabases]
    public async Task A_wrong_number_and_cancel_end_it(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        await scan.World.RegisteredAsync(Mobile);
        var phone = new PhoneBrowser(scan);
        var (first, second) = (await scan.OpenAsync(), await scan.OpenAsync());
        var ask = await phone.SignInAsync(first, Mobile);
        var number = (await scan.NowAsync(first)).GetProperty("number").GetString();
        Assert.Equal("数字选错了", (await phone.DecideAsync(first, ask, "confirm", number == "10" ? "11" : "10")).Html.QuerySelector("h1")!.TextContent);
        Assert.Equal(103, (await scan.StateAsync(first)).ScanCode());

        ask = await phone.GetAsync(second);
        Assert.Equal("已取消登录", (await phone.DecideAsync(second, ask, "cancel", null)).Html.QuerySelector("h1")!.TextContent);
        Assert.Equal(103, (await scan.StateAsync(second)).ScanCode());
    }

    [Theory, BothDatabases]
    public async Task A_form_of_another_site_or_without_its_key_decides_nothing(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        await scan.World.RegisteredAsync(Mobile);
        var phone = new PhoneBrowser(scan);
        var (code, other) = (await scan.OpenAsync(), await scan.OpenAsync());
        var ask = await phone.SignInAsync(code, Mobile);
        var key = PhoneBrowser.KeyOf(ask);
        var othersKey = PhoneBrowser.KeyOf(await phone.GetAsync(other));
        var number = (await scan.NowAsync(code)).GetProperty("number").GetString()!;
        foreach (var (origin, sent) in new[] { ("https://evil.example", key), ("null", key), (null, key), (phone.Origin, ""), (phone.Origin, "x"), (phone.Origin, othersKey) })
        {
            var reply = await phone.PostAsync(code, "", new() { ["decision"] = "confirm", ["number"] = number, ["key"] = sent }, origin ?? "");
            Assert.Equal(HttpStatusCode.SeeOther, reply.Status);
            Assert.Equal(102, (await scan.StateAsync(code)).ScanCode());
        }

        var stranger = new PhoneBrowser(scan);
        Assert.Equal(HttpStatusCode.SeeOther, (await stranger.PostAsync(code, "/password", new() { ["account"] = Mobile, ["password"] = People.Password }, "https://evil.example")).Status);
        Assert.Null(stranger.Cookie);
        Assert.Equal("已确认登录", (await phone.DecideAsync(code, ask, "confirm", number)).Html.QuerySelector("h1")!.TextContent);
    }

    [Theory, BothDatabases]
    public async Task A_link_on_another_site_scans_nothing_before_somebody_goes_on(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        await scan.World.RegisteredAsync(Mobile);
        var phone = new PhoneBrowser(scan);
        await phone.SignInAsync(await scan.OpenAsync(), Mobile);
        var code = await scan.OpenAsync();
        foreach (var site in new[] { "cross-site", "same-site" })
        {
            var asked = await phone.GetAsync(code, site: site);
            Assert.Equal("继续登录「商城」？", asked.Html.QuerySelector("h1")!.TextContent);
            Assert.Equal("/m/scan/" + code.Ticket, asked.Html.QuerySelector("a")!.GetAttribute("href"));
        }

        Assert.Equal(101, (await scan.StateAsync(code)).ScanCode());
        await phone.GetAsync(code, site: "same-origin");
        Assert.Equal(102, (await scan.StateAsync(code)).ScanCode());
    }

    [Theory, BothDatabases]
    public async Task Signing_out_cancels_and_ends_the_session(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        await scan.World.RegisteredAsync(Mobile);
        var phone = new PhoneBrowser(scan);
        var code = await scan.OpenAsync();
        var ask = await phone.SignInAsync(code, Mobile);
        await phone.PostAsync(code, "/leave", new() { ["key"] = PhoneBrowser.KeyOf(ask) });
        Assert.Equal(103, (await scan.StateAsync(code)).ScanCode());
        Assert.Equal("请先登录", (await phone.GetAsync(await scan.OpenAsync())).Html.QuerySelector("h1")!.TextContent);
        Assert.Equal(SessionEnd.LoggedOut, await scan.World.ReadAsync(db => db.Set<Session>().Select(s => s.EndReason).SingleAsync()));
    }

    [Theory, BothDatabases]
    public async Task A_project_with_its_vendors_accounts_alone_offers_none_of_ours(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        await scan.World.RegisteredAsync(Mobile);
        await scan.World.SetAsync(scan.World.Development.Policies with { OwnAccounts = false });
        var phone = new PhoneBrowser(scan);
        var code = await scan.OpenAsync();
        Assert.Empty((await phone.GetAsync(code)).Html.QuerySelectorAll("form"));
        await phone.PostAsync(code, "/password", new() { ["account"] = Mobile, ["password"] = People.Password });
        Assert.Null(phone.Cookie);
    }

    /// <summary>A session of the neighbour environment is none here: each has a cookie of its own, and the ticket names the environment.</summary>
    [Theory, BothDatabases]
    public async Task A_session_of_the_other_environment_is_none(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        await scan.World.RegisteredAsync(Mobile);
        var phone = new PhoneBrowser(scan);
        var production = await scan.OpenAsync(scan.World.ProductionAppKey);
        await phone.SignInAsync(await scan.OpenAsync(), Mobile);
        phone.Cookie = phone.Cookie!.Replace($"scan-{scan.World.Development.Id}", $"scan-{scan.World.Production.Id}", StringComparison.Ordinal);
        Assert.Equal("请先登录", (await phone.GetAsync(production)).Html.QuerySelector("h1")!.TextContent);
    }
}
