using FederationConsole.Features.Administrators;
using FederationConsole.Features.ProjectFiles;
using FederationConsole.Platform;
using FederationConsole.Tests.Features.Administrators;
using FederationConsole.Tests.Features.ProjectFiles;
using FederationConsole.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FederationConsole.Tests.Browser;

/// <summary>The pages of the account and user service (seed 003) in a real browser: no axe violation, nothing wider than a phone.</summary>
public sealed class AccountServiceStories
{
    private static readonly string[] Pages =
    [
        "/p/demo/development/service", "/p/demo/production/service", "/p/demo/development/attributes", "/p/demo/production/attributes",
        "/p/demo/development/attributes?new=custom", "/p/demo/development/policies", "/p/demo/development/promotion", "/p/demo/production/promotion",
        "/p/demo/development/vendor-accounts", "/p/demo/development/vendor-accounts?app=shop", "/p/demo/development/users/import", "/help/vendor-accounts", "/sandbox/vendor",
    ];

    [Theory]
    [InlineData(1280, ColorScheme.Light, false)]
    [InlineData(390, ColorScheme.Dark, true)]
    public async Task Every_page_can_be_used_by_everybody(int width, ColorScheme scheme, bool english)
    {
        await using var admin = await AdminHost.StartAsync();
        Assert.IsType<ImportResult.Done>((await admin.Host.Get<ProjectFileImport>().ImportAsync(Actor.Host, Imports.Demo)).Value);
        await Chromium.VisitAsync(
            admin.Host.Address,
            async page =>
            {
                await page.GotoAsync(AccountPaths.SignIn);
                await page.Locator("input[type=email]").FillAsync(AdminHost.OwnerEmail);
                await page.Locator("input[type=password]").FillAsync(AdminHost.OwnerPassword);
                await page.Locator("button[type=submit]").ClickAsync();
                await page.WaitForURLAsync(url => !url.Contains(AccountPaths.SignIn, StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
                if (english)
                {
                    await page.Locator("[data-culture]").First.ClickAsync();
                    await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
                }

                await page.SetViewportSizeAsync(width, 900);
                foreach (var path in Pages)
                {
                    await page.GotoAsync(path);
                    await Expect(page.Locator("h1")).ToBeVisibleAsync();
                    await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
                    await page.AssertAccessibleAsync();
                    Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > window.innerWidth"), $"{path} is wider than {width}");
                }
            },
            options => options.ColorScheme = scheme);
    }
}
