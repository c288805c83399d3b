using FederationConsole.Features.Administrators;
using FederationConsole.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FederationConsole.Tests.Browser;

/// <summary>A developer calls from 调试台: a token first, then a call with it; the secret and the sign-in stay where they are.</summary>
public sealed class WorkbenchStory
{
    private const string Email = "owner@example.com";
    private const string Password = "correct horse battery";

    [Fact]
    public async Task A_token_is_bought_and_used_and_the_secret_goes_nowhere_else()
    {
        await using var world = await World.CreateAsync(new TestHostOptions { Settings = new Dictionary<string, string> { ["Admin:Email"] = Email, ["Admin:Password"] = Password } });
        var (secret, _) = await world.NewSecretAsync(world.AppKey);
        await Chromium.VisitAsync(world.Host.Address, async page =>
        {
            var cookies = new List<string?>();
            page.Request += (_, request) =>
            {
                if (new Uri(request.Url).AbsolutePath is "/connect/token" or "/op/userresource/AccountUser/v1/createForClient")
                {
                    cookies.Add(request.Headers.GetValueOrDefault("cookie"));
                }
            };
            var sent = new List<string>();
            page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) => sent.Add(frame.Text ?? System.Text.Encoding.UTF8.GetString(frame.Binary ?? []));

            await page.GotoAsync(AccountPaths.SignIn);
            await page.GetByLabel("邮箱").FillAsync(Email);
            await page.GetByLabel("密码").FillAsync(Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "登录" }).ClickAsync();
            await page.WaitForURLAsync(url => !url.Contains(AccountPaths.SignIn, StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });

            await page.GotoAsync("/p/acme/development/workbench");
            await Expect(page.Locator("[data-missing]")).ToContainTextAsync("app_secret");
            await page.Locator("[data-typed=app_secret]").FillAsync(secret);
            await Expect(page.Locator("[data-missing]")).ToBeEmptyAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "发送" }).ClickAsync();
            await Expect(page.Locator("[data-wire]")).ToContainTextAsync("200 OK");
            await Expect(page.Locator("[data-captured]")).ToContainTextAsync("access_token");
            await Expect(page.Locator("[data-operation]")).Not.ToContainTextAsync(secret);

            await page.GetByRole(AriaRole.Link, new() { Name = "C端账号创建" }).ClickAsync();
            await Expect(page.Locator("[data-curl]")).ToContainTextAsync("createForClient");
            await page.GetByRole(AriaRole.Button, new() { Name = "发送" }).ClickAsync();
            await Expect(page.Locator("[data-wire]")).ToContainTextAsync("\"isNewCreated\": true");
            await Expect(page.Locator("[data-captured]")).ToContainTextAsync("account_id");
            await page.AssertAccessibleAsync();

            Assert.Equal([null, null], cookies);
            Assert.NotEmpty(sent);
            Assert.DoesNotContain(sent, frame => frame.Contains(secret, StringComparison.Ordinal));

            await page.SetViewportSizeAsync(390, 844);
            await Expect(page.Locator(".list")).ToBeHiddenAsync();
            Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
            await page.GetByRole(AriaRole.Link, new() { Name = "全部接口" }).ClickAsync();
            await Expect(page.Locator(".list")).ToBeVisibleAsync();
            await page.AssertAccessibleAsync();
        });
    }
}
