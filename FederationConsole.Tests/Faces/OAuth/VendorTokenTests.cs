using System.Net;
using FederationConsole.Data;
using FederationConsole.Features.AppTokens;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using System.Text.Json;

namespace FederationConsole.Tests.Faces.OAuth;

/// <summary>The token of seed 000's vendor by its own form, and its refresh token (RFC 9700 4.14.2).</summary>
public sealed class VendorTokenTests
{
    [Theory, BothDatabases]
    public async Task The_vendors_form_buys_a_pair_and_a_refresh_the_next(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (secret, _) = await world.NewSecretAsync(world.AppKey);
        var bought = await SendAsync(world, Form(world, secret));
        Assert.True(bought.Status == HttpStatusCode.OK, bought.Text);
        Assert.Equal(["access_token", "expires_in", "refresh_token", "scope", "token_type"], bought.Json.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal((7200, "Bearer", "offline_access OpenAppGateway"), (bought.Json.GetProperty("expires_in").GetInt32(), Text(bought, "token_type"), Text(bought, "scope")));

        world.Host.Time.Advance(TimeSpan.FromHours(3));
        Assert.Equal(FaultKind.TokenExpired, Check(world, bought));
        var renewed = await RefreshAsync(world, Text(bought, "refresh_token"));
        Assert.Null(Check(world, renewed));
        Assert.NotEqual(Text(bought, "refresh_token"), Text(renewed, "refresh_token"));
        Assert.Null(Check(world, await RefreshAsync(world, Text(renewed, "refresh_token"))));
    }

    [Theory, BothDatabases]
    public async Task Used_twice_it_ends_its_family_and_that_is_told(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (secret, _) = await world.NewSecretAsync(world.AppKey);
        var first = Text(await SendAsync(world, Form(world, secret)), "refresh_token");
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(world, RefreshForm(first))));

        var next = Text(Assert.Single(replies, r => r.Status == HttpStatusCode.OK), "refresh_token");
        var told = Assert.Single(replies, r => r.Text.Contains("used before", StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (told.Status, Text(told, "error")));
        Assert.Equal("invalid_grant", Text(await SendAsync(world, RefreshForm(next)), "error"));
        Assert.Equal(1, await world.ReadAsync(db => db.Set<AuditLine>().IgnoreQueryFilters().CountAsync(l => l.Action == "app.refresh_token_reused")));
        // Another purchase is another family.
        await RefreshAsync(world, Text(await SendAsync(world, Form(world, secret)), "refresh_token"));
    }

    [Fact]
    public async Task A_refresh_token_dies_with_its_secret_and_after_a_week_unused()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var (secret, retireAsync) = await world.NewSecretAsync(world.AppKey);
        var (early, late) = (await SendAsync(world, Form(world, secret)), await SendAsync(world, Form(world, secret)));
        world.Host.Time.Advance(AppTokenService.RefreshLife - TimeSpan.FromSeconds(1));
        var renewed = await RefreshAsync(world, Text(early, "refresh_token"));
        world.Host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("invalid_grant", Text(await SendAsync(world, RefreshForm(Text(late, "refresh_token"))), "error"));
        await retireAsync();
        Assert.Equal("invalid_grant", Text(await SendAsync(world, RefreshForm(Text(renewed, "refresh_token"))), "error"));
        Assert.Equal(FaultKind.TokenUnknown, Check(world, renewed));
    }

    [Fact]
    public async Task Errors_are_the_RFCs()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var (secret, _) = await world.NewSecretAsync(world.AppKey);
        var access = Text(await SendAsync(world, Form(world, secret)), "access_token");
        foreach (var (form, status, error) in new[]
        {
            (Form(world, "wrong"), 401, "invalid_client"), (Form(world, secret).Replace("client_id=openapi", "client_id=other", StringComparison.Ordinal), 401, "invalid_client"),
            (Form(world, secret).Replace("method=client_secret", "method=none", StringComparison.Ordinal), 400, "invalid_request"),
            (Form(world, secret).Replace("method=client_secret", "", StringComparison.Ordinal), 400, "invalid_request"),
            (Form(world, ""), 400, "invalid_request"), (RefreshForm(""), 400, "invalid_request"), (RefreshForm("x"), 400, "invalid_grant"), (RefreshForm(access), 400, "invalid_grant"),
            ("grant_type=refresh_token&client_id=other&refresh_token=x", 401, "invalid_client"),
        })
        {
            var reply = await SendAsync(world, form);
            Assert.True((status, error) == ((int)reply.Status, Text(reply, "error")), $"{form}: {reply.Text}");
        }
    }

    private static string Form(World world, string secret) =>
        $"grant_type=custom_user_code&client_id=openapi&scope=offline_access%20OpenAppGateway&method=client_secret&appKey={world.AppKey}&appSecret={secret}";

    private static string RefreshForm(string token) => "grant_type=refresh_token&client_id=openapi&refresh_token=" + token;

    private static async Task<Answer> RefreshAsync(World world, string token)
    {
        var reply = await SendAsync(world, RefreshForm(token));
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Text);
        return reply;
    }

    private static FaultKind? Check(World world, Answer bought) => world.Get<AppTokenService>().Check(Text(bought, "access_token")).Fault?.Kind;

    private static string Text(Answer reply, string name) => reply.Json.GetProperty(name).GetString()!;

    private static async Task<Answer> SendAsync(World world, string form)
    {
        using var body = new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        var reply = await world.Host.Http.PostAsync(new Uri("/connect/token", UriKind.Relative), body);
        var text = await reply.Content.ReadAsStringAsync();
        return new(reply.StatusCode, text, JsonElement.Parse(text), reply);
    }
}
