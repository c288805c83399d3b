using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace FederationConsole.Tests.Features.Sandbox;

/// <summary>The page in Debian's Chromium. <c>SANDBOX_SHOTS=folder</c> keeps what it looked like.</summary>
[Trait("Category", "Browser")]
public sealed class StandardPageBrowserTests
{
    private static readonly string[] Arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

    [Theory]
    [InlineData(1280, "zh-CN", ColorScheme.Light)]
    [InlineData(390, "en", ColorScheme.Dark)]
    public async Task A_newcomer_issues_an_identity_and_sees_what_was_asked(int width, string language, ColorScheme colors)
    {
        await using var host = await SandboxHost.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Arguments });
        var page = await browser.NewPageAsync(new()
        {
            Locale = language, ColorScheme = colors, ViewportSize = new() { Width = width, Height = 900 },
        });
        var complaints = new List<string>();
        page.Console += (_, said) => complaints.AddRange(said.Type is "error" or "warning" ? [said.Text] : []);
        page.PageError += (_, error) => complaints.Add(error);
        page.Dialog += (_, dialog) => complaints.Add(dialog.Message);
        await page.GotoAsync($"{host.Address}sandbox/standard");

        await page.FillAsync("[name=nickname]", "<img src=x onerror=alert(1)>");
        await page.FillAsync("[name=phone]", "13800000000");
        await page.ClickAsync("#issue button");
        await page.WaitForSelectorAsync("#issued:not([hidden])");
        var who = (await page.InnerTextAsync("#open-id"), await page.InnerTextAsync("#access-token"));

        // The platform asks; the page shows it without being touched.
        Assert.Equal(200, (await host.AskAsync(who)).Status);
        await page.WaitForSelectorAsync("#journal li");
        // The switch on the page is the switch of the third party.
        await page.SelectOptionAsync("#persons select", "refuse");
        await page.WaitForFunctionAsync("fetch('/sandbox/standard/state').then(r => r.json()).then(s => s.persons[0].behaviour === 'refuse')");
        Assert.Equal(403, (await host.AskAsync(who, header: "")).Status);
        Assert.Equal(403, (await host.AskAsync(who, sign: "00", header: "sha256=00")).Status);
        await page.WaitForSelectorAsync("#journal li:nth-child(3)");

        Assert.Equal("<img src=x onerror=alert(1)>", await page.InnerTextAsync("#persons .name"));
        Assert.Equal(3, await page.Locator("#curls code").CountAsync());
        Assert.Contains($"\"open_id\":\"{who.Item1}\"", await page.Locator("#curls code").First.InnerTextAsync(), StringComparison.Ordinal);
        var widest = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(widest <= width, $"{widest} px of content on {width} px of screen");
        if (Environment.GetEnvironmentVariable("SANDBOX_SHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"sandbox-{width}.png"), FullPage = true });
        }

        Assert.Empty((await page.RunAxe()).Violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}"));
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task A_bad_field_is_told_beside_the_form_and_gets_the_focus()
    {
        await using var host = await SandboxHost.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Arguments });
        var page = await browser.NewPageAsync(new() { Locale = "en" });
        await page.GotoAsync($"{host.Address}sandbox/standard");

        await page.FillAsync("[name=phone]", "12");
        await page.ClickAsync("#issue button");

        await page.WaitForSelectorAsync("#issue-error:has-text('phone is 5 to 15 digits')");
        Assert.Equal("phone", await page.EvaluateAsync<string>("document.activeElement.name"));
    }
}
