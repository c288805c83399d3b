using System.Globalization;
using System.Net;
using System.Text.Json;
using Bunit;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Tests.Features.Sources;

public sealed class SourcesPageTests : ProjectPages
{
    [Fact]
    public void Every_source_of_seed_002_stands_in_its_order_and_can_be_opened()
    {
        var page = Open<SourcesPage>(Role.Owner);
        page.Await("tbody tr");
        Assert.Equal(["4", "5", "6", "7", "8", "9", "10", "12", "13"], page.FindAll("tbody tr").Select(row => row.GetAttribute("data-source")));
        Assert.All(page.FindAll("tbody tr"), row => Assert.NotNull(row.QuerySelector("a.row-link")));
        Assert.Empty(Open<SourcesPage>(Role.Owner, "?source=11").FindAll(".side"));
        Assert.Empty(Open<SourcesPage>(Role.Owner, "?source=x").FindAll(".side"));
    }

    [Fact]
    public async Task Switched_off_here_the_next_login_is_refused()
    {
        var page = Open<SourcesPage>(Role.Manager, "?source=10");
        page.On("[role=switch]").Click();
        page.Until(() => Assert.Equal("false", page.Find("[role=switch]").GetAttribute("aria-checked")));
        var reply = await World.PostAsync("/v2/user_auth_third", new { source = 10, corp_id = World.Development.CorpId, open_id = "ming", access_token = World.Party.SignIn("ming") });
        Assert.Equal((HttpStatusCode.NotFound, 4041023), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Production_asks_for_the_name_first()
    {
        var page = Open<SourcesPage>(Role.Manager, "?source=10", EnvironmentKind.Production);
        page.On("[role=switch]").Click();
        Assert.True((await DetailsAsync(World.Production)).Enabled);
        page.Confirm("标准第三方");
        page.Until(() => Assert.Equal("false", page.Find("[role=switch]").GetAttribute("aria-checked")));
        Assert.False((await DetailsAsync(World.Production)).Enabled);
        Assert.True((await DetailsAsync(World.Development)).Enabled);
    }

    [Fact]
    public async Task A_wrong_address_is_told_at_the_field_and_a_secret_that_is_not_typed_stays()
    {
        var page = Open<SourcesPage>(Role.Manager, "?source=10");
        page.On("#field-url").Input("ftp://example.com");
        Assert.Equal("true", page.Find("#field-url").GetAttribute("aria-invalid"));
        Setup(page).Submit();
        page.Until(() => Assert.NotEmpty(page.FindAll(".side .notice-bad")));

        page.On("#field-url").Input(World.Party.Url + "&more=1");
        page.On("#field-userInfoUrl").Input("https://info.example/me");
        Setup(page).Submit();
        page.Until(() => Assert.Contains("已保存", Setup(page).TextContent, StringComparison.Ordinal));
        Assert.Equal("https://info.example/me", (await DetailsAsync(World.Development)).Settings["userInfoUrl"]);
        await World.LoginAsync("ming");
        Assert.Empty(World.Party.Complaints);
    }

    [Fact]
    public async Task The_token_goes_in_and_never_comes_out()
    {
        const string token = "a-new-signature-token";
        var page = Open<SourcesPage>(Role.Manager, "?source=10");
        Assert.Equal("已设置", page.Await("#field-token").GetAttribute("placeholder"));
        page.On("#field-token").Input(token);
        Setup(page).Submit();
        page.Until(() => Assert.Contains("已保存", Setup(page).TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(token, page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(World.Party.Token, page.Markup, StringComparison.Ordinal);
        Assert.Equal(token, World.Get<SourceCatalog>().Any(World.Development.Id, SourceKind.Standard)!.Secret("token"));
        Assert.Equal(["token"], (await DetailsAsync(World.Development)).SecretsSet);
    }

    [Fact]
    public async Task A_source_is_set_up_from_nothing_and_stays_off_until_it_is_switched_on()
    {
        var project = World.Value(await World.Get<ProjectService>().CreateAsync(Actor.Host, "fresh", "新项目"));
        var environment = World.Get<ProjectCatalog>().Environment("fresh", EnvironmentKind.Development)!;
        Assert.Equal(project, environment.ProjectId);
        var draft = new SourceDraft(SourceKind.Standard, "", null);
        Assert.Equal("url", draft.Check()?.Field);
        draft.Settings["url"] = World.Party.Url;
        Assert.Equal((FaultKind.Missing, "token"), (draft.Check()?.Kind, draft.Check()?.Field));
        draft.Secrets["token"] = World.Party.Token;
        Assert.Null(draft.Check());
        World.Done(await World.Get<SourceService>().SaveAsync(Actor.Host, environment.Id, draft.ToEdit()));
        Assert.False((await DetailsAsync(environment)).Enabled);
    }

    [Fact]
    public async Task Somebody_elses_save_stands_beside_mine()
    {
        var page = Open<SourcesPage>(Role.Manager, "?source=10");
        page.On("#field-url").Input("https://mine.example/");
        var before = await DetailsAsync(World.Development);
        World.Done(await World.Get<SourceService>().SaveAsync(Actor.Host, World.Development.Id, new(
            SourceKind.Standard, "", Enabled: true, new Dictionary<string, string> { ["url"] = "https://theirs.example/" }, new Dictionary<string, string?>(), before.Version)));
        Setup(page).Submit();
        var notice = page.Await(".side .notice-warn").TextContent;
        Assert.Contains("https://theirs.example/", notice, StringComparison.Ordinal);
        Assert.Contains("https://mine.example/", notice, StringComparison.Ordinal);
        Assert.Equal("https://theirs.example/", (await DetailsAsync(World.Development)).Settings["url"]);
        page.On("[data-mine]").Click();
        page.Until(() => Assert.Contains("已保存", Setup(page).TextContent, StringComparison.Ordinal));
        Assert.Equal("https://mine.example/", (await DetailsAsync(World.Development)).Settings["url"]);
    }

    [Fact]
    public void A_trial_shows_the_wire_without_any_secret_and_what_it_means()
    {
        var accessToken = World.Party.SignIn("ming", """{"nickname":"小明"}""");
        var page = Try(accessToken);
        page.Until(() => Assert.Contains("通过", page.Find(".steps li:last-child").TextContent, StringComparison.Ordinal));
        var steps = page.Find(".steps").TextContent;
        Assert.Contains("open_id=ming", steps, StringComparison.Ordinal);
        Assert.Contains("小明", steps, StringComparison.Ordinal);
        Assert.DoesNotContain(World.Party.Token, page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(accessToken, page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(Uri.EscapeDataString(accessToken), page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refused", 403, """{"error":{"code":4030001,"msg":"token invalid"}}""", "第三方拒绝")]
    [InlineData("nonsense", 200, "<html>", "回答看不懂")]
    [InlineData("broken", 500, "", "回答看不懂")]
    [InlineData("redirect", 302, "", "要求跳转")]
    public void A_trial_says_what_is_wrong(string what, int status, string body, string verdict)
    {
        World.Party.Misbehave = async http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = "/elsewhere";
            await http.Response.WriteAsync(body);
        };
        var page = Try("token-of-" + what);
        page.Until(() => Assert.Contains(verdict, page.Find(".steps li:last-child").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void A_third_party_that_says_the_secrets_back_shows_none()
    {
        const string accessToken = "secret+\"access\"/token";
        World.Party.Misbehave = http => http.Response.WriteAsync(JsonSerializer.Serialize(new { you_sent = accessToken, raw = http.Request.QueryString.Value, ours = World.Party.Token }));
        var page = Try(accessToken);
        page.Until(() => Assert.Contains("通过", page.Find(".steps li:last-child").TextContent, StringComparison.Ordinal));
        var shown = page.Find(".steps").TextContent;
        foreach (var form in new[] { accessToken, Uri.EscapeDataString(accessToken), JsonEncodedText.Encode(accessToken).Value, World.Party.Token })
        {
            Assert.DoesNotContain(form, shown, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Every_failure_and_every_field_has_its_words(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var texts = Browser.Services.GetRequiredService<IStringLocalizer<SourceTexts>>();
        string[] steps = ["userinfo", "auth", "token", "me", "token_info", "debug_token", "show", "profile", "keys", "id_token"];
        string[] keys =
        [
            .. Enum.GetNames<OutboundFailure>().SelectMany(name => new[] { $"Failure.{name}", $"Failure.{name}.Text" }),
            .. Enum.GetNames<SourceKind>().Select(name => $"Kind.{name}"),
            .. Enum.GetNames<BreakerState>().Select(name => $"Breaker.{name}"),
            .. SourceRules.Forms.Values.SelectMany(form => form.Settings.Concat(form.Secrets).Concat(form.Optional)).SelectMany(name => new[] { $"Field.{name}", $"Help.{name}" }),
            .. steps.Select(name => $"Step.{name}"),
        ];
        Assert.DoesNotContain(keys, key => texts[key].ResourceNotFound);
    }

    [Fact]
    public void Who_may_only_look_sees_no_action()
    {
        var page = Open<SourcesPage>(Role.ReadOnly, "?source=10");
        page.Await(".side");
        Assert.Empty(page.FindAll(".side [role=switch], .side .save, .side [data-try]"));
        Assert.True(page.Find("#field-url").HasAttribute("readonly"));
        Assert.True(page.Find("#field-token").HasAttribute("readonly"));
        Assert.DoesNotContain(World.Party.Token, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_is_read_anew_while_it_is_shown()
    {
        var page = Open<SourcesPage>(Role.ReadOnly, "?source=10");
        Assert.Contains("还没有请求过", page.Await("[data-health]").TextContent, StringComparison.Ordinal);
        await World.LoginAsync("ming");
        World.Host.Time.Advance(FederationConsole.Shell.Components.Live.Period);
        page.Until(() => Assert.Contains("HTTP 200", page.Find("[data-health]").TextContent, StringComparison.Ordinal));
    }

    private IRenderedComponent<SourcesPage> Try(string accessToken)
    {
        var page = Open<SourcesPage>(Role.Operator, "?source=10");
        page.On("#field-open_id").Input("ming");
        Assert.True(page.Find("[data-try]").HasAttribute("disabled"));
        page.On("#field-access_token").Input(accessToken);
        page.FindAll(".side form").Single(form => form.QuerySelector("[data-try]") is not null).Submit();
        return page;
    }

    private static AngleSharp.Dom.IElement Setup(IRenderedComponent<SourcesPage> page) => page.FindAll(".side form").Single(form => form.QuerySelector("#field-url") is not null);

    private async Task<SourceDetails> DetailsAsync(EnvironmentEntry environment) =>
        World.Value(await World.Get<SourceService>().ListAsync(Actor.Host, environment.Id)).Single(s => s.Source == SourceKind.Standard);
}
