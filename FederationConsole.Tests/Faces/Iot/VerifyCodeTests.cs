using System.Globalization;
using System.Net;
using System.Text;
using FederationConsole.Data;
using FederationConsole.Features.Verifications;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>5.1.3.1, 5.1.3.2 and the mail's own: what a client sees of codes and captchas.</summary>
public sealed class VerifyCodeTests
{
    private const string Path = "/v2/user_register/verifycode";
    private const string MailPath = "/v2/user_register/email_verifycode";
    private const string CaptchaPath = "/v2/user_register/captcha";
    private const string Phone = "13838383388";

    [Theory, BothDatabases]
    public async Task A_code_reaches_the_phone_and_the_answer_is_empty(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);

        var reply = await world.PostAsync(Path, new { corp_id = world.Development.CorpId, phone = Phone, phone_zone = "+86", captcha = "265621", plugin_id = world.AppKey });

        Assert.Equal((HttpStatusCode.OK, "{}"), (reply.Status, reply.Text));
        Assert.Matches("^[0-9]{6}$", await world.CodeAsync("+86" + Phone));
    }

    [Theory, BothDatabases]
    public async Task Each_listed_code_of_sending_is_told(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var corp = world.Development.CorpId;
        (int Code, string Path, object Body)[] expected =
        [
            (4001001, Path, "{"),
            (4001001, Path, new { corp_id = 7, phone = Phone }),
            (4001001, Path, new { corp_id = corp, phone = "1383838" }),
            (4001002, Path, new { corp_id = corp }),
            (4001002, Path, new { phone = Phone }),
            (4001002, Path, new { corp_id = corp, email = "li@example.com" }),
            (4041010, Path, new { corp_id = "nobody", phone = Phone }),
            (4001181, Path, new { corp_id = "nobody", phone = Phone, phone_zone = "86" }),
            (4041020, Path, new { corp_id = corp, phone = Phone, plugin_id = world.ProductionAppKey }),
            (4001137, Path, new { corp_id = corp, phone = Phone, plugin_id = world.IdleAppKey }),
            (4001181, Path, new { corp_id = corp, phone = Phone, phone_zone = "86" }),
            (4001181, CaptchaPath, new { corp_id = corp, phone = Phone, phone_zone = "+0" }),
            (4001001, CaptchaPath, new { corp_id = corp, phone = "x" }),
            (4001002, CaptchaPath, new { corp_id = corp }),
            (4041010, CaptchaPath, new { corp_id = "nobody", phone = Phone }),
            (4001001, MailPath, new { corp_id = corp, email = "li" }),
            (4001002, MailPath, new { corp_id = corp, phone = Phone }),
            (4041010, MailPath, new { corp_id = "nobody", email = "li@example.com" }),
            // Production has nobody who would send it, and says so.
            (4001001, Path, new { corp_id = world.Production.CorpId, phone = Phone }),
        ];
        foreach (var (code, path, body) in expected)
        {
            var reply = await world.PostAsync(path, body);
            Assert.True(code == reply.Code && (int)reply.Status == code / 10_000, $"{code} wanted, {reply.Text} came for {body}");
        }

        Assert.Equal(4041001, (await world.SendAsync(HttpMethod.Get, Path)).Code);
        Assert.Equal(0, await world.MessagesAsync());
    }

    [Theory, BothDatabases]
    public async Task After_three_codes_a_captcha_is_asked_for_and_after_ten_none_helps(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        foreach (var (path, who) in new (string, object)[] { (Path, new { corp_id = world.Development.CorpId, phone = Phone }), (MailPath, new { corp_id = world.Development.CorpId, email = "li@example.com" }) })
        {
            async Task<int> SendAsync(string? captcha = null) =>
                (await world.PostAsync(path, new { corp_id = world.Development.CorpId, phone = path == Path ? Phone : null, email = path == Path ? null : "Li@Example.com", captcha })).Code;

            for (var sent = 0; sent < 3; sent++)
            {
                Assert.Equal(0, await SendAsync());
            }

            Assert.Equal(4001154, await SendAsync());
            Assert.Equal(4001156, await SendAsync("000000"));
            for (var sent = 3; sent < 10; sent++)
            {
                Assert.Equal(0, await SendAsync(await world.CaptchaAsync(who)));
            }

            Assert.Equal(4001052, await SendAsync());
            Assert.Equal(4001052, await SendAsync(await world.CaptchaAsync(who)));
        }

        Assert.Equal(20, await world.MessagesAsync());
        world.Host.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, (await world.PostAsync(Path, new { corp_id = world.Development.CorpId, phone = Phone })).Code);
    }

    [Theory, BothDatabases]
    public async Task A_captcha_is_good_for_one_try_of_its_own_phone_within_five_minutes(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var corp = world.Development.CorpId;
        var who = new { corp_id = corp, phone = Phone };
        for (var sent = 0; sent < 3; sent++)
        {
            Assert.Equal(0, (await world.PostAsync(Path, who)).Code);
            Assert.Equal(0, (await world.PostAsync(Path, new { corp_id = corp, phone = "13838383389" })).Code);
        }

        async Task<int> TryAsync(string captcha, string phone = Phone) => (await world.PostAsync(Path, new { corp_id = corp, phone, captcha })).Code;
        var captcha = await world.CaptchaAsync(who);
        Assert.Equal(4001156, await TryAsync(captcha, "13838383389"));
        Assert.Equal(4001156, await TryAsync(captcha.Other()));
        Assert.Equal(4001156, await TryAsync(captcha));

        captcha = await world.CaptchaAsync(who);
        Assert.Equal(0, await TryAsync(captcha));
        Assert.Equal(4001156, await TryAsync(captcha));

        captcha = await world.CaptchaAsync(who);
        world.Host.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(4001156, await TryAsync(captcha));
    }

    [Theory, BothDatabases]
    public async Task The_captchas_address_shows_a_picture_or_asks_in_words(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var reply = await world.PostAsync(CaptchaPath, new { corp_id = world.Development.CorpId, phone = Phone, phone_zone = "+86" });
        var url = new Uri(reply.Json.GetProperty("url").GetString()!);
        Assert.Equal(world.Host.Address.Authority, url.Authority);

        using var picture = await world.Host.Http.GetAsync(url);
        Assert.Equal("image/png", picture.Content.Headers.ContentType?.MediaType);
        Assert.True(picture.Headers.CacheControl?.NoStore);
        Assert.Equal("PNG", Encoding.ASCII.GetString((await picture.Content.ReadAsByteArrayAsync())[1..4]));

        var answer = await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<Captcha>().Select(c => c.Answer).SingleAsync());
        foreach (var (language, words) in new[] { ("zh-CN", "请计算："), ("en", " plus ") })
        {
            using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(url + "?form=text")) { Headers = { { "Accept-Language", language } } };
            using var asked = await world.Host.Http.SendAsync(ask);
            Assert.Equal("text/plain", asked.Content.Headers.ContentType?.MediaType);
            var question = await asked.Content.ReadAsStringAsync();
            Assert.Contains(words, question, StringComparison.Ordinal);
            var numbers = question.Split([' ', '：']).Where(word => word.All(char.IsAsciiDigit)).Select(word => int.Parse(word, CultureInfo.InvariantCulture));
            Assert.Equal(answer, numbers.Sum().ToString(CultureInfo.InvariantCulture));
        }

        Assert.Equal(4041001, (await world.SendAsync(HttpMethod.Get, CaptchaPath + "/" + Tokens.New())).Code);
        world.Host.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(4041001, (await world.SendAsync(HttpMethod.Get, url.AbsolutePath)).Code);
    }

    [Theory, BothDatabases]
    public async Task An_address_may_ask_for_so_many_codes_an_hour(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(new TestHostOptions
        {
            Database = database, Settings = new Dictionary<string, string> { ["Verification:CodesPerAddressAndHour"] = "2", ["Verification:CaptchasPerAddressAndHour"] = "1" },
        });
        object Who(int n) => new { corp_id = world.Development.CorpId, phone = $"1383838338{n}" };

        Assert.Equal(0, (await world.PostAsync(Path, Who(1))).Code);
        Assert.Equal(0, (await world.PostAsync(Path, Who(2))).Code);
        var refused = await world.PostAsync(Path, Who(3));
        Assert.Equal((4001052, true), (refused.Code, refused.Response.Headers.RetryAfter is not null));
        Assert.Equal(0, (await world.PostAsync(CaptchaPath, Who(1))).Code);
        Assert.Equal(4291001, (await world.PostAsync(CaptchaPath, Who(2))).Code);

        world.Host.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, (await world.PostAsync(Path, Who(3))).Code);
    }

    [Theory, BothDatabases]
    public async Task The_budget_of_a_day_is_kept_to_the_last_message(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.SetAsync(new() { SmsPriceFen = 10, SmsBudgetFen = 55 });

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(n =>
            world.PostAsync(Path, new { corp_id = world.Development.CorpId, phone = $"138383833{n:D2}" })));

        Assert.Equal(5, replies.Count(r => r.Code == 0));
        Assert.Equal(15, replies.Count(r => r.Code == 4001052));
        Assert.Equal(5, await world.MessagesAsync());
        // Mails cost nothing.
        Assert.Equal(0, (await world.PostAsync(MailPath, new { corp_id = world.Development.CorpId, email = "li@example.com" })).Code);
    }

    [Theory, BothDatabases]
    public async Task Asked_for_many_times_at_once_one_phone_gets_three(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);

        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => world.PostAsync(Path, new { corp_id = world.Development.CorpId, phone = Phone })));

        Assert.Equal(3, replies.Count(r => r.Code == 0));
        Assert.Equal(9, replies.Count(r => r.Code == 4001154));
        Assert.Equal(3, await world.MessagesAsync());
    }
}
