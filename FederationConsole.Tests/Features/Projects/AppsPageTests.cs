using AngleSharp.Dom;
using Bunit;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.Projects;

public sealed class AppsPageTests : ProjectPages
{
    [Fact]
    public void The_list_shows_this_environments_keys_and_the_service()
    {
        var page = Open<AppsPage>(Role.ReadOnly);
        page.Await($"[data-copy='{World.AppKey}']");
        Assert.Empty(page.FindAll($"[data-copy='{World.ProductionAppKey}']"));
        Assert.Contains("已开启", Line(page, "shop"), StringComparison.Ordinal);
        Assert.Contains("未开启", Line(page, "crm"), StringComparison.Ordinal);
    }

    [Fact]
    public void Search_is_in_the_address_and_may_find_nothing()
    {
        var page = Open<AppsPage>(Role.ReadOnly, "?q=SHOP");
        page.Await("tbody a.row-link");
        Assert.Single(page.FindAll("tbody tr"));
        page = Open<AppsPage>(Role.ReadOnly, "?q=nothing-like-this");
        Assert.Contains("没有符合的应用", page.Await(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_not_see_the_project_is_told_so()
    {
        var page = Open<AppsPage>(default);
        Assert.Contains("没有此权限", page.Await("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(World.AppKey, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_code_is_said_once_at_its_field()
    {
        var page = Open<AppsPage>(Role.Manager, "?new=app");
        page.On("#field-Code").Input("Bad Code");
        page.On("#field-Name").Input("小程序");
        page.On(".side form").Submit();
        page.Await(".side .notice-bad");
        Assert.DoesNotContain("不符合要求", page.Find("#field-Code-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_app_shows_both_secrets_once_and_never_again()
    {
        var page = Open<AppsPage>(Role.Manager, "?new=app");
        page.On("#field-Code").Input("Bad Code");
        Assert.Equal("true", page.Find("#field-Code").GetAttribute("aria-invalid"));
        page.On("#field-Code").Input("shop");
        Assert.Contains("已有应用", page.Find("#field-Code-error").TextContent, StringComparison.Ordinal);
        page.On("#field-Code").Input("mini");
        page.On("#field-Name").Input("小程序");
        Assert.Null(page.Find("#field-Code").GetAttribute("aria-invalid"));
        page.On(".side form").Submit();

        var notice = page.Await(".side .notice-warn");
        var secrets = notice.QuerySelectorAll("[data-copy]").Select(e => e.GetAttribute("data-copy")!).ToList();
        Assert.Equal(2, secrets.Distinct().Count());
        foreach (var (secret, environment) in secrets.Zip([World.Development, World.Production]))
        {
            var key = (await AppAsync("mini")).Credentials.Single(c => c.EnvironmentId == environment.Id).AppKey;
            Assert.True(World.Get<ProjectCatalog>().App(key)!.HasSecret(secret));
        }

        var again = Open<AppsPage>(Role.Owner, "?app=mini").Await(".side").OuterHtml;
        Assert.DoesNotContain(secrets, secret => again.Contains(secret, StringComparison.Ordinal));
        Assert.Contains("••••" + secrets[0][^4..], again, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_new_app_says_why_at_its_field()
    {
        var page = Open<AppsPage>(Role.Manager, "?new=app");
        page.On("#field-Code").Input("crm");
        page.On("#field-Name").Input("x");
        page.On(".side form").Submit();
        page.Until(() => Assert.Contains("已被占用", page.Find(".side .notice-bad").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Enabling_asks_for_the_name_and_opens_both_environments()
    {
        var page = Open<AppsPage>(Role.Owner, "?app=crm");
        page.On("[data-enable]").Click();
        Assert.Contains("无法撤销", page.Find("dialog").TextContent, StringComparison.Ordinal);
        Assert.False((await AppAsync("crm")).ServiceEnabledAt is not null);
        page.Confirm("客户管理");
        page.Until(() => Assert.Empty(page.FindAll("[data-enable]")));
        Assert.NotNull((await AppAsync("crm")).ServiceEnabledAt);
        Assert.True(World.Get<ProjectCatalog>().App(World.IdleAppKey, World.Development.Id).Ok);
    }

    [Fact]
    public void The_two_environments_are_tabs_with_their_own_keys_and_lines()
    {
        var page = Open<AppsPage>(Role.ReadOnly, "?app=shop");
        page.Await(".tabs");
        Assert.Equal(["开发环境", "生产环境"], page.FindAll(".tabs a").Select(a => a.TextContent));
        var card = page.Find(".side").TextContent;
        Assert.Contains($"\"corp_id\":\"{World.Development.CorpId}\",\"plugin_id\":\"{World.AppKey}\"", card, StringComparison.Ordinal);
        Assert.DoesNotContain(World.ProductionAppKey, card, StringComparison.Ordinal);

        card = Open<AppsPage>(Role.ReadOnly, "?app=shop&tab=production").Await(".side").TextContent;
        Assert.Contains($"\"corp_id\":\"{World.Production.CorpId}\",\"plugin_id\":\"{World.ProductionAppKey}\"", card, StringComparison.Ordinal);
        Assert.DoesNotContain(World.AppKey, card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_secret_is_shown_once_a_third_is_not_offered_and_one_retires()
    {
        var page = Open<AppsPage>(Role.Owner, "?app=shop");
        var first = (await AppAsync("shop")).Credentials[0].Secrets.Single();
        page.On("[data-add-secret]").Click();
        var secret = page.Await(".side .notice-warn [data-copy]").GetAttribute("data-copy")!;
        Assert.True(World.Get<ProjectCatalog>().App(World.AppKey)!.HasSecret(secret));
        page.Until(() => Assert.True(page.Find("[data-add-secret]").HasAttribute("disabled")));

        page.FindAll("[data-retire]")[0].Click();
        Assert.Contains(first.Hint, page.Find("dialog h2").TextContent, StringComparison.Ordinal);
        page.Confirm("商城");
        page.Until(() => Assert.Single(page.FindAll("[data-retire]")));
        Assert.DoesNotContain(secret, page.Markup, StringComparison.Ordinal);
        Assert.Equal(secret[^4..], Assert.Single((await AppAsync("shop")).Credentials[0].Secrets).Hint);
    }

    [Fact]
    public async Task An_address_is_checked_at_its_row_and_a_wrong_one_is_not_saved()
    {
        var page = Open<AppsPage>(Role.Manager, "?app=shop");
        page.On("[data-add=redirect]").Click();
        page.On("[data-add=redirect]").Click();
        page.On("#redirect-0").Input("https://a.example/back");
        page.On("#redirect-1").Input("javascript:alert(1)");
        page.On("[data-add=origin]").Click();
        page.On("#origin-0").Input("https://a.example/");
        Assert.Null(page.Find("#redirect-0").GetAttribute("aria-invalid"));
        Assert.Contains("http", page.Find("#redirect-1-error").TextContent, StringComparison.Ordinal);
        Assert.Contains("斜杠", page.Find("#origin-0-error").TextContent, StringComparison.Ordinal);
        Addresses(page).Submit();
        page.Until(() => Assert.NotEmpty(page.FindAll(".side .notice-bad")));
        Assert.Empty((await AppAsync("shop")).Credentials[0].RedirectUris);

        page.On("#redirect-1").Input("https://a.example/back");
        Assert.Contains("重复", page.Find("#redirect-1-error").TextContent, StringComparison.Ordinal);
        page.On("#redirect-1").Input("");
        page.On("#origin-0").Input("https://a.example");
        Addresses(page).Submit();
        page.Until(() => Assert.Contains("已保存", Addresses(page).TextContent, StringComparison.Ordinal));
        var saved = (await AppAsync("shop")).Credentials[0];
        Assert.Equal(["https://a.example/back"], saved.RedirectUris);
        Assert.Equal(["https://a.example"], saved.Origins);
    }

    [Theory]
    [InlineData("data-theirs", "https://theirs.example/")]
    [InlineData("data-mine", "https://mine.example/")]
    public async Task Somebody_elses_save_stands_beside_mine(string choice, string left)
    {
        var page = Open<AppsPage>(Role.Manager, "?app=shop");
        page.On("[data-add=redirect]").Click();
        page.On("#redirect-0").Input("https://mine.example/");
        var credential = (await AppAsync("shop")).Credentials[0];
        World.Done(await World.Get<AppService>().SetAddressesAsync(Actor.Host, World.Development.ProjectId, credential.Id, ["https://theirs.example/"], [], credential.Version));

        Addresses(page).Submit();
        var notice = page.Await(".notice-warn").TextContent;
        Assert.Contains("https://theirs.example/", notice, StringComparison.Ordinal);
        Assert.Contains("https://mine.example/", notice, StringComparison.Ordinal);
        Assert.Equal(["https://theirs.example/"], (await AppAsync("shop")).Credentials[0].RedirectUris);

        page.On($"[{choice}]").Click();
        page.Until(() => Assert.DoesNotMatch("正在保存|有未保存", Addresses(page).TextContent));
        Assert.Equal(left, page.Find("#redirect-0").GetAttribute("value"));
        Assert.Equal([left], (await AppAsync("shop")).Credentials[0].RedirectUris);
    }

    [Fact]
    public async Task A_name_is_changed_and_another_name_in_between_is_shown()
    {
        var page = Open<AppsPage>(Role.Manager, "?app=shop");
        page.On("#field-AppName").Input("商店");
        var app = await AppAsync("shop");
        World.Done(await World.Get<AppService>().RenameAsync(Actor.Host, World.Development.ProjectId, app.Id, "卖场", app.Version));
        Rename(page).Submit();
        Assert.Contains("卖场", page.Await(".notice-warn").TextContent, StringComparison.Ordinal);
        page.On("[data-mine]").Click();
        page.Until(() => Assert.Contains("已保存", Rename(page).TextContent, StringComparison.Ordinal));
        Assert.Equal("商店", (await AppAsync("shop")).Name);
    }

    [Theory]
    [InlineData(Role.ReadOnly)]
    [InlineData(Role.Operator)]
    public void Who_may_only_look_sees_no_action(Role role)
    {
        var page = Open<AppsPage>(role, "?app=crm");
        page.Await(".side .tabs");
        Assert.Empty(page.FindAll("[data-enable], [data-add-secret], [data-retire], [data-add], .save, a.btn-primary, #field-AppName"));
        Assert.Empty(Open<AppsPage>(role, "?new=app").FindAll("#field-Code"));
    }

    [Fact]
    public void An_app_that_is_not_there_says_so() =>
        Assert.Contains("没有这个应用", Open<AppsPage>(Role.ReadOnly, "?app=nobody").Await(".side .empty").TextContent, StringComparison.Ordinal);

    private async Task<AppDetails> AppAsync(string code) =>
        World.Value(await World.Get<AppService>().ListAsync(Actor.Host, World.Development.ProjectId)).Single(a => a.Code == code);

    private static string Line(IRenderedComponent<AppsPage> page, string code) =>
        page.FindAll("tbody tr").Single(row => row.QuerySelectorAll("td")[1].TextContent == code).TextContent;

    private static IElement Addresses(IRenderedComponent<AppsPage> page) => page.FindAll(".side form").Single(form => form.QuerySelector("fieldset") is not null);

    private static IElement Rename(IRenderedComponent<AppsPage> page) => page.FindAll(".side form").Single(form => form.QuerySelector("#field-AppName") is not null);
}
