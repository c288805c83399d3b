using Microsoft.Playwright;

namespace FederationConsole.Tests.Support;

public sealed class ChromiumTests
{
    private const string Page = """
        <!doctype html><html lang="zh-CN"><head><title>页面</title></head>
        <body><main><h1>页面</h1><button onclick="this.textContent = '已点击'">点击</button></main></body></html>
        """;

    [Fact]
    public Task A_page_runs_its_script_and_is_accessible() => Chromium.VisitAsync(null, async page =>
    {
        await page.SetContentAsync(Page);
        await page.GetByRole(AriaRole.Button).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Button)).ToHaveTextAsync("已点击");
        await page.AssertAccessibleAsync();
    });

    [Fact]
    public Task An_accessibility_fault_is_found() => Chromium.VisitAsync(null, async page =>
    {
        await page.SetContentAsync(Page.Replace("点击</button>", "</button>", StringComparison.Ordinal));

        var fault = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(page.AssertAccessibleAsync);
        Assert.Contains("button-name", fault.Message, StringComparison.Ordinal);
    });

    [Fact]
    public async Task A_failed_story_leaves_a_picture()
    {
        var files = new[] { "png", "html" }.Select(type => Path.Combine(Repository.TestResults, $"{nameof(A_failed_story_leaves_a_picture)}.{type}")).ToList();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Chromium.VisitAsync(null, async page =>
        {
            await page.SetContentAsync(Page);
            throw new InvalidOperationException("the story fails");
        }));

        Assert.All(files, file => Assert.True(new FileInfo(file).Length > 0, file));
        files.ForEach(File.Delete);
    }

    [Fact]
    public async Task The_product_is_seen_by_the_browser()
    {
        await using var host = await TestHost.StartAsync();
        await Chromium.VisitAsync(host.Address, async page =>
        {
            var answer = await page.GotoAsync("/healthz");
            Assert.Equal(200, answer?.Status);
        });
    }
}
