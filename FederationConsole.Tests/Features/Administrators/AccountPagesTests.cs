using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using FederationConsole.Features.Administrators;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.Administrators;

/// <summary>The account pages as a browser without scripts meets them.</summary>
public sealed partial class AccountPagesTests
{
    [Fact]
    public async Task Whoever_is_not_signed_in_is_led_to_the_sign_in_and_back()
    {
        await using var admin = await AdminHost.StartAsync();
        using var browser = new PlainBrowser(admin.Host);

        var (refused, _) = await browser.GetAsync("/settings");
        Assert.Equal(HttpStatusCode.Found, refused.StatusCode);
        var address = refused.Headers.Location!.PathAndQuery;
        Assert.Equal("/account/sign-in?returnUrl=%2Fsettings", address);
        var (_, page) = await browser.GetAsync(address);
        var (done, _) = await browser.SubmitAsync(address, page, SignIn(AdminHost.OwnerEmail, AdminHost.OwnerPassword));

        Assert.Equal((HttpStatusCode.Found, "/settings"), (done.StatusCode, Path(done)));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/settings")).Answer.StatusCode);
        admin.Host.Log.AssertNeverSays(AdminHost.OwnerPassword);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https:")]
    [InlineData("https://evil.example/")]
    public async Task Nobody_is_sent_to_another_host(string back)
    {
        await using var admin = await AdminHost.StartAsync();
        using var browser = new PlainBrowser(admin.Host);
        var address = $"/account/sign-in?returnUrl={Uri.EscapeDataString(back)}";
        var (_, page) = await browser.GetAsync(address);

        var (done, _) = await browser.SubmitAsync(address, page, SignIn(AdminHost.OwnerEmail, AdminHost.OwnerPassword));

        Assert.Equal("/", Path(done));
    }

    [Fact]
    public async Task Unknown_and_wrong_look_alike_and_the_password_does_not_come_back()
    {
        await using var admin = await AdminHost.StartAsync();
        using var browser = new PlainBrowser(admin.Host);
        var (_, page) = await browser.GetAsync("/account/sign-in");

        var (first, wrong) = await browser.SubmitAsync("/account/sign-in", page, SignIn(AdminHost.OwnerEmail, "hunter2hunter2"));
        var (second, unknown) = await browser.SubmitAsync("/account/sign-in", page, SignIn("nobody@example.com", "hunter2hunter2"));

        Assert.Equal(first.StatusCode, second.StatusCode);
        Assert.NotEmpty(wrong.QuerySelector(".notice-bad")!.TextContent.Trim());
        Assert.Equal(wrong.QuerySelector(".notice-bad")!.TextContent, unknown.QuerySelector(".notice-bad")!.TextContent);
        Assert.DoesNotContain("hunter2", wrong.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("console", browser.Cookies.Keys);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        await using var admin = await AdminHost.StartAsync();
        using var browser = new PlainBrowser(admin.Host);
        var (_, page) = await browser.GetAsync("/account/sign-in");

        var (answer, _) = await browser.SubmitAsync("/account/sign-in", page, SignIn(AdminHost.OwnerEmail, AdminHost.OwnerPassword), withToken: false);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("console", browser.Cookies.Keys);
    }

    [Fact]
    public async Task Two_steps_are_set_up_used_and_turned_off_and_the_session_goes_on()
    {
        await using var admin = await AdminHost.StartAsync();
        using var browser = new PlainBrowser(admin.Host);
        await SignInAsync(browser);
        var (_, mine) = await browser.GetAsync("/account");
        var (_, key) = await browser.SubmitAsync("/account", mine, Act("Begin"));
        Assert.NotNull(key.QuerySelector("svg"));
        var secret = key.QuerySelector(".copy .mono")!.GetAttribute("title")!;

        var (_, wrong) = await browser.SubmitAsync("/account", key, Act("Enable", ("Input.Code", "000000")));
        Assert.NotNull(wrong.QuerySelector(".notice-bad"));
        Assert.Equal(secret, wrong.QuerySelector(".copy .mono")!.GetAttribute("title"));
        var (_, on) = await browser.SubmitAsync("/account", wrong, Act("Enable", ("Input.Code", admin.CodeNow(secret))));
        Assert.Equal(10, RecoveryCode().Count(on.QuerySelector("pre")!.TextContent));

        admin.Host.Time.Advance(TimeSpan.FromSeconds(61));
        var (still, page) = await browser.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        var (_, notOff) = await browser.SubmitAsync("/account", page, Act("Disable", ("Input.Current", "wrong")));
        Assert.NotNull(notOff.QuerySelector(".notice-bad"));

        using var other = new PlainBrowser(admin.Host);
        Assert.Equal("/account/two-step", await SignInAsync(other));
        var (_, second) = await other.GetAsync("/account/two-step");
        var (done, _) = await other.SubmitAsync("/account/two-step", second, new Dictionary<string, string> { ["Input.Code"] = admin.CodeNow(secret) });
        Assert.Equal("/", Path(done));
        var (_, off) = await other.SubmitAsync("/account", (await other.GetAsync("/account")).Page, Act("Disable", ("Input.Current", AdminHost.OwnerPassword)));
        Assert.Null(off.QuerySelector(".notice-bad"));
        Assert.False((await admin.Accounts.ReadAsync(await admin.OwnerAsync())).Value!.TwoStep);
    }

    [Fact]
    public async Task The_policy_leads_through_enrolment()
    {
        await using var admin = await AdminHost.StartAsync();
        Assert.True((await admin.Settings.SetPolicyAsync(Actor.Host, twoStepRequired: true, null, version: 0)).Ok);
        using var browser = new PlainBrowser(admin.Host);
        Assert.Equal("/account/enrol", await SignInAsync(browser));
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/settings")).Answer.StatusCode);
        var (_, page) = await browser.GetAsync("/account/enrol");
        var secret = page.QuerySelector(".copy .mono")!.GetAttribute("title")!;

        var (_, done) = await browser.SubmitAsync("/account/enrol", page, new Dictionary<string, string> { ["Input.Code"] = admin.CodeNow(secret) });

        Assert.Equal(10, RecoveryCode().Count(done.QuerySelector("pre")!.TextContent));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/settings")).Answer.StatusCode);
    }

    [Fact]
    public async Task Set_up_makes_the_owner_once()
    {
        await using var admin = await AdminHost.StartAsync(DatabaseKind.Sqlite, "Production", new Dictionary<string, string>());
        var code = SetUpCode().Match(admin.Notice.ToString()).Value;
        using var browser = new PlainBrowser(admin.Host);
        var (led, _) = await browser.GetAsync("/account/sign-in");
        Assert.Equal("/setup", Path(led));
        var (_, page) = await browser.GetAsync("/setup");
        var fields = new Dictionary<string, string>
        {
            ["Input.Code"] = code,
            ["Input.Name"] = "Li",
            ["Input.Email"] = "li@example.com",
            ["Input.Password"] = "a long enough password",
        };

        var (made, _) = await browser.SubmitAsync("/setup", page, fields);

        Assert.Equal("/account/sign-in", Path(made));
        Assert.Equal("/account/sign-in", Path((await browser.GetAsync("/setup")).Answer));
        Assert.Equal("/", await SignInAsync(browser, "li@example.com", "a long enough password"));
    }

    [Fact]
    public async Task Signing_out_needs_the_token_and_ends_the_session()
    {
        await using var admin = await AdminHost.StartAsync();
        using var browser = new PlainBrowser(admin.Host);
        await SignInAsync(browser);
        var (_, page) = await browser.GetAsync("/account");

        var (refused, _) = await browser.SubmitAsync("/account/sign-out", page, new Dictionary<string, string>(), withToken: false);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("console", browser.Cookies.Keys);
        var (left, _) = await browser.SubmitAsync("/account/sign-out", page, new Dictionary<string, string>());

        Assert.Equal("/account/signed-out", Path(left));
        Assert.DoesNotContain("console", browser.Cookies.Keys);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/signed-out")).Answer.StatusCode);
    }

    [Theory]
    [InlineData("/account/sign-in", "c=zh-CN|uic=zh-CN", "登录")]
    [InlineData("/account/sign-in", "c=en|uic=en", "Sign in")]
    public async Task Pages_speak_the_language_of_the_cookie(string path, string culture, string title)
    {
        await using var admin = await AdminHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", $".AspNetCore.Culture={Uri.EscapeDataString(culture)}");

        var page = await (await admin.Host.Http.SendAsync(request)).Content.ReadAsStringAsync();

        Assert.Contains($">{title}</h1>", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    /// <returns>Where it leads.</returns>
    private static async Task<string> SignInAsync(PlainBrowser browser, string email = AdminHost.OwnerEmail, string password = AdminHost.OwnerPassword)
    {
        var (_, page) = await browser.GetAsync("/account/sign-in");
        return Path((await browser.SubmitAsync("/account/sign-in", page, SignIn(email, password))).Answer);
    }

    private static Dictionary<string, string> SignIn(string email, string password) => new() { ["Input.Email"] = email, ["Input.Password"] = password };

    private static Dictionary<string, string> Act(string act, params (string Name, string Value)[] fields) =>
        new([new("Input.Act", act), .. fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))]);

    private static string Path(HttpResponseMessage answer)
    {
        var location = answer.Headers.Location ?? throw new InvalidOperationException($"No redirect but {answer.StatusCode}");
        return location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString;
    }

    [GeneratedRegex("[A-Z2-9]{5}(-[A-Z2-9]{5}){2}\\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RecoveryCode();

    [GeneratedRegex("[A-Z2-9]{5}(-[A-Z2-9]{5}){3}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SetUpCode();
}
