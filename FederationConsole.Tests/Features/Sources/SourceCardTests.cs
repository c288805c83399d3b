using System.Globalization;
using Bunit;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Tests.Features.Sources;

/// <summary>The card of each third party: its form, its warning, its trial and what its errors mean.</summary>
public sealed class SourceCardTests : ProjectPages
{
    [Theory]
    [InlineData(4, "appId mode appSecret", "AppID")]
    [InlineData(5, "appId mode redirectUri appSecret", "APP ID")]
    [InlineData(6, "appId mode redirectUri appSecret", "App Key")]
    [InlineData(7, "appId appSecret", "应用编号（App ID）")]
    [InlineData(8, "appId appSecret", "Consumer Key（API Key）")]
    [InlineData(9, "appId alipayPublicKey privateKey", "APPID")]
    [InlineData(10, "url userInfoUrl token", "认证接口地址")]
    [InlineData(12, "clientId teamId keyId redirectUri privateKey", "Client ID（Bundle ID 或 Services ID）")]
    [InlineData(13, "clientId redirectUri clientSecret", "Client ID")]
    public void Each_source_has_its_own_form_in_its_own_words(int source, string fields, string first)
    {
        var page = Open<SourcesPage>(Role.Manager, $"?source={source}");
        page.Await(".side form");
        var form = page.Find(".side form");
        var plain = form.QuerySelectorAll(".field").Where(f => f.Closest("details") is null).ToList();
        Assert.Equal(fields.Split(' '), plain.Select(f => f.QuerySelector("input, select")!.Id!["field-".Length..]));
        Assert.StartsWith(first, plain[0].QuerySelector("label")!.TextContent, StringComparison.Ordinal);
        Assert.All(plain, f => Assert.NotEmpty(f.QuerySelector(".help")!.TextContent));
        Assert.Equal(source != 10, form.QuerySelector("details #field-apiBase") is not null);
        Assert.All(plain.Where(f => f.QuerySelector("#field-appSecret, #field-token, #field-privateKey, #field-clientSecret") is not null),
            f => Assert.Equal("password", f.QuerySelector("input")!.GetAttribute("type")));
    }

    [Fact]
    public async Task Apple_is_set_up_for_the_app_that_was_chosen()
    {
        var page = Open<SourcesPage>(Role.Manager, "?source=12");
        Assert.Equal(2, page.Await("#field-app").QuerySelectorAll("option").Length);
        page.On("#field-app").Change(World.IdleAppKey);
        page.Until(() => Assert.EndsWith($"app={World.IdleAppKey}", Browser.Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().Uri, StringComparison.Ordinal));
        page = Open<SourcesPage>(Role.Manager, $"?source=12&app={World.IdleAppKey}");
        page.On("#field-clientId").Input("com.example.crm");
        page.On("#field-teamId").Input("TEAM123456");
        page.On("#field-keyId").Input("KEY1234567");
        page.On("#field-privateKey").Input("hush-apple-key");
        page.On(".side form").Submit();
        page.Until(() => Assert.Contains("已保存", page.Find(".side form").TextContent, StringComparison.Ordinal));

        var saved = World.Value(await World.Get<SourceService>().ListAsync(Actor.Host, World.Development.Id)).Single(s => s.Source == SourceKind.Apple);
        Assert.Equal((World.IdleAppKey, "com.example.crm", false), (saved.PluginId, saved.Settings["clientId"], saved.Enabled));
        Assert.DoesNotContain("hush-apple-key", page.Markup, StringComparison.Ordinal);
        page.On("[role=switch]").Click();
        page.Until(() => Assert.Equal("true", page.Find("[role=switch]").GetAttribute("aria-checked")));
        Assert.Null(World.Get<SourceCatalog>().Find(World.Development.Id, SourceKind.Apple, World.AppKey));
        Assert.NotNull(World.Get<SourceCatalog>().Find(World.Development.Id, SourceKind.Apple, World.IdleAppKey));
    }

    [Fact]
    public async Task Where_nothing_proves_the_audience_the_page_says_so_beside_the_switch()
    {
        await using var wechat = await World.AddAsync<WeChatParty>();
        var page = Open<SourcesPage>(Role.Manager, "?source=4");
        Assert.Contains("授权码", page.Await("[data-audience]").TextContent, StringComparison.Ordinal);
        page.On("#field-mode").Change("code");
        page.On(".side form").Submit();
        page.Until(() => Assert.Empty(page.FindAll("[data-audience]")));
        Assert.Equal("code", World.Get<SourceCatalog>().Any(World.Development.Id, SourceKind.WeChat)!.Setting("mode"));

        Open<SourcesPage>(Role.Manager, "?source=8").Await("[data-audience]");
        var qq = Open<SourcesPage>(Role.Manager, "?source=5");
        qq.Await(".side form");
        Assert.Empty(qq.FindAll("[data-audience]"));
    }

