using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FederationConsole.Features.Sandbox;

namespace FederationConsole.Tests.Features.Sandbox;

public sealed class StandardUserInfoTests : IAsyncLifetime
{
    private SandboxHost host = null!;

    public async Task InitializeAsync() => host = await SandboxHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    private string Now => host.Time.Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task The_documented_question_is_answered_with_the_profile()
    {
        var who = await host.IssueAsync(new { nickname = "小明", phone = "13800000000", email = "ming@example.com" });

        var (status, body, reply) = await host.AskAsync(who);

        Assert.Equal(200, status);
        Assert.Equal("""{"nickname":"小明","phone":"13800000000","phone_zone":"+86","email":"ming@example.com"}""", body);
        Assert.Equal("application/json; charset=utf-8", reply.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store", reply.Headers.CacheControl!.ToString());
    }

    /// <summary>Held against values computed by openssl and md5sum, not by the code under test.</summary>
    [Fact]
    public async Task The_signatures_are_those_of_other_tools()
    {
        using var reply = new HttpRequestMessage(HttpMethod.Get,
            "/sandbox/standard/userinfo?access_token=at-1&open_id=wang&timestamp=1772352000&sign=01ba89f8bbe0046b59d7b2e73d72b7be");
        reply.Headers.Add("X-Signature", "sha256=5e21513f2bc6afc83bfd1ed15e8d83d41f77a926cfd664ae5cb96e3ae638822c");
        using var answer = await host.Http.SendAsync(reply);

        // Both signatures are right; the person is unknown, and that alone is what is wrong.
        Assert.Equal("""{"error":{"code":4030001,"msg":"token invalid"}}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_order_of_the_vendors_sentence_is_right_too()
    {
        var who = await host.IssueAsync();

        var (status, _, _) = await host.AskAsync(who, sign: SandboxHost.Md5(who.OpenId + Now + who.AccessToken + SandboxHost.Token));

        Assert.Equal(200, status);
        Assert.Equal("ok_other_order", (await host.LastAskedAsync()).GetProperty("sign").GetProperty("result").GetString());
    }

    [Fact]
    public async Task Upper_case_hex_is_right()
    {
        var who = await host.IssueAsync();

        var (status, _, _) = await host.AskAsync(who, sign: SandboxHost.Md5(who.OpenId + who.AccessToken + Now + SandboxHost.Token).ToUpperInvariant());

        Assert.Equal(200, status);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("zz000000000000000000000000000000")]
    [InlineData("00")]
    public async Task A_wrong_sign_is_refused_and_the_string_to_sign_is_shown(string sign)
    {
        var who = await host.IssueAsync();

        var (status, body, _) = await host.AskAsync(who, sign: sign);

        Assert.Equal((403, """{"error":{"code":4030001,"msg":"sign invalid"}}"""), (status, body));
        var check = (await host.LastAskedAsync()).GetProperty("sign");
        Assert.Equal("wrong", check.GetProperty("result").GetString());
        Assert.Equal($"{who.OpenId}****{who.AccessToken[^4..]}{Now}****{SandboxHost.Token[^4..]}", check.GetProperty("signed").GetString());
    }

    [Fact]
    public async Task A_missing_header_is_allowed_and_said()
    {
        var who = await host.IssueAsync();

        var (status, _, _) = await host.AskAsync(who, header: "");

        Assert.Equal(200, status);
        Assert.Equal("absent", (await host.LastAskedAsync()).GetProperty("header").GetProperty("result").GetString());
    }

    [Theory]
    [InlineData("sha256=00")]
    [InlineData("{right without prefix}")]
    [InlineData("{other key}")]
    public async Task A_wrong_header_is_refused_although_the_sign_is_right(string header)
    {
        var who = await host.IssueAsync();
        var query = $"access_token={who.AccessToken}&open_id={who.OpenId}&timestamp={Now}";
        header = header.Replace("{right without prefix}", SandboxHost.Hmac(query), StringComparison.Ordinal)
            .Replace("{other key}", "sha256=" + SandboxHost.Hmac(query, "another token"), StringComparison.Ordinal);

        var (status, body, _) = await host.AskAsync(who, header: header);

        Assert.Equal((403, """{"error":{"code":4030001,"msg":"X-Signature invalid"}}"""), (status, body));
        var last = await host.LastAskedAsync();
        Assert.Equal("ok", last.GetProperty("sign").GetProperty("result").GetString());
        Assert.Equal("wrong", last.GetProperty("header").GetProperty("result").GetString());
        Assert.Equal(
            $"access_token=****{who.AccessToken[^4..]}&open_id={who.OpenId}&timestamp={Now}", last.GetProperty("header").GetProperty("signed").GetString());
    }

    [Theory]
    [InlineData(-300, 200)]
    [InlineData(300, 200)]
    [InlineData(-301, 403)]
    [InlineData(301, 403)]
    public async Task The_timestamp_may_be_five_minutes_off(int seconds, int expected)
    {
        var who = await host.IssueAsync();

        var (status, _, _) = await host.AskAsync(who, timestamp: host.Time.Now.ToUnixTimeSeconds() + seconds);

        Assert.Equal(expected, status);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("9223372036854775807")]
    public async Task A_timestamp_that_is_no_time_is_stale(string timestamp)
    {
        var (openId, accessToken) = await host.IssueAsync();
        var sign = SandboxHost.Md5(openId + accessToken + timestamp + SandboxHost.Token);

        using var reply = await host.Http.GetAsync(
            new Uri($"/sandbox/standard/userinfo?open_id={openId}&access_token={accessToken}&timestamp={timestamp}&sign={sign}", UriKind.Relative));

        Assert.Equal("""{"error":{"code":4030001,"msg":"timestamp more than 5 minutes off"}}""", await reply.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?open_id=a&timestamp=1&sign=c")]
    [InlineData("?open_id=a&access_token=b&timestamp=1")]
    [InlineData("?open_id=a&access_token=b&timestamp=&sign=c")]
    [InlineData("?open_id=a&open_id=a&access_token=b&timestamp=1&sign=c")]
    public async Task A_parameter_that_is_missing_or_there_twice_is_said(string query)
    {
        using var reply = await host.Http.GetAsync(new Uri("/sandbox/standard/userinfo" + query, UriKind.Relative));

        Assert.Equal(400, (int)reply.StatusCode);
        Assert.Contains("4001002", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_persons_token_and_an_old_token_are_refused()
    {
        var ming = await host.IssueAsync(new { open_id = "ming" });
        var hong = await host.IssueAsync(new { open_id = "hong" });
        var again = await host.IssueAsync(new { open_id = "ming" });

        Assert.Equal(403, (await host.AskAsync((ming.OpenId, hong.AccessToken))).Status);
        Assert.Equal(403, (await host.AskAsync(ming)).Status);
        Assert.Equal(200, (await host.AskAsync(again)).Status);
    }

    [Theory]
    [InlineData("approve_empty", 200, "")]
    [InlineData("refuse", 403, """{"error":{"code":4030001,"msg":"token invalid"}}""")]
    [InlineData("expire", 403, """{"error":{"code":4030001,"msg":"token expired"}}""")]
    [InlineData("html", 200, "<!doctype html><title>Login</title><h1>Please sign in</h1>")]
    [InlineData("broken_json", 200, """{"phone":"13800000000","nickname":""")]
    [InlineData("server_error", 500, "Internal Server Error")]
    [InlineData("redirect", 302, "")]
    [InlineData("wrong_types", 200, """{"phone":13800000000,"phone_zone":86,"email":["a@example.com"],"nickname":{"zh":"x"},"avatar":true}""")]
    public async Task Each_behaviour_answers_as_its_name_says(string behaviour, int status, string body)
    {
        var who = await host.IssueAsync(new { behaviour });

        var answer = await host.AskAsync(who);

        Assert.Equal((status, body), (answer.Status, answer.Body));
        Assert.Equal(status == 302 ? "/sandbox" : null, answer.Reply.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_large_answer_is_a_megabyte_of_valid_json()
    {
        var (status, body, _) = await host.AskAsync(await host.IssueAsync(new { behaviour = "large" }));

        Assert.Equal(200, status);
        Assert.True(Encoding.UTF8.GetByteCount(body) > 1024 * 1024);
        Assert.Equal(JsonValueKind.String, JsonDocument.Parse(body).RootElement.GetProperty("nickname").ValueKind);
        Assert.True((await host.LastAskedAsync()).GetProperty("body").GetString()!.Length < 1000);
    }

    [Fact]
    public async Task A_hanging_third_party_never_answers_and_the_question_is_on_the_page_meanwhile()
    {
        var who = await host.IssueAsync(new { behaviour = "hang" });
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.AskAsync(who, cancel: patience.Token));

        Assert.Equal(0, (await host.LastAskedAsync()).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_behaviour_is_switched_while_the_token_stays_good()
    {
        var who = await host.IssueAsync();
        var address = $"/sandbox/standard/persons/{who.OpenId}/behaviour";

        using var off = await host.Http.PutAsJsonAsync(address, new { behaviour = "refuse" });
        Assert.Equal(204, (int)off.StatusCode);
        Assert.Equal(403, (await host.AskAsync(who)).Status);

        using var on = await host.Http.PutAsJsonAsync(address, new { behaviour = "approve" });
        Assert.Equal(200, (await host.AskAsync(who)).Status);
    }

    [Fact]
    public async Task The_journal_keeps_the_last_questions_and_no_token()
    {
        var who = await host.IssueAsync();
        for (var i = 0; i < StandardJournal.Capacity + 5; i++)
        {
            await host.AskAsync(who);
        }

        var state = await host.StateAsync();

        var numbers = state.GetProperty("journal").EnumerateArray().Select(r => r.GetProperty("number").GetInt64()).ToList();
        Assert.Equal(Enumerable.Range(6, StandardJournal.Capacity).Reverse().Select(n => (long)n), numbers);
        Assert.DoesNotContain(who.AccessToken, state.GetProperty("journal").GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(SandboxHost.Token, state.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ACCESS_TOKEN=secret-of-mine")]
    [InlineData("access%5Ftoken=secret-of-mine")]
    public async Task A_token_under_another_spelling_of_its_name_is_masked(string pair)
    {
        using var reply = await host.Http.GetAsync(new Uri($"/sandbox/standard/userinfo?{pair}&open_id=a", UriKind.Relative));

        var asked = (await host.LastAskedAsync()).GetRawText();
        Assert.Contains("****mine", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of-mine", asked, StringComparison.Ordinal);
    }
}
