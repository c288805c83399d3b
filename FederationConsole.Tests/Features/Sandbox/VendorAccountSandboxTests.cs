using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;

namespace FederationConsole.Tests.Features.Sandbox;

/// <summary>The vendor's side of seed 003, step by step, as its tables have it.</summary>
public sealed class VendorAccountSandboxTests
{
    private const string Client = "client_id=demo-vendor-client&client_secret=demo-vendor-secret";

    /// <summary>第一步: an authorization code of somebody who signed in at the vendor.</summary>
    internal static async Task<(string Code, string OpenId)> SignInAsync(SandboxHost host, object? asked = null)
    {
        using var reply = await host.Http.PostAsJsonAsync("/sandbox/vendor/issue", asked ?? new { });
        var issued = await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return (issued.GetProperty("code").GetString()!, issued.GetProperty("open_id").GetString()!);
    }

    [Theory]
    [InlineData("form")]
    [InlineData("query")]
    [InlineData("get")]
    public async Task The_three_steps_of_the_seed(string how)
    {
        await using var host = await SandboxHost.StartAsync();
        var (code, openId) = await SignInAsync(host, new { nickname = "小明", mobile = "13800000000", gender = "1" });

        var tokens = await TokenAsync(host, $"grant_type=authorization_code&{Client}&code={code}", how);
        var person = await AskAsync(host, "/sns/userinfo", $"access_token={tokens["access_token"]}&openid={openId}", how);
        var renewed = await TokenAsync(host, $"grant_type=refresh_token&{Client}&refresh_token={tokens["refresh_token"]}", how);

        Assert.Equal(["access_token", "expires_in", "message", "openid", "refresh_token", "result_code"], tokens.Select(f => f.Key).Order(StringComparer.Ordinal));
        Assert.Equal(("0", "成功", "7200", openId), (Text(tokens, "result_code"), Text(tokens, "message"), Text(tokens, "expires_in"), Text(tokens, "openid")));
        Assert.Equal($$"""{"result_code":"0","message":"成功","openid":"{{openId}}","nick_name":"小明","mobile":"13800000000","gender":"1"}""", Plain(person));
        Assert.Equal(["access_token", "expires_in", "message", "refresh_token", "result_code"], renewed.Select(f => f.Key).Order(StringComparer.Ordinal));
        Assert.NotEqual(Text(tokens, "refresh_token"), Text(renewed, "refresh_token"));
        Assert.Equal("0", await CodeAsync(host, "/sns/userinfo", $"access_token={renewed["access_token"]}&openid={openId}"));
    }

    [Fact]
    public async Task Each_result_code_for_what_the_seed_gives_it()
    {
        await using var host = await SandboxHost.StartAsync();
        var (code, openId) = await SignInAsync(host);
        var tokens = await TokenAsync(host, $"grant_type=authorization_code&{Client}&code={code}");
        var mine = $"access_token={tokens["access_token"]}&openid={openId}";

        // A stranger does not spend what is not theirs.
        Assert.Equal("110000", await CodeAsync(host, Token, "grant_type=refresh_token&client_id=demo-vendor-client&client_secret=wrong&refresh_token=" + tokens["refresh_token"]));
        Assert.Equal("110000", await CodeAsync(host, Token, $"grant_type=password&{Client}"));
        Assert.Equal("110000", await CodeAsync(host, Token, $"grant_type=authorization_code&{Client}&{Client}&code=x"));
        Assert.Equal("100002", await CodeAsync(host, Token, $"grant_type=authorization_code&{Client}&code={code}"));
        Assert.Equal("100002", await CodeAsync(host, Token, $"grant_type=authorization_code&{Client}&code=nobodys"));
        Assert.Equal("100003", await CodeAsync(host, Token, $"grant_type=refresh_token&{Client}&refresh_token=nobodys"));
        Assert.Equal("100005", await CodeAsync(host, "/sns/userinfo", $"access_token=nobodys&openid={openId}"));
        Assert.Equal("100006", await CodeAsync(host, "/sns/userinfo", $"access_token={tokens["access_token"]}&openid=another"));

        var renewed = await TokenAsync(host, $"grant_type=refresh_token&{Client}&refresh_token={tokens["refresh_token"]}");
        Assert.Equal("100003", await CodeAsync(host, Token, $"grant_type=refresh_token&{Client}&refresh_token={tokens["refresh_token"]}"));

        host.Time.Now += TimeSpan.FromSeconds(7200);
        Assert.Equal("100001", await CodeAsync(host, "/sns/userinfo", mine));

        using (await host.Http.PostAsync(new Uri($"/sandbox/vendor/persons/{openId}/revoke", UriKind.Relative), null))
        {
            Assert.Equal("100004", await CodeAsync(host, "/sns/userinfo", mine));
            Assert.Equal("100004", await CodeAsync(host, Token, $"grant_type=refresh_token&{Client}&refresh_token={renewed["refresh_token"]}"));
        }

        // A revoked grant is over, the person is not.
        var (again, _) = await SignInAsync(host, new { open_id = openId });
        Assert.Equal("0", await CodeAsync(host, Token, $"grant_type=authorization_code&{Client}&code={again}"));
    }