    [Fact]
    public async Task A_trial_shows_each_step_and_explains_the_vendors_code()
    {
        await using var wechat = await World.AddAsync<WeChatParty>();
        var (me, other) = (wechat.IdOf(1), wechat.IdOf(2));
        var token = wechat.SignIn(me);
        var page = Open<SourcesPage>(Role.Operator, "?source=4");
        Try(page, me, token);
        page.Until(() => Assert.Equal(["核对令牌与 openid", "读取资料", "通过"], page.FindAll(".steps li strong").Select(s => s.TextContent)));
        Assert.DoesNotContain(token, page.Markup, StringComparison.Ordinal);
        Assert.Contains("毫秒", page.Find(".steps li").TextContent, StringComparison.Ordinal);

        Try(page, other, token);
        page.Until(() => Assert.Contains("40003", page.Find(".steps li:last-child").TextContent, StringComparison.Ordinal));
        Assert.Contains("openid 与令牌不符", page.Find(".steps li:last-child").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twitter_is_tried_with_what_the_client_signed()
    {
        await using var twitter = await World.AddAsync<TwitterParty>();
        var me = twitter.IdOf(1);
        var signed = twitter.Sign(me);
        var page = Open<SourcesPage>(Role.Operator, "?source=8");
        page.On("#field-open_id").Input(me);
        page.On("#field-access_token").Input(signed.AccessToken);
        Assert.True(page.Find("[data-try]").HasAttribute("disabled"));
        page.On("#field-oauth_consumer_key").Input(signed.ConsumerKey);
        page.On("#field-oauth_nonce").Input(signed.Nonce);
        page.On("#field-oauth_timestamp").Input(signed.Timestamp);
        page.On("#field-oauth_signature").Input(signed.Signature);
        Submit(page);
        page.Until(() => Assert.Contains("通过", page.Find(".steps li:last-child").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(signed.Signature, page.Find(".steps").TextContent, StringComparison.Ordinal);

        // The nonce is spent.
        Submit(page);
        page.Until(() => Assert.Contains("签名请求已经用过", page.Find(".steps li:last-child").TextContent, StringComparison.Ordinal));
        page.On("#field-oauth_version").Change("2.0");
        page.Until(() => Assert.Empty(page.FindAll("#field-oauth_nonce")));
    }

    [Fact]
    public async Task Google_needs_no_open_id_and_its_code_is_named_as_one()
    {
        await using var google = await World.AddAsync<GoogleParty>();
        var page = Open<SourcesPage>(Role.Operator, $"?source=13&app={World.AppKey}");
        page.On("#field-access_token").Input(google.SignIn(google.IdOf(1)));
        Assert.Empty(page.FindAll("#field-open_id"));
        Assert.Contains("授权码", page.Find("#field-access_token-help").TextContent, StringComparison.Ordinal);
        Submit(page);
        page.Until(() => Assert.Contains(google.IdOf(1), page.Find(".steps li:last-child").TextContent, StringComparison.Ordinal));
        Assert.Contains("核对 id_token", page.Find(".steps").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_ins_of_the_day_and_calls_are_drawn_beside_each_source()
    {
        await World.LoginAsync("ming");
        await World.PostAsync("/v2/user_auth_third", new { source = 10, corp_id = World.Development.CorpId, open_id = "ming", access_token = "wrong" });
        await World.Get<FederationConsole.Features.SignIn.SignInCounters>().FlushAsync();
        var page = Open<SourcesPage>(Role.ReadOnly);
        var row = page.Await("tr[data-source='10']");
        Assert.Equal("24 小时内成功 1 次，失败 1 次", row.QuerySelector("svg")!.GetAttribute("aria-label"));
        Assert.Contains("最近 2 次调用", row.QuerySelectorAll("svg")[1].GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Empty(page.Find("tr[data-source='4']").QuerySelectorAll("svg"));
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void What_vendors_say_is_explained_in_both_languages(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var texts = Browser.Services.GetRequiredService<IStringLocalizer<SourceTexts>>();
        Dictionary<SourceKind, string> codes = new()
        {
            [SourceKind.WeChat] = "40001 40003 40013 40014 40029 40163 42001 48001",
            [SourceKind.QQ] = "100007 100008 100009 100010 100011 100013 100014 100015 100016 100020 100030 100031 100048",
            [SourceKind.Weibo] = "21321 21322 21323 21324 21325 21326 21327 21328 21329 21330 21331 21332 21337 21338 21314 21315 21316 21317 21319",
            [SourceKind.Facebook] = "190 190/458 190/459 190/460 190/463 190/464 190/467 190/999 100 102",
            [SourceKind.Twitter] = "32 50 63 64 88 89 135 215 453",
            [SourceKind.Alipay] = "isv.code-invalid isv.anything aop.invalid-auth-token aop.auth-token-time-out aop.unknow-error",
            [SourceKind.Standard] = "4030001",
            [SourceKind.Apple] = "invalid_grant invalid_client",
            [SourceKind.Google] = "invalid_grant invalid_client redirect_uri_mismatch",
        };
        var ours = typeof(Refusal).GetFields().Select(f => (string)f.GetRawConstantValue()!);
        foreach (var (kind, listed) in codes)
        {
            Assert.All(listed.Split(' ').Concat(ours), code => Assert.False(string.IsNullOrEmpty(SourceWords.Explain(texts, kind, code)), $"{kind} {code}"));
            Assert.Null(SourceWords.Explain(texts, kind, "987654321"));
        }

        // A subcode says more than its code.
        Assert.NotEqual(SourceWords.Explain(texts, SourceKind.Facebook, "190"), SourceWords.Explain(texts, SourceKind.Facebook, "190/463"));
        Assert.Equal(SourceWords.Explain(texts, SourceKind.Facebook, "190"), SourceWords.Explain(texts, SourceKind.Facebook, "190/999"));
    }

    private static void Try(IRenderedComponent<SourcesPage> page, string openId, string accessToken)
    {
        page.On("#field-open_id").Input(openId);
        page.On("#field-access_token").Input(accessToken);
        Submit(page);
    }

    private static void Submit(IRenderedComponent<SourcesPage> page) =>
        page.FindAll(".side form").Single(form => form.QuerySelector("[data-try]") is not null).Submit();
}
