using FederationConsole.Features.Administrators;
using FederationConsole.Platform;
using FederationConsole.Tests.Features.Administrators;
using FederationConsole.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FederationConsole.Tests.Browser;

/// <summary>Administrators in a real browser: what forms, circuits and cookies do together.</summary>
public sealed class AdministratorStories
{
    [Fact]
    public async Task An_owner_signs_in_adds_a_colleague_and_a_disabled_colleague_loses_the_console()
    {
        await using var admin = await AdminHost.StartAsync();
        await Chromium.VisitAsync(admin.Host.Address, async page =>
        {
            await SignInAsync(page, AdminHost.OwnerEmail, AdminHost.OwnerPassword);
            await page.GotoAsync("/settings");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "管理员与角色" })).ToBeVisibleAsync();
            await page.AssertAccessibleAsync();

            await page.GetByRole(AriaRole.Link, new() { Name = "添加管理员" }).ClickAsync();
            await page.Locator("#field-Name").FillAsync("Li Na");
            await page.Locator("#field-Email").FillAsync("li.na@example.com");
            await page.GetByRole(AriaRole.Button, new() { Name = "添加并生成密码" }).ClickAsync();
            await Expect(page.GetByText("只显示这一次")).ToBeVisibleAsync();
            await page.AssertAccessibleAsync();
            await Expect(page.GetByRole(AriaRole.Table)).ToContainTextAsync("li.na@example.com");
        });
        var id = (await admin.Administrators.FindAsync(Actor.Host, "li.na@example.com")).Value;
        var password = (await admin.Administrators.ResetPasswordAsync(Actor.Host, id)).Value!;

        await Chromium.VisitAsync(admin.Host.Address, async page =>
        {
            await SignInAsync(page, "li.na@example.com", password);
            await page.GotoAsync("/settings");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "本机状态" })).ToBeVisibleAsync();

            Assert.True((await admin.Administrators.DisableAsync(Actor.Host, id)).Ok);
            admin.Host.Time.Advance(TimeSpan.FromSeconds(61));
            await page.GotoAsync("/settings");

            await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/account/sign-in", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        });
    }

    [Fact]
    public async Task The_account_pages_are_accessible_and_two_steps_are_set_up_by_hand()
    {
        await using var admin = await AdminHost.StartAsync();
        await Chromium.VisitAsync(admin.Host.Address, async page =>
        {
            await page.GotoAsync(AccountPaths.SignIn);
            await page.AssertAccessibleAsync();
            await SignInAsync(page, AdminHost.OwnerEmail, AdminHost.OwnerPassword);
            await page.GotoAsync(AccountPaths.Mine);
            await page.GetByRole(AriaRole.Button, new() { Name = "设置两步验证" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Img, new() { Name = "身份验证器应用的二维码" })).ToBeVisibleAsync();
            await page.AssertAccessibleAsync();
            var key = await page.Locator(".copy .mono").First.GetAttributeAsync("title");
            await page.GetByLabel("6 位验证码").FillAsync(admin.CodeNow(key!));
            await page.GetByRole(AriaRole.Button, new() { Name = "启用两步验证" }).ClickAsync();
            await Expect(page.GetByText("两步验证已启用")).ToBeVisibleAsync();
            await page.AssertAccessibleAsync();
        });
    }

    private static async Task SignInAsync(IPage page, string email, string password)
    {
        await page.GotoAsync(AccountPaths.SignIn);
        await page.GetByLabel("邮箱").FillAsync(email);
        await page.GetByLabel("密码").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "登录" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains(AccountPaths.SignIn, StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
    }
}
