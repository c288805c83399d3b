using FederationConsole.Features.VendorAccounts.Conformance;
using FederationConsole.Tests.Features.Sandbox;
using FederationConsole.Tests.Platform.Outbound;
using Microsoft.AspNetCore.Http;

namespace FederationConsole.Tests.Features.VendorAccounts.Conformance;

public sealed class ConformanceRunTests
{
    private static readonly ConformanceRule[] TakesTimeOrPeople = [ConformanceRule.AccessTokenExpired, ConformanceRule.GrantRevoked];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_holds_for_an_honest_vendor(bool byGet)
    {
        await using var vendor = await ExaminedVendor.StartAsync();
        var results = await RunAsync(vendor, byGet);
        Assert.Empty(results.Where(r => r.Outcome != RuleOutcome.Holds).Select(r => r.Rule).Except(TakesTimeOrPeople));
        Assert.Equal(new HashSet<string> { byGet ? "GET /token" : "POST /token", "POST /me" }, vendor.Methods);
    }

    [Fact]
    public async Task All_holds_for_the_sandbox()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var (code, _) = await VendorAccountSandboxTests.SignInAsync(sandbox);
        var results = await new ConformanceRun(Outbounds.Calls()).RunAsync(
            new(new(sandbox.Address, "/sandbox/vendor/oauth2.0/get_access_token"), new(sandbox.Address, "/sandbox/vendor/sns/userinfo"), "demo-vendor-client", "demo-vendor-secret",
                ByGet: false, new Dictionary<string, string>(), "sandbox"), code, default);
        Assert.Empty(results.Where(r => r.Outcome != RuleOutcome.Holds).Select(r => $"{r.Rule} {r.Why}").Except(TakesTimeOrPeople.Select(r => $"{r} {ConformanceTexts.Get(r == ConformanceRule.GrantRevoked ? "Why_TakesPerson" : "Why_TakesTime")}")));
    }

    [Fact]
    public async Task An_empty_message_is_a_message_and_an_empty_token_is_missing()
    {
        await using var vendor = await ExaminedVendor.StartAsync();
        vendor.Change = (_, answer) => answer["message"] = "";
        Assert.DoesNotContain(await RunAsync(vendor), r => r.Outcome == RuleOutcome.Fails);

        await using var empty = await ExaminedVendor.StartAsync();
        empty.Change = (_, answer) => answer["access_token"] = "";
        var token = (await RunAsync(empty)).Single(r => r.Rule == ConformanceRule.AccessToken);
        Assert.Equal((RuleOutcome.Fails, ConformanceTexts.Get("Why_Missing", "access_token")), (token.Outcome, token.Why));
    }

    [Fact]
    public async Task A_vendor_may_have_names_of_its_own()
    {
        await using var vendor = await ExaminedVendor.StartAsync();
        foreach (var (name, own) in new[] { ("client_id", "appid"), ("code", "auth_code"), ("access_token", "token"), ("openid", "uid"), ("result_code", "ret"), ("nick_name", "nick") })
        {
            vendor.Names[name] = own;
        }

        Assert.DoesNotContain(await RunAsync(vendor), r => r.Outcome == RuleOutcome.Fails);
    }

    public static TheoryData<string, ConformanceRule, Action<object>> Faults
    {
        get
        {
            var faults = new TheoryData<string, ConformanceRule, Action<object>>();
            Add("a number for the result code", ConformanceRule.ResultCode, v => v.Change = (_, a) => a["result_code"] = int.Parse((string)a["result_code"]!, System.Globalization.CultureInfo.InvariantCulture));
            Add("a code of its own", ConformanceRule.ResultCode, v => v.Change = (_, a) => a["result_code"] = a["result_code"] is "100006" ? "200001" : a["result_code"]);
            Add("no message", ConformanceRule.Message, v => v.Change = (_, a) => a.Remove("message"));
            Add("HTML as content type", ConformanceRule.Json, v => v.ContentType = "text/html");
            Add("a code that is refused", ConformanceRule.CodeExchange, v => v.Change = On("authorization_code", a => { a.Clear(); (a["result_code"], a["message"]) = ("100002", "no"); }));
            Add("no access token", ConformanceRule.AccessToken, v => v.Change = On("authorization_code", a => a.Remove("access_token")));
            Add("expiry in words", ConformanceRule.ExpiresIn, v => v.Change = On("authorization_code", a => a["expires_in"] = "an hour"));
            Add("no refresh token", ConformanceRule.RefreshToken, v => v.Change = On("authorization_code", a => a.Remove("refresh_token")));
            Add("a number for the openid", ConformanceRule.OpenId, v => v.Change = On("authorization_code", a => a["openid"] = 9007199254740993));
            Add("no openid", ConformanceRule.OpenId, v => v.Change = On("authorization_code", a => a["openid"] = ""));
            Add("user info is refused", ConformanceRule.UserInfo, v => v.Change = On("userinfo", a => a["result_code"] = "110000"));
            Add("another openid", ConformanceRule.SameOpenId, v => v.Change = On("userinfo", a => a["openid"] = "v-2"));
            Add("no nick name", ConformanceRule.NickName, v => v.Change = On("userinfo", a => a.Remove("nick_name")));
            Add("a number for the mobile", ConformanceRule.OptionalFields, v => v.Change = On("userinfo", a => a["mobile"] = 13800000000));
            Add("a gender in words", ConformanceRule.OptionalFields, v => v.Change = On("userinfo", a => a["gender"] = "male"));
            Add("an unknown token has another code", ConformanceRule.AccessTokenUnknown, v => v.Change = (_, a) => a["result_code"] = a["result_code"] is "100005" ? "110000" : a["result_code"]);
            Add("anybody's openid", ConformanceRule.OpenIdWrong, v => v.TakesAnyOpenId = true);
            Add("refreshing hands out nothing", ConformanceRule.Refresh, v => v.Change = On("refresh_token", a => a.Remove("access_token")));
            Add("refreshing is refused", ConformanceRule.Refresh, v => v.Change = On("refresh_token", a => a["result_code"] = "110000"));
            Add("the new token is worth nothing", ConformanceRule.NewAccessToken, v => v.Change = On("refresh_token", a => a["access_token"] = a.ContainsKey("access_token") ? "worthless" : null));
            Add("any refresh token's refusal has another code", ConformanceRule.RefreshTokenUnknown, v => v.Change = (_, a) => a["result_code"] = a["result_code"] is "100003" ? "110000" : a["result_code"]);
            Add("spent refresh tokens live", ConformanceRule.RefreshTokenSpent, v => v.RefreshTokensLive = true);
            Add("any secret", ConformanceRule.SecretWrong, v => v.TakesAnySecret = true);
            Add("a code's refusal has another code", ConformanceRule.CodeUnknown, v => v.Change = (_, a) => a["result_code"] = a["result_code"] is "100002" ? "110000" : a["result_code"]);
            Add("codes live", ConformanceRule.CodeOnce, v => v.CodesLive = true);
            Add("a redirect", ConformanceRule.Answers, v => v.Misbehave = At("/me", http => http.Response.Redirect("/elsewhere")));
            Add("a crash", ConformanceRule.Answers, v => v.Misbehave = At("/me", http => http.Response.StatusCode = 500));
            Add("a page", ConformanceRule.Json, v => v.Misbehave = At("/me", http => http.Response.ContentType = "text/html"));
            return faults;

            void Add(string name, ConformanceRule broken, Action<ExaminedVendor> fault) => faults.Add(name, broken, vendor => fault((ExaminedVendor)vendor));
        }
    }

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task Each_fault_is_found(string fault, ConformanceRule broken, Action<object> give)
    {
        await using var vendor = await ExaminedVendor.StartAsync();
        give(vendor);
        var results = await RunAsync(vendor);
        var found = results.Single(r => r.Rule == broken);
        Assert.True(found is { Outcome: RuleOutcome.Fails, Why.Length: > 0 }, $"{fault}: {string.Join(", ", results.Where(r => r.Outcome == RuleOutcome.Fails))}");
        Assert.Equal(Enum.GetValues<ConformanceRule>(), results.Select(r => r.Rule));
        Assert.DoesNotContain(results, r => r.Why?.Contains(ExaminedVendor.ClientSecret, StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task What_the_platform_takes_too_holds_and_is_said()
    {
        await using var vendor = await ExaminedVendor.StartAsync();
        vendor.Change = (_, a) =>
        {
            if (a.ContainsKey("expires_in"))
            {
                a["expires_in"] = 3600;
            }

            if (a.ContainsKey("gender"))
            {
                a["gender"] = 1;
            }
        };
        var results = await RunAsync(vendor);
        Assert.All([ConformanceRule.ExpiresIn, ConformanceRule.OptionalFields], (ConformanceRule rule) =>
            Assert.Equal(new RuleResult(rule, RuleOutcome.Holds, ConformanceTexts.Get("Why_NumberTaken")), results.Single(r => r.Rule == rule)));
    }

    [Fact]
    public async Task Who_keeps_the_refresh_token_breaks_no_rule()
    {
        await using var vendor = await ExaminedVendor.StartAsync();
        vendor.KeepsRefreshToken = true;
        var results = await RunAsync(vendor);
        Assert.DoesNotContain(results, r => r.Outcome == RuleOutcome.Fails);
        Assert.All([ConformanceRule.RefreshRotates, ConformanceRule.RefreshTokenSpent], (ConformanceRule rule) => Assert.Equal(RuleOutcome.NotTested, results.Single(r => r.Rule == rule).Outcome));
    }

    [Fact]
    public async Task A_vendor_that_hangs_is_late_and_the_rest_is_not_tested()
    {
        await using var vendor = await ExaminedVendor.StartAsync();
        vendor.Misbehave = FederationConsole.Tests.Support.Upstreams.Upstream.HangAsync;
        var results = await RunAsync(vendor, timeout: TimeSpan.FromMilliseconds(300));
        Assert.Equal([ConformanceRule.InTime, ConformanceRule.CodeExchange], results.Where(r => r.Outcome == RuleOutcome.Fails).Select(r => r.Rule));
        Assert.Equal(RuleOutcome.NotTested, results.Single(r => r.Rule == ConformanceRule.UserInfo).Outcome);
    }

    [Fact]
    public async Task HTTP_outside_this_machine_fails_without_a_question()
    {
        var setup = new ConformanceSetup(new("http://192.0.2.1/token"), new("https://192.0.2.1/me"), "id", "secret", false, new Dictionary<string, string>(), "nobody");
        var results = await new ConformanceRun(Outbounds.Calls(o => (o.AllowPrivateNetworks, o.Timeout) = (false, TimeSpan.FromMilliseconds(200)))).RunAsync(setup, "code", default);
        Assert.Equal(RuleOutcome.Fails, results.Single(r => r.Rule == ConformanceRule.Https).Outcome);
    }

    private static Action<string, Dictionary<string, object?>> On(string what, Action<Dictionary<string, object?>> change) => (asked, answer) =>
    {
        if (asked == what && answer["result_code"] is "0")
        {
            change(answer);
        }
    };

    private static Func<HttpContext, Task<bool>> At(string path, Action<HttpContext> act) => http =>
    {
        if (http.Request.Path != path)
        {
            return Task.FromResult(false);
        }

        act(http);
        return Task.FromResult(true);
    };

    private static Task<IReadOnlyList<RuleResult>> RunAsync(ExaminedVendor vendor, bool byGet = false, TimeSpan? timeout = null) =>
        new ConformanceRun(Outbounds.Calls(o => o.Timeout = timeout ?? o.Timeout)).RunAsync(
            new(vendor.TokenUrl, vendor.UserInfoUrl, ExaminedVendor.ClientId, ExaminedVendor.ClientSecret, byGet, vendor.Names, "vendor"), "the-code", default);
}
