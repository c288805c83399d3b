using System.Runtime.CompilerServices;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace FederationConsole.Tests.Support;

/// <summary>
/// Debian's Chromium, driven by Playwright: one browser a test process, and for each story a context of its own (cookies,
/// storage, language). A failed story leaves a picture and the page in TestResults/.
/// </summary>
/// <remarks>Playwright's driver sits on a pipe from this process and takes the browser with it when the process ends.</remarks>
internal static class Chromium
{
    private const string Executable = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private static readonly Lazy<Task<IBrowser>> Browser = new(LaunchAsync);

    /// <summary>Runs the story on a fresh page.</summary>
    /// <param name="address">What relative addresses stand on; null when the story goes to absolute ones.</param>
    /// <param name="story">What the person does and sees.</param>
    /// <param name="adjust">Language (Chinese if unset), size, colour scheme, ...</param>
    /// <param name="name">Names the files of a failure.</param>
    public static async Task VisitAsync(
        Uri? address, Func<IPage, Task> story, Action<BrowserNewContextOptions>? adjust = null, [CallerMemberName] string name = "")
    {
        var options = new BrowserNewContextOptions { BaseURL = address?.ToString(), Locale = "zh-CN", ViewportSize = new() { Width = 1280, Height = 800 } };
        adjust?.Invoke(options);
        var browser = await Browser.Value;
        await using var context = await browser.NewContextAsync(options);
        var page = await context.NewPageAsync();
        try
        {
            await story(page);
        }
        catch
        {
            var file = Path.Combine(Repository.TestResults, name);
            await page.ScreenshotAsync(new() { Path = $"{file}.png", FullPage = true });
            await File.WriteAllTextAsync($"{file}.html", await page.ContentAsync());
            throw;
        }
    }

    /// <summary>Fails when axe finds a violation of level serious or critical on the page as it is now.</summary>
    public static async Task AssertAccessibleAsync(this IPage page)
    {
        var result = await page.RunAxe();
        var faults = result.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(Describe).ToList();
        Assert.True(faults.Count == 0, $"{page.Url}{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Impact}: {violation.Id}: {violation.Help}{string.Concat(violation.Nodes.Select(node => $"{Environment.NewLine}    {node.Html}"))}";

    private static async Task<IBrowser> LaunchAsync()
    {
        if (!File.Exists(Executable))
        {
            throw new InvalidOperationException(
                $"No {Executable}. Run ./test.sh, which installs what the tests need, or: apt-get install chromium fonts-noto-cjk");
        }

        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Arguments });
    }
}
