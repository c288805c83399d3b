using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;
using FederationConsole.Features.Sandbox.Vendors;

namespace FederationConsole.Tests.Features.Sandbox;

/// <summary>The pages of the eight vendors and of all nine, and what they hand out.</summary>
public sealed class VendorPageTests
{
    /// <summary>What pages fill by themselves and not from the texts.</summary>
    public static readonly string[] Filled = ["Name", "Party", "Source", "Credentials", "Behaviours", "Parties", "Steps", "ResultCodes"];

    public static TheoryData<string> Vendors => ["wechat", "qq", "weibo", "facebook", "twitter", "alipay", "apple", "google"];

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Each_page_speaks_both_languages_and_offers_what_its_vendor_can_do(string vendor)
    {
        await using var host = await SandboxHost.StartAsync();
        foreach (var (language, again) in new[] { ("zh-CN", "重新签发"), ("en", "Issue again") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/sandbox/{vendor}");
            request.Headers.Add("Accept-Language", language);
            using var reply = await host.Http.SendAsync(request);
            var html = await reply.Content.ReadAsStringAsync();
            var page = await new HtmlParser().ParseDocumentAsync(html);

            Assert.Contains("default-src 'none'", Assert.Single(reply.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.DoesNotContain("{{", html, StringComparison.Ordinal);
            Assert.Contains(again, html, StringComparison.Ordinal);
            Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src])"));
            foreach (var choice in page.QuerySelectorAll("select[name=behaviour] option"))
            {
                using var issued = await host.Http.PostAsJsonAsync($"/sandbox/{vendor}/issue", new { behaviour = choice.GetAttribute("value") });
                Assert.Equal(200, (int)issued.StatusCode);
            }
        }
    }

    [Fact]
    public async Task The_index_leads_to_all_nine_and_to_the_vendors_own_accounts()
    {
        await using var host = await SandboxHost.StartAsync();
        var page = await new HtmlParser().ParseDocumentAsync(await host.Http.GetStringAsync(new Uri("/sandbox", UriKind.Relative)));
        var links = page.QuerySelectorAll("#parties a").Select(a => a.GetAttribute("href")!).ToList();
        Assert.Equal(10, links.Count);
        foreach (var link in links)
        {
            using var reply = await host.Http.GetAsync(new Uri(link, UriKind.Relative));
            Assert.Equal(200, (int)reply.StatusCode);
        }
    }

    [Theory]
    [InlineData("""{"nick":"x"}""", 400, null)]
    [InlineData("""{"behaviour":"other_user"}""", 400, "behaviour")]
    [InlineData("""{"credential":"replay"}""", 400, "credential")]
    [InlineData("""{"open_id":"nobody"}""", 404, "open_id")]
    [InlineData("""{"nickname":"a\u0007b"}""", 400, "nickname")]
    public async Task What_cannot_be_issued_is_told(string body, int status, string? field)
    {
        await using var host = await SandboxHost.StartAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var reply = await host.Http.PostAsync(new Uri("/sandbox/wechat/issue", UriKind.Relative), content);
        var error = (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
        Assert.Equal(status, (int)reply.StatusCode);
        Assert.NotEmpty(error.GetProperty("msg").GetString()!);
        if (field is not null)
        {
            Assert.Equal(field, error.GetProperty("field").GetString());
        }
    }

    [Fact]
    public async Task The_journal_shows_no_token()
    {
        await using var host = await SandboxHost.StartAsync();
        using var issued = await host.Http.PostAsJsonAsync("/sandbox/wechat/issue", new { credential = "code", nickname = "小明" });
        var code = (await issued.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
        var exchanged = await host.Http.GetFromJsonAsync<JsonElement>($"/sandbox/wechat/sns/oauth2/access_token?appid=wxsandbox00000001&secret=demo-wechat-secret&code={code}&grant_type=authorization_code");
        var token = exchanged.GetProperty("access_token").GetString()!;
        await host.Http.GetStringAsync(new Uri($"/sandbox/wechat/sns/userinfo?access_token={token}&openid={exchanged.GetProperty("openid").GetString()}", UriKind.Relative));

        var journal = (await host.Http.GetFromJsonAsync<JsonElement>("/sandbox/wechat/state")).GetProperty("journal");

        Assert.Equal(2, journal.GetArrayLength());
        Assert.Contains("小明", journal[0].GetProperty("body").GetString(), StringComparison.Ordinal);
        Assert.All([code, token, "demo-wechat-secret", exchanged.GetProperty("refresh_token").GetString()!],
            secret => Assert.DoesNotContain(secret, journal.GetRawText(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/wechat")]
    [InlineData("/wechat/sns/auth")]
    [InlineData("/alipay/gateway.do")]
    public async Task Nothing_is_mapped_outside_Development(string path)
    {
        await using var host = await SandboxHost.StartAsync("Production");
        using var reply = await host.Http.GetAsync(new Uri("/sandbox" + path, UriKind.Relative));
        Assert.Equal(404, (int)reply.StatusCode);
    }

    [Fact]
    public void What_was_handed_out_longest_ago_goes_first()
    {
        var book = new VendorBook();
        for (var i = 0; i <= VendorBook.Capacity; i++)
        {
            book.Put(new($"p{i}", null, VendorBehaviour.Approve));
        }

        Assert.Null(book.Person("p0"));
        Assert.NotNull(book.Person("p1"));
        Assert.Equal($"p{VendorBook.Capacity}", book.Newest(1)[0].OpenId);
        Assert.False(book.Behave("p0", VendorBehaviour.Refuse));
        book.Hand("code", new("p1", Credential.Code));
        Assert.Equal((true, false), (book.Spend("code"), book.Spend("code")));
    }
}
