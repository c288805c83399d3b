using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FederationConsole.Features.Sandbox;

namespace FederationConsole.Tests.Features.Sandbox;

public sealed class StandardIssueTests : IAsyncLifetime
{
    private SandboxHost host = null!;

    public async Task InitializeAsync() => host = await SandboxHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    private async Task<(int Status, JsonElement Body)> PostAsync(HttpContent content, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sandbox/standard/issue") { Content = content };
        if (language is not null)
        {
            request.Headers.Add("Accept-Language", language);
        }

        using var reply = await host.Http.SendAsync(request);
        return ((int)reply.StatusCode, await reply.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    [Fact]
    public async Task An_empty_object_is_issued_an_identity_of_its_own()
    {
        var (first, second) = (await host.IssueAsync(), await host.IssueAsync());

        Assert.NotEqual(first.OpenId, second.OpenId);
        Assert.NotEqual(first.AccessToken, second.AccessToken);
        Assert.Equal("{}", (await host.AskAsync(first)).Body);
    }

    [Fact]
    public async Task A_form_does_as_well_and_its_empty_fields_are_nothing()
    {
        using var form = new FormUrlEncodedContent(
            [new("open_id", "wang"), new("nickname", "王"), new("phone", ""), new("behaviour", "refuse")]);

        var (status, body) = await PostAsync(form);

        Assert.Equal((200, "wang"), (status, body.GetProperty("open_id").GetString()));
        Assert.Equal(403, (await host.AskAsync(("wang", body.GetProperty("access_token").GetString()!))).Status);
    }

    [Theory]
    [InlineData("""{"open_id":"a b"}""", "open_id")]
    [InlineData("""{"open_id":"it's"}""", "open_id")]
    [InlineData("""{"open_id":"a\n"}""", null)]
    [InlineData("""{"nickname":"a\u0000b"}""", "nickname")]
    [InlineData("""{"nickname":"123456789012345678901234567890123"}""", "nickname")]
    [InlineData("""{"phone":"+8613800000000"}""", "phone")]
    [InlineData("""{"phone":13800000000}""", "phone")]
    [InlineData("""{"email":"nobody"}""", "email")]
    [InlineData("""{"behaviour":"dance"}""", "behaviour")]
    [InlineData("""{"behaviour":1}""", "behaviour")]
    [InlineData("""{"behavior":"refuse"}""", "behavior")]
    public async Task A_bad_field_is_named_and_nobody_is_issued(string json, string? field)
    {
        using var content = Json(json);
        var (status, body) = await PostAsync(content);

        if (field is null)
        {
            Assert.Equal(200, status); // blanks at the ends are trimmed
            return;
        }

        Assert.Equal(400, status);
        Assert.Equal(field, body.GetProperty("error").GetProperty("field").GetString());
        Assert.Equal(4001001, body.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(0, (await host.StateAsync()).GetProperty("person_count").GetInt32());
    }

    [Theory]
    [InlineData("{", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("{}", "text/plain")]
    [InlineData("""{"nickname":"json sent as a form"}""", "application/x-www-form-urlencoded")]
    public async Task A_body_that_cannot_be_read_is_a_clear_error(string text, string type)
    {
        using var content = new StringContent(text, Encoding.UTF8, type);
        var (status, body) = await PostAsync(content, "en");

        Assert.Equal(400, status);
        Assert.Contains("JSON", body.GetProperty("error").GetProperty("msg").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_a_clear_error()
    {
        using var content = Json($$"""{"nickname":"{{new string('x', 20_000)}}"}""");
        var (status, body) = await PostAsync(content, "en");

        Assert.Equal(400, status);
        Assert.Contains("16 KiB", body.GetProperty("error").GetProperty("msg").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "手机号")]
    [InlineData("fr, en;q=0.8, zh;q=0.5", "phone is")]
    [InlineData("en;q=0.1, zh-TW", "手机号")]
    public async Task Errors_speak_the_callers_language(string? language, string expected)
    {
        using var content = Json("""{"phone":"x"}""");
        var (_, body) = await PostAsync(content, language);

        Assert.StartsWith(expected, body.GetProperty("error").GetProperty("msg").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_behaviour_for_nobody_or_of_no_name_is_refused()
    {
        using var nobody = await host.Http.PutAsJsonAsync("/sandbox/standard/persons/nobody/behaviour", new { behaviour = "refuse" });
        using var nothing = await host.Http.PutAsJsonAsync("/sandbox/standard/persons/nobody/behaviour", new { });

        Assert.Equal((404, 400), ((int)nobody.StatusCode, (int)nothing.StatusCode));
    }

    [Fact]
    public void The_thousand_and_first_person_pushes_out_the_one_issued_longest_ago()
    {
        var persons = new StandardPersons(TimeProvider.System);
        var issue = (int i) => persons.Issue(new IssueRequest($"p{i}", null, null, null, null));
        for (var i = 0; i <= StandardPersons.Capacity; i++)
        {
            issue(i);
            issue(i); // a new token is not a new person
        }

        Assert.Equal(StandardPersons.Capacity, persons.Count);
        Assert.Null(persons.Find("p0"));
        Assert.NotNull(persons.Find("p1"));
        Assert.Equal(["p1000", "p999"], persons.Newest(2).Select(p => p.OpenId));
    }

    [Fact]
    public async Task Many_at_once_stay_within_the_bound()
    {
        var persons = new StandardPersons(TimeProvider.System);

        await Parallel.ForEachAsync(Enumerable.Range(0, 5_000), (_, _) =>
        {
            persons.Issue(new IssueRequest(null, null, null, null, null));
            return ValueTask.CompletedTask;
        });

        Assert.Equal(StandardPersons.Capacity, persons.Count);
        Assert.Equal(StandardPersons.Capacity, persons.Newest(int.MaxValue).Count);
    }
}
