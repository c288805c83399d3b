using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FederationConsole.Features.AppTokens;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Faces.OAuth;

/// <summary>RFC 6749 at <c>POST /connect/token</c>.</summary>
public sealed class TokenTests
{
    [Theory, BothDatabases]
    public async Task A_client_buys_a_token_by_the_body_or_by_Basic(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (secret, _) = await world.NewSecretAsync(world.AppKey);
        foreach (var (form, basic) in new (string, string?)[]
        {
            ($"grant_type=client_credentials&client_id={world.AppKey}&client_secret={secret}", null),
            ("grant_type=client_credentials", $"{world.AppKey}:{secret}"),
            // The parts are form-encoded (2.3.1).
            ("grant_type=client_credentials", $"{string.Concat(world.AppKey.Select(c => $"%{(int)c:x2}"))}:{secret}"),
            // The same client_id beside Basic is no second way; what is sent empty counts as left out.
            ($"grant_type=client_credentials&client_id={world.AppKey}&client_secret=&scope=", $"{world.AppKey}:{secret}"),
        })
        {
            var reply = await SendAsync(world, form, basic);
            Assert.True(reply.Status == HttpStatusCode.OK, reply.Text);
            Assert.Equal(["access_token", "expires_in", "token_type"], reply.Json.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
            Assert.Equal(("Bearer", 7200), (reply.Json.GetProperty("token_type").GetString(), reply.Json.GetProperty("expires_in").GetInt32()));
            Assert.Equal(("no-store", "no-cache"), (reply.Headers.CacheControl!.ToString(), reply.Headers.Pragma.ToString()));
            Assert.True(world.Get<AppTokenService>().Check(reply.Json.GetProperty("access_token").GetString()).Ok);
        }
    }

    [Fact]
    public async Task Errors_are_the_RFCs()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var (secret, retireAsync) = await world.NewSecretAsync(world.AppKey);
        var (idle, _) = await world.NewSecretAsync(world.IdleAppKey);
        const string Grant = "grant_type=client_credentials";
        var id = "&client_id=" + world.AppKey;
        var good = id + "&client_secret=" + secret;

        await RefusedAsync(400, "invalid_request", "client_id=x");
        await RefusedAsync(400, "invalid_request", "");
        await RefusedAsync(400, "invalid_request", Grant + "&" + Grant + good);
        await RefusedAsync(400, "invalid_request", Grant + good, $"{world.AppKey}:{secret}");
        await RefusedAsync(400, "invalid_request", Grant + "&client_id=another", $"{world.AppKey}:{secret}");
        await RefusedAsync(400, "unsupported_grant_type", "grant_type=password" + good);
        await RefusedAsync(401, "invalid_client", Grant);
        await RefusedAsync(401, "invalid_client", Grant + id);
        await RefusedAsync(401, "invalid_client", Grant + id + "&client_secret=wrong");
        await RefusedAsync(401, "invalid_client", Grant + "&client_id=nobody&client_secret=" + secret);
        await RefusedAsync(401, "invalid_client", Grant, $"{world.AppKey}:wrong");
        await RefusedAsync(401, "invalid_client", Grant, "nocolon");
        await RefusedAsync(401, "invalid_client", Grant, raw: "Basic ***");
        await RefusedAsync(401, "invalid_client", Grant, raw: "Basic /////w==");
        await RefusedAsync(401, "invalid_client", Grant, raw: "Bearer x");
        await RefusedAsync(400, "unauthorized_client", $"{Grant}&client_id={world.IdleAppKey}&client_secret={idle}");
        await retireAsync();
        await RefusedAsync(401, "invalid_client", Grant + good);

        async Task RefusedAsync(int status, string error, string form, string? basic = null, string? raw = null)
        {
            var reply = await SendAsync(world, form, basic, raw);
            Assert.True((status, error) == ((int)reply.Status, reply.Json.GetProperty("error").GetString()), $"{form}: {(int)reply.Status} {reply.Text}");
            IsRfcs(reply);
        }
    }

    [Fact]
    public async Task What_the_framework_refuses_wears_the_RFCs_error_too()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var large = "grant_type=client_credentials&x=" + new string('a', 70_000);
        var many = string.Join('&', Enumerable.Range(0, 2_000).Select(i => $"a{i}=1"));
        foreach (var (method, path, type, body, status) in new[]
        {
            ("GET", "/connect/token", null, null, 404),
            ("PUT", "/connect/token", "application/x-www-form-urlencoded", "grant_type=client_credentials", 404),
            ("POST", "/connect/nothing", "application/x-www-form-urlencoded", "", 404),
            ("POST", "/connect/token", "application/json", """{"grant_type":"client_credentials"}""", 400),
            ("POST", "/connect/token", "multipart/form-data; boundary=x", "--x--", 400),
            ("POST", "/connect/token", null, null, 400),
            ("POST", "/connect/token", "application/x-www-form-urlencoded", large, 400),
            ("POST", "/connect/token", "application/x-www-form-urlencoded", many, 400),
        })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
            if (type is not null)
            {
                request.Content = new StringContent(body!);
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            }

            var reply = await SendAsync(world, request);
            Assert.True((status, "invalid_request") == ((int)reply.Status, reply.Json.GetProperty("error").GetString()), $"{method} {path} {type}: {(int)reply.Status} {reply.Text}");
            IsRfcs(reply);
        }
    }

    [Fact]
    public async Task Who_guesses_secrets_is_stopped_and_told_when_to_come_back()
    {
        await using var world = await World.CreateAsync(new TestHostOptions { Settings = new Dictionary<string, string> { ["Guessing:FailuresPerMinute"] = "10" } });
        var (secret, _) = await world.NewSecretAsync(world.AppKey);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(world, $"grant_type=client_credentials&client_id={world.AppKey}&client_secret=guess{i}")).Status);
        }

        var stopped = await SendAsync(world, $"grant_type=client_credentials&client_id={world.AppKey}&client_secret={secret}");

        Assert.Equal((HttpStatusCode)429, stopped.Status);
        Assert.NotNull(stopped.Headers.RetryAfter);
        IsRfcs(stopped);
    }

    /// <summary>5.2: JSON, not kept by anybody, ASCII; 401 says how to come in.</summary>
    private static void IsRfcs(Reply reply)
    {
        Assert.Equal("no-store", reply.Headers.CacheControl!.ToString());
        Assert.Equal("no-cache", reply.Headers.Pragma.ToString());
        Assert.True(Ascii.IsValid(reply.Json.GetProperty("error_description").GetString()));
        Assert.Equal(reply.Status == HttpStatusCode.Unauthorized, reply.Headers.WwwAuthenticate.ToString().StartsWith("Basic realm=", StringComparison.Ordinal));
    }

    private static Task<Reply> SendAsync(World world, string form, string? basic = null, string? raw = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/connect/token", UriKind.Relative))
        {
            Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        if ((raw ?? (basic is null ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)))) is { } authorization)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return SendAsync(world, request);
    }

    private static async Task<Reply> SendAsync(World world, HttpRequestMessage request)
    {
        using (request)
        {
            using var reply = await world.Host.Http.SendAsync(request);
            var text = await reply.Content.ReadAsStringAsync();
            return new(reply.StatusCode, text, JsonElement.Parse(text), reply.Headers);
        }
    }

    private sealed record Reply(HttpStatusCode Status, string Text, JsonElement Json, HttpResponseHeaders Headers);
}
