using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using FederationConsole.Features.Sandbox;
using Microsoft.Extensions.Options;

namespace FederationConsole.Tests.Features.Sandbox;

public sealed partial class StandardPageTests
{
    private static readonly string[] Files = ["standard.html", "standard.css", "standard.js", "sandbox.js"];

    private static async Task<(HttpResponseMessage Reply, string Html)> GetAsync(SandboxHost host, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sandbox/standard");
        request.Headers.Add("Accept-Language", language);
        var reply = await host.Http.SendAsync(request);
        return (reply, await reply.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("zh-CN", "zh-CN", "沙箱：标准第三方")]
    [InlineData("en-GB, zh;q=0.5", "en", "Sandbox: a standard third party")]
    [InlineData("de", "zh-CN", "沙箱：标准第三方")]
    public async Task The_page_speaks_the_browsers_language_and_leaves_no_placeholder(string asked, string language, string title)
    {
        await using var host = await SandboxHost.StartAsync();

        var (_, html) = await GetAsync(host, asked);

        Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
        Assert.Contains($"<h1>{title}</h1>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_holds_to_its_strict_policy_and_its_size()
    {
        await using var host = await SandboxHost.StartAsync();

        var (reply, html) = await GetAsync(host, "zh");

        var policy = Assert.Single(reply.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var page = await new HtmlParser().ParseDocumentAsync(html);
        Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src])"));
        Assert.DoesNotContain(page.All.SelectMany(e => e.Attributes), a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        Assert.True(Files.Sum(f => new FileInfo(Path.Combine(SandboxHost.WebRoot(), "sandbox", f)).Length) < 30 * 1024);
    }

    [Fact]
    public async Task Its_style_and_script_are_served()
    {
        await using var host = await SandboxHost.StartAsync();
        var (_, html) = await GetAsync(host, "zh");

        var page = await new HtmlParser().ParseDocumentAsync(html);
        var addresses = page.QuerySelectorAll("script, link[rel=stylesheet]").Select(e => e.GetAttribute("src") ?? e.GetAttribute("href")!).ToList();
        Assert.Equal(3, addresses.Count);
        foreach (var address in addresses)
        {
            using var reply = await host.Http.GetAsync(new Uri(address, UriKind.Relative));
            Assert.Equal(200, (int)reply.StatusCode);
        }
    }

    /// <summary>What was typed travels as JSON alone, in which no markup stands unescaped, and the script never parses markup.</summary>
    [Fact]
    public async Task A_nickname_of_markup_stays_text()
    {
        const string Nickname = "<img src=x onerror=f()>";
        await using var host = await SandboxHost.StartAsync();
        await host.IssueAsync(new { nickname = Nickname });

        var state = await host.Http.GetStringAsync(new Uri("/sandbox/standard/state", UriKind.Relative));
        var (_, html) = await GetAsync(host, "zh");
        var script = string.Concat(Directory.GetFiles(Path.Combine(SandboxHost.WebRoot(), "sandbox"), "*.js").Select(File.ReadAllText));

        Assert.DoesNotContain("<img", state, StringComparison.Ordinal);
        Assert.Equal(Nickname, (await host.StateAsync()).GetProperty("persons")[0].GetProperty("nickname").GetString());
        Assert.DoesNotContain("onerror", html, StringComparison.Ordinal);
        Assert.All(
            ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("],
            (string word) => Assert.DoesNotContain(word, script, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unchanged_state_is_not_sent_again()
    {
        await using var host = await SandboxHost.StartAsync();
        var state = await host.StateAsync();
        var address = new Uri($"/sandbox/standard/state?run={state.GetProperty("run")}&version={state.GetProperty("version")}", UriKind.Relative);

        using var same = await host.Http.GetAsync(address);
        await host.IssueAsync();
        using var changed = await host.Http.GetAsync(address);

        Assert.Equal((204, 200), ((int)same.StatusCode, (int)changed.StatusCode));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/state")]
    [InlineData("/userinfo")]
    public async Task Nothing_is_mapped_outside_Development(string path)
    {
        await using var host = await SandboxHost.StartAsync("Production");

        using var reply = await host.Http.GetAsync(new Uri("/sandbox/standard" + path, UriKind.Relative));

        Assert.Equal(404, (int)reply.StatusCode);
    }

    [Theory]
    [InlineData("Sandbox:StandardToken", "short")]
    [InlineData("Sandbox:CorpId", "'; rm -rf")]
    public async Task A_wrong_setting_stops_the_start(string key, string value)
    {
        var stopped = await Assert.ThrowsAsync<OptionsValidationException>(() => SandboxHost.StartAsync("Development", (key, value)));

        Assert.Contains(key.Split(':')[1], stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_languages_have_every_text_that_is_used_and_no_other()
    {
        var texts = new ResourceManager(typeof(SandboxTexts));
        HashSet<string> KeysOf(string culture) =>
            [.. texts.GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: false)!
                .Cast<DictionaryEntry>().Select(e => (string)e.Key)];
        var (chinese, english) = (KeysOf(""), KeysOf("en"));

        var html = await File.ReadAllTextAsync(Path.Combine(SandboxHost.WebRoot(), "sandbox", "standard.html"));
        var pages = string.Concat(Directory.GetFiles(Path.Combine(SandboxHost.WebRoot(), "sandbox"), "*.html").Select(File.ReadAllText));
        var onThePage = Placeholder().Matches(pages).Select(m => m.Groups["key"].Value).Except(VendorPageTests.Filled).ToHashSet();

        Assert.Equal(chinese.Order(), english.Order());
        Assert.Subset(chinese, onThePage);
        Assert.All(chinese.Except(onThePage), key => Assert.Matches("^(Bad|TooLarge|UnknownPerson|Party_|Vendor_|Credential_|Step_|VendorAccount(Somebody|AsItShould)$)", key)); // errors of /issue, names of vendors and choices
        Assert.All(Enum.GetValues<Behaviour>(), b => Assert.Contains($"value=\"{SandboxJson.Name(b)}\"", html, StringComparison.Ordinal));
        Assert.All(Enum.GetValues<SignatureCheck>(), c => Assert.Contains($"data-{SandboxJson.Name(c)}=", html, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\{\{(?<key>\w+)\}\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();
}
