using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FederationConsole.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Routing;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>
/// Whatever is thrown at any endpoint of the face, the answer is the envelope with a 4xx, and nothing was changed. The endpoints are
/// the host's own list: a new one is tried without anybody's doing.
/// </summary>
public sealed class MalformedBodyTests
{
    /// <summary>What no field is: of a wrong type, or no JSON at all.</summary>
    private static readonly string[] WrongValues =
    [
        "true", "-1", "1e400", "10.5", "99999999999999999999", "-0", "[]", "{}", "[[[]]]", "{\"$ref\":\"1\"}", "NaN", "'x'", "undefined", "\"\\ud800\"", "\"\\u0000\"", "\"a\tb\"", "\"\\x41\"",
        "/* c */1", "\"", "", "]", "}", "1,", "01", "\u00a0",
    ];

    /// <summary>What is text, and means harm.</summary>
    private static readonly string[] WrongTexts =
    [
        "'; DROP TABLE \"Users\"; --", "' OR '1'='1", "<script>alert(1)</script>", "${jndi:ldap://127.0.0.1/a}", "{{7*7}}", "../../etc/passwd", "%00", "\u202etxt.exe", "\u0000", "\u001b[2J",
        "a\r\nX-Injected: 1", "\ufeff", new('x', 5_000), new('中', 5_000), new('x', 70_000), "🙂",
    ];

    private static readonly Gen<string> Values = Gen.OneOf(Gen.Elements(WrongValues), Gen.Elements(WrongTexts).Select(text => JsonSerializer.Serialize(text)), Gen.Constant("null"));