    [Fact]
    public async Task Codes_live_five_minutes_and_refresh_tokens_thirty_days()
    {
        await using var host = await SandboxHost.StartAsync();
        var (late, _) = await SignInAsync(host);
        var (inTime, _) = await SignInAsync(host);
        host.Time.Now += TimeSpan.FromSeconds(299);
        var tokens = await TokenAsync(host, $"grant_type=authorization_code&{Client}&code={inTime}");
        host.Time.Now += TimeSpan.FromSeconds(1);
        Assert.Equal("100002", await CodeAsync(host, Token, $"grant_type=authorization_code&{Client}&code={late}"));
        host.Time.Now += TimeSpan.FromDays(30);
        Assert.Equal("100003", await CodeAsync(host, Token, $"grant_type=refresh_token&{Client}&refresh_token={tokens["refresh_token"]}"));
    }

    [Theory]
    [InlineData("100001")]
    [InlineData("100002")]
    [InlineData("100003")]
    [InlineData("100004")]
    [InlineData("100005")]
    [InlineData("100006")]
    [InlineData("110000")]
    public async Task The_next_answer_of_a_step_is_any_code_at_will_and_once(string chosen)
    {
        await using var host = await SandboxHost.StartAsync();
        var (code, openId) = await SignInAsync(host);
        await ChooseAsync(host, openId, "userinfo", chosen);

        // Another step is not touched.
        var tokens = await TokenAsync(host, $"grant_type=authorization_code&{Client}&code={code}");
        Assert.Equal("0", Text(tokens, "result_code"));
        Assert.Equal(chosen, await CodeAsync(host, "/sns/userinfo", $"access_token={tokens["access_token"]}&openid={openId}"));
        Assert.Equal("0", await CodeAsync(host, "/sns/userinfo", $"access_token={tokens["access_token"]}&openid={openId}"));

        await ChooseAsync(host, openId, "refresh", chosen);
        Assert.Equal(chosen, await CodeAsync(host, Token, $"grant_type=refresh_token&{Client}&refresh_token={tokens["refresh_token"]}"));
        await ChooseAsync(host, openId, "token", chosen);
        var (again, _) = await SignInAsync(host, new { open_id = openId });
        Assert.Equal(chosen, await CodeAsync(host, Token, $"grant_type=authorization_code&{Client}&code={again}"));

        await ChooseAsync(host, openId, "token", chosen);
        await ChooseAsync(host, openId, "token", "0");
        var (third, _) = await SignInAsync(host, new { open_id = openId });
        Assert.Equal("0", await CodeAsync(host, Token, $"grant_type=authorization_code&{Client}&code={third}"));
    }

