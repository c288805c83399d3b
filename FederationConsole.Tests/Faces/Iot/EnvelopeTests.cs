using System.Net;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>Whatever comes in, what goes out wears the face's envelope.</summary>
public sealed class EnvelopeTests
{
    [Fact]
    public async Task A_wrong_path_or_verb_is_told_in_the_envelope()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        (HttpMethod Method, string Path)[] wrong =
        [
            (HttpMethod.Get, "/v2/"), (HttpMethod.Post, "/v2/nothing"), (HttpMethod.Get, "/v2/user_auth_third"),
            (HttpMethod.Put, "/v2/user/third/register_check"), (HttpMethod.Delete, "/v2/user/5"), (HttpMethod.Get, "/v2/user/logout"),
            (HttpMethod.Get, "/v2/user/abc"), (HttpMethod.Get, "/v2/user/99999999999999999999"), (HttpMethod.Patch, "/v2/user/token/refresh"),
        ];
        foreach (var (method, path) in wrong)
        {
            var answer = await world.SendAsync(method, path);
            Assert.True(answer.Code == 4041001, $"{method} {path}: {answer.Text}");
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        }
    }

    [Fact]
    public async Task What_is_missing_is_named_as_on_the_wire()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        foreach (var path in (string[])["/v2/user/third/register_check", "/v2/user_auth_third", "/v2/user_third/is_bind"])
        {
            Assert.Equal("请求数据必须字段不可为空: 'source' 不能为Null。", (await world.PostAsync(path, "{}")).Message);
        }
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_too_deep_is_a_validation_failure()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        string[] bodies =
        [
            $$"""{"source":10,"corp_id":"{{new string('x', 70_000)}}"}""",
            string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500),
            "{" + string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"f{i}\":1")) + "}",
            """{"source":10,"corp_id":"\ud800","open_id":"o","access_token":"t"}""",
            """{"source":1e400,"corp_id":"c","open_id":"o","access_token":"t"}""",
            """{"source":10.5,"corp_id":"c","open_id":"o","access_token":"t"}""",
            """{"source":10,"corp_id":["c"],"open_id":"o","access_token":"t"}""",
        ];
        foreach (var body in bodies)
        {
            var answer = await world.PostAsync("/v2/user_auth_third", body);
            Assert.True(answer.Code is 4001001 or 4001002, body[..Math.Min(60, body.Length)] + ": " + answer.Text);
        }
    }

    [Fact]
    public async Task A_failure_of_ours_shows_its_request_id_and_nothing_else()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var login = await world.LoginAsync("o-1");
        await world.Get<FederationConsole.Data.Store>().WriteAsync(FederationConsole.Data.Scope.Host, async db =>
            await Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(db.Database, "DROP TABLE \"SpentRefreshTokens\""));

        var answer = await world.PostAsync("/v2/user/token/refresh", new { refresh_token = login.RefreshToken }, login.AccessToken);

        Assert.Equal(5031001, answer.Code);
        Assert.Matches("^系统错误 \\([0-9A-Z]+:[0-9A-F]+\\)$", answer.Message);
        var id = answer.Message.Split('(')[1].TrimEnd(')');
        Assert.Contains(world.Host.Log.Lines, line => line.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_names_the_field_and_what_is_allowed()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        (object Body, string Chinese, string English)[] wrong =
        [
            (new { corp_id = 7, phone = "13838383388", password = "p" }, "corp_id 类型不正确，必须是字符串", "corp_id has the wrong type, it must be a string"),
            (new { corp_id = "c", phone = "13838383388", phone_zone = "86", password = "p" }, "phone_zone 必须是 + 加 1 至 4 位数字且首位不为 0，如 +86", "phone_zone must be + and 1 to 4 digits"),
            (new { corp_id = "c", phone = "1383838", password = "p" }, "'phone' 不是有效的手机号：+86 为 1 开头的 11 位数字", "'phone' is no phone number: 11 digits"),
            (new { corp_id = "c", phone = "13838383388" }, "'password' 不能为空", "'password' must not be empty"),
        ];
        foreach (var (body, chinese, english) in wrong)
        {
            Assert.Contains(chinese, (await world.PostAsync("/v2/user_auth", body)).Message, StringComparison.Ordinal);
            Assert.Contains(english, (await world.SendAsync(HttpMethod.Post, "/v2/user_auth", body, language: "en-GB,en;q=0.8")).Message, StringComparison.Ordinal);
        }
    }
}
