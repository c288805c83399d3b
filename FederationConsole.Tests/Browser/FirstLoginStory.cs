using System.Text.Json;
using FederationConsole.Features.Projects;
using FederationConsole.Tests.Features.Administrators;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FederationConsole.Tests.Browser;

/// <summary>From nothing to the first login, by hand in the console, and back to a refused one.</summary>
public sealed class FirstLoginStory
{
    [Fact]
    public async Task An_administrator_sets_up_a_project_and_sees_a_login_arrive()
    {
        await using var party = await StandardThirdParty.StartAsync();
        // The real clock: what is live comes by timers.
        await using var host = await TestHost.StartAsync(new TestHostOptions
        {
            RealTime = true,
            Settings = new Dictionary<string, string>
            {
                ["Seed:Files:0"] = "", ["Admin:Email"] = AdminHost.OwnerEmail, ["Admin:Password"] = AdminHost.OwnerPassword,
            },
        });
        await Chromium.VisitAsync(host.Address, async page =>
        {
            page.SetDefaultTimeout(60_000);
            SetDefaultExpectTimeout(60_000);
            await SignInAsync(page);
            await page.GotoAsync("/projects/new");
            await page.Locator("#field-Code").FillAsync("acme");
            await page.Locator("#field-Name").FillAsync("示例企业");
            await page.GetByRole(AriaRole.Button, new() { Name = "创建项目" }).ClickAsync();
            await page.WaitForURLAsync("**/p/acme/**", new() { WaitUntil = WaitUntilState.Commit });

            await page.GotoAsync("/p/acme/development/apps?new=1");
            await page.Locator("#field-Code").FillAsync("shop");
            await page.Locator("#field-Name").FillAsync("商城");
            await page.GetByRole(AriaRole.Button, new() { Name = "创建应用" }).ClickAsync();
            await Expect(page.GetByText("只显示这一次").First).ToBeVisibleAsync();

            await page.GotoAsync("/p/acme/development/sources?source=10");
            await page.Locator("#field-url").FillAsync(party.Url);
            await page.Locator("#field-token").FillAsync(party.Token);
            await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
            await page.GetByRole(AriaRole.Switch).First.ClickAsync();
            await Expect(page.GetByRole(AriaRole.Switch).First).ToHaveAttributeAsync("aria-checked", "true");

            await page.GotoAsync("/p/acme/development/users");
            await Expect(page.GetByText("还没有用户").First).ToBeVisibleAsync();
            var corp = host.Services.GetRequiredService<ProjectCatalog>().Environment("acme", EnvironmentKind.Development)!.CorpId;
            Assert.Equal(200, await LoginAsync(host, party, corp, "o-1"));
            await Expect(page.GetByRole(AriaRole.Cell, new() { Name = "李清华" })).ToBeVisibleAsync();
            await page.AssertAccessibleAsync();

            await page.GotoAsync("/p/acme/development/sources?source=10");
            await page.GetByRole(AriaRole.Switch).First.ClickAsync();
            await Expect(page.GetByRole(AriaRole.Switch).First).ToHaveAttributeAsync("aria-checked", "false");
            Assert.Equal(404, await LoginAsync(host, party, corp, "o-1"));
        });
    }

    private static async Task<int> LoginAsync(TestHost host, StandardThirdParty party, string corp, string openId)
    {
        using var content = new StringContent(JsonSerializer.Serialize(new
        {
            source = 10, corp_id = corp, open_id = openId, access_token = party.SignIn(openId, """{"nickname":"李清华"}"""),
        }));
        using var reply = await host.Http.PostAsync(new Uri("/v2/user_auth_third", UriKind.Relative), content);
        return (int)reply.StatusCode;
    }

    private static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/account/sign-in");
        await page.GetByLabel("邮箱").FillAsync(AdminHost.OwnerEmail);
        await page.GetByLabel("密码").FillAsync(AdminHost.OwnerPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "登录" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/account/sign-in", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
    }
}