    [Fact]
    public async Task Malformed_bodies_are_refused_in_the_envelope_and_change_nothing()
    {
        await using var world = await World.CreateAsync(new TestHostOptions { Settings = new Dictionary<string, string> { ["Guessing:FailuresPerMinute"] = "1000000" } });
        var member = await world.MemberAsync("13838383388");
        var before = await world.DirectoryAsync();
        var seed = new Rnd(2_026_112_2);
        foreach (var (endpoint, index) in Endpoints(world).Select((e, i) => (e, i)))
        {
            var (path, valid) = (endpoint.Path.Replace("{user_id:long}", member.UserId.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), BodyOf(endpoint.Path));
            // Nobody who logs out, and no body is read there: without a token it is refused all the same.
            var token = endpoint.Path is "/v2/user/logout" ? null : member.AccessToken;
            var bodies = Whole(valid).Concat(Fields(valid).Sample(20, new Rnd(seed.Seed, seed.Gamma + (ulong)(2 * index)), 50).Select(b => Encoding.UTF8.GetBytes(b)));
            foreach (var body in bodies)
            {
                await RefusedAsync(world, endpoint.Method, path, body, token);
            }
        }

        Assert.Equal(before, await world.DirectoryAsync());
        Assert.Equal(0, (await world.SendAsync(HttpMethod.Get, $"/v2/user/{member.UserId}", accessToken: member.AccessToken)).Code);
        Assert.DoesNotContain(world.Host.Log.Lines, line => line.Contains("A call of the face", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Malformed_paths_queries_and_headers_are_refused_in_the_envelope()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        // Without %00, which the server refuses before it is anybody's path.
        string[] tails = ["0", "-1", "9223372036854775807", "9223372036854775808", "%2e%2e%2f", "%27%20OR%201=1", "%F0%9F%99%82", "a%0d%0ab", "%FF", new('x', 4_000), "1?user_id=2", "1/", "x?form=text"];
        foreach (var tail in tails)
        {
            foreach (var path in new[] { "/v2/user/", "/v2/user_register/captcha/", "/v2/" })
            {
                await RefusedAsync(world, HttpMethod.Get, path + tail, null, "nonsense");
                await RefusedAsync(world, HttpMethod.Put, path + tail, "{}"u8.ToArray(), new('x', 4_000));
            }
        }
    }

    /// <summary>Every row of the face's table, with the verb that it takes.</summary>
    private static IEnumerable<(HttpMethod Method, string Path)> Endpoints(World world)
    {
        var rows = world.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/v2/", StringComparison.Ordinal) && !e.RoutePattern.RawText.EndsWith("{**rest}", StringComparison.Ordinal))
            .Select(e => (new HttpMethod(e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Single()), e.RoutePattern.RawText!))
            .Where(e => e.Item1 != HttpMethod.Get)
            .ToArray();
        Assert.True(rows.Length >= SeedClause.All.Count + 8, $"{rows.Length} endpoints");
        return rows;
    }

    /// <summary>A body in good form that is refused all the same: what a change to one field leaves of it can do no more.</summary>
    private static JsonObject BodyOf(string path) => SeedClause.All.FirstOrDefault(c => c.Path == path.Replace(":long", "", StringComparison.Ordinal)) is { } clause
        ? (JsonObject)clause.Example.DeepClone()
        : path switch
        {
            "/v2/user_auth" => new() { ["corp_id"] = "c", ["phone"] = "13838383388", ["phone_zone"] = "+86", ["email"] = "li@example.com", ["password"] = "p", ["resource"] = "r", ["plugin_id"] = "a" },
            "/v2/user_register/email_verifycode" => new() { ["corp_id"] = "c", ["email"] = "li@example.com", ["captcha"] = "1", ["plugin_id"] = "a" },
            "/v2/user_register" => new() { ["corp_id"] = "c", ["phone"] = "13838383388", ["phone_zone"] = "+86", ["email"] = "li@example.com", ["verifycode"] = "1", ["nickname"] = "n", ["password"] = People.Password },
            "/v2/user/password/forgot" => new() { ["corp_id"] = "c", ["phone"] = "13838383388", ["phone_zone"] = "+86", ["email"] = "li@example.com", ["captcha"] = "1" },
            "/v2/user/password/foundback" => new() { ["corp_id"] = "c", ["phone"] = "13838383388", ["phone_zone"] = "+86", ["email"] = "li@example.com", ["verifycode"] = "1", ["new_password"] = "weak" },
            "/v2/user/{user_id:long}" => new() { ["nickname"] = "", ["avatar"] = "javascript:x", ["gender"] = 7 },
            "/v2/user/password/reset" => new() { ["old_password"] = "wrong", ["new_password"] = "weak" },
            "/v2/user/token/refresh" => new() { ["refresh_token"] = "r" },
            "/v2/user/logout" => [],
            _ => throw new InvalidOperationException($"{path} has no body to begin with: give it one."),
        };

    /// <summary>One to three fields with something else in their place.</summary>
    private static Gen<string> Fields(JsonObject valid)
    {
        // The first one stays what it is where it is what is wrong: of a profile's fields none is required.
        var names = valid.Select(p => p.Key).Skip(valid.ContainsKey("nickname") && valid.ContainsKey("avatar") ? 1 : 0).Append("source").ToArray();
        var change = from name in Gen.Elements(names) from value in Values select (name, value);
        return change.NonEmptyListOf().Resize(3).Select(changes =>
        {
            var changed = changes.GroupBy(c => c.name).ToDictionary(g => g.Key, g => g.Last().value);
            var kept = valid.Where(p => !changed.ContainsKey(p.Key)).Select(p => (p.Key, p.Value!.ToJsonString()));
            return "{" + string.Join(',', kept.Concat(changed.Select(c => (c.Key, c.Value))).Select(p => $"\"{p.Item1}\":{p.Item2}")) + "}";
        });
    }

    /// <summary>Damage to the whole, the same for every endpoint.</summary>
    private static IEnumerable<byte[]> Whole(JsonObject valid)
    {
        var text = valid.ToJsonString();
        string[] texts =
        [
            "", " ", "null", "true", "7", "\"\"", "[]", $"[{text}]", "\uFEFF", "<xml/>", "source=4&corp_id=c", text[..^1], text + "}", text + text, "// c\n" + text, text.Replace(':', '='), text.Replace('"', '\''),
            string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500), new string('[', 60_000),
            "{" + string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"f{i}\":1")), "{\"corp_id\":\"" + new string('x', 70_000) + "\"}",
        ];
        return
        [
            .. texts.Select(Encoding.UTF8.GetBytes),
            Encoding.Unicode.GetBytes(text), [0xFF, 0xFE, 0x00], [.. Encoding.UTF8.GetBytes($"{{\"{valid.Select(p => p.Key).FirstOrDefault()}\":\""), 0xC3, 0x28, .. "\"}"u8], [.. Encoding.UTF8.GetBytes(text), 0x00], new byte[100],
        ];
    }

    private static async Task RefusedAsync(World world, HttpMethod method, string path, byte[]? body, string? token)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : new ByteArrayContent(body);
        request.Headers.Add("Access-Token", token ?? "");
        // The server reads no more of a body that is too large, and ends the connection: the next call must not be on it.
        request.Headers.ConnectionClose = body?.Length > 64 * 1024;
        using var response = await world.Host.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var sent = body is null ? "" : Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 200)));
        Assert.True((int)response.StatusCode is >= 400 and < 500 && text.StartsWith("{\"error\":", StringComparison.Ordinal), $"{method} {path} {sent}: {(int)response.StatusCode} {text}");
        var error = JsonDocument.Parse(text).RootElement.GetProperty("error");
        Assert.Equal(["code", "msg"], error.EnumerateObject().Select(p => p.Name));
        Assert.True(error.GetProperty("code").GetInt32() / 10_000 == (int)response.StatusCode, $"{method} {path} {sent}: {text}");
        Assert.True(error.GetProperty("msg").GetString() is { Length: > 0 and < 400 } message && !message.Any(char.IsControl), $"{method} {path} {sent}: {text}");
    }
}