    [Theory]
    [InlineData("PUT", "/persons/nobody/next", """{"step":"token","result_code":"100001"}""", 404)]
    [InlineData("POST", "/persons/nobody/revoke", null, 404)]
    [InlineData("PUT", "/persons/known/next", """{"step":"token","result_code":"999"}""", 400)]
    [InlineData("PUT", "/persons/known/next", """{"result_code":"100001"}""", 400)]
    [InlineData("POST", "/issue", """{"open_id":"a b"}""", 400)]
    [InlineData("POST", "/issue", """{"gender":"3"}""", 400)]
    [InlineData("POST", "/issue", """{"mobile":"1"}""", 400)]
    [InlineData("POST", "/issue", """{"nick":"x"}""", 400)]
    public async Task What_the_page_cannot_do_is_told(string method, string path, string? body, int status)
    {
        await using var host = await SandboxHost.StartAsync();
        await SignInAsync(host, new { open_id = "known" });
        using var request = new HttpRequestMessage(new(method), "/sandbox/vendor" + path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var reply = await host.Http.SendAsync(request);
        Assert.Equal(status, (int)reply.StatusCode);
        Assert.NotEmpty((await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("msg").GetString()!);
    }

    [Fact]
    public async Task The_page_speaks_both_languages_and_its_journal_shows_no_token()
    {
        await using var host = await SandboxHost.StartAsync();
        foreach (var (language, text) in new[] { ("zh-CN", "解除授权"), ("en", "Revoke") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/sandbox/vendor");
            request.Headers.Add("Accept-Language", language);
            using var reply = await host.Http.SendAsync(request);
            var html = await reply.Content.ReadAsStringAsync();
            Assert.Contains(text, html, StringComparison.Ordinal);
            Assert.DoesNotContain("{{", html, StringComparison.Ordinal);
            Assert.Empty((await new HtmlParser().ParseDocumentAsync(html)).QuerySelectorAll("style, [style], script:not([src])"));
        }

        var (code, openId) = await SignInAsync(host, new { nickname = "<b>小明</b>" });
        var tokens = await TokenAsync(host, $"grant_type=authorization_code&{Client}&code={code}");
        await CodeAsync(host, Token, $"grant_type=refresh_token&{Client}&refresh_token={tokens["refresh_token"]}");
        await CodeAsync(host, "/sns/userinfo", $"access_token={tokens["access_token"]}&openid={openId}");
        var state = await host.Http.GetFromJsonAsync<JsonElement>("/sandbox/vendor/state");
        var journal = state.GetProperty("journal");
        Assert.Equal(3, journal.GetArrayLength());
        Assert.All([code, Text(tokens, "access_token"), Text(tokens, "refresh_token"), "demo-vendor-secret"],
            secret => Assert.DoesNotContain(secret, journal.GetRawText(), StringComparison.Ordinal));
        using var same = await host.Http.GetAsync(new Uri($"/sandbox/vendor/state?run={state.GetProperty("run")}&version={state.GetProperty("version")}", UriKind.Relative));
        Assert.Equal(204, (int)same.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/sns/userinfo")]
    [InlineData("/oauth2.0/get_access_token")]
    public async Task Nothing_is_mapped_outside_Development(string path)
    {
        await using var host = await SandboxHost.StartAsync("Production");
        using var reply = await host.Http.GetAsync(new Uri("/sandbox/vendor" + path, UriKind.Relative));
        Assert.Equal(404, (int)reply.StatusCode);
    }

    private const string Token = "/oauth2.0/get_access_token";

    private static string Text(JsonObject answer, string field) => (string)answer[field]!;

    private static string Plain(JsonObject answer) => answer.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static async Task ChooseAsync(SandboxHost host, string openId, string step, string code)
    {
        using var reply = await host.Http.PutAsJsonAsync($"/sandbox/vendor/persons/{openId}/next", new { step, result_code = code });
        Assert.Equal(204, (int)reply.StatusCode);
    }

    private static Task<JsonObject> TokenAsync(SandboxHost host, string parameters, string how = "form") => AskAsync(host, Token, parameters, how);

    private static async Task<string> CodeAsync(SandboxHost host, string path, string parameters) => Text(await AskAsync(host, path, parameters), "result_code");

    /// <summary>Always 200, JSON, and nothing but strings.</summary>
    private static async Task<JsonObject> AskAsync(SandboxHost host, string path, string parameters, string how = "form")
    {
        using var request = new HttpRequestMessage(how == "get" ? HttpMethod.Get : HttpMethod.Post, $"/sandbox/vendor{path}{(how == "form" ? "" : "?" + parameters)}");
        request.Content = how == "form" ? new StringContent(parameters, Encoding.UTF8, "application/x-www-form-urlencoded") : null;
        using var reply = await host.Http.SendAsync(request);
        Assert.Equal((200, "application/json"), ((int)reply.StatusCode, reply.Content.Headers.ContentType!.MediaType));
        var answer = (await reply.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.All(answer, field => Assert.Equal(JsonValueKind.String, field.Value!.GetValueKind()));
        return answer;
    }
}
