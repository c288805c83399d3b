using System.Net;
using FederationConsole.Data;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.Traces;
using FederationConsole.Features.VendorAccounts;
using FederationConsole.Features.Users;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Faces.VendorAccount;

/// <summary>Seed 003, 第二步 2, from outside: ours is renewed only after the vendor's yes.</summary>
public sealed class OAuthRefreshTests
{
    [Theory, BothDatabases]
    public async Task A_renewal_asks_the_vendor_with_the_token_of_last_time(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var vendor = await world.AddVendorAsync();
        var login = await world.VendorLoginAsync(vendor.Authorize("o-1"));
        vendor.Asked.Clear();

        var first = await world.VendorRefreshAsync(login.Text("refresh_token"), world.AppKey);
        var second = await world.VendorRefreshAsync(first.Text("refresh_token"));

        Assert.Equal(("0", "o-1"), (first.ResultCode(), first.Text("open_id")));
        Assert.Equal("0", second.ResultCode());
        Assert.Equal(login.Json.GetProperty("user_id").GetInt64(), second.Json.GetProperty("user_id").GetInt64());
        Assert.Equal(Enumerable.Repeat(VendorParty.TokenPath + " refresh_token", 2), vendor.Asked);
        Assert.Single(vendor.RefreshTokens);
        Assert.Equal(HttpStatusCode.OK, (await ProfileAsync(world, login, second.Text("access_token"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ProfileAsync(world, login, login.Text("access_token"))).Status);
        var held = await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<VendorGrant>().SingleAsync());
        Assert.DoesNotContain(vendor.RefreshTokens.Single(), held.RefreshToken!.Value.Ciphertext, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task A_vendor_that_says_100003_or_100004_ends_our_session(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var vendor = await world.AddVendorAsync();
        foreach (var code in new[] { "100003", "100004" })
        {
            vendor.Misbehave = null;
            var login = await world.VendorLoginAsync(vendor.Authorize("o-1"));
            vendor.Answer(code, "gone");
            Assert.Equal(code, (await world.VendorRefreshAsync(login.Text("refresh_token"))).ResultCode());
            Assert.Equal(HttpStatusCode.Forbidden, (await ProfileAsync(world, login, login.Text("access_token"))).Status);
            vendor.Misbehave = null;
            Assert.Equal("100003", (await world.VendorRefreshAsync(login.Text("refresh_token"))).ResultCode());
        }

        Assert.All(
            await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<Session>().ToListAsync()), s => Assert.Equal(SessionEnd.VendorRevoked, s.EndReason));
    }

    [Theory, BothDatabases]
    public async Task A_vendor_that_does_not_answer_leaves_the_session_and_the_token_as_they_are(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var vendor = await world.AddVendorAsync();
        var login = await world.VendorLoginAsync(vendor.Authorize("o-1"));
        Action[] troubles =
        [
            () => vendor.Misbehave = http => VendorParty.SayAsync(http, "<html>"),
            () => vendor.Misbehave = http => VendorParty.SayAsync(http, "x", 503),
            () => vendor.Answer("100001", "x"),
            () => vendor.Answer("110000", "x"),
            () => vendor.Answer("777", "x"),
        ];
        string[] codes = ["110000", "110000", "100001", "110000", "110000"];
        foreach (var (trouble, code) in troubles.Zip(codes))
        {
            trouble();
            var answer = await world.VendorRefreshAsync(login.Text("refresh_token"));
            Assert.Equal((HttpStatusCode.OK, code), (answer.Status, answer.ResultCode()));
            Assert.Equal(HttpStatusCode.OK, (await ProfileAsync(world, login, login.Text("access_token"))).Status);
        }

        vendor.Misbehave = null;
        vendor.Twist = (_, reply) => reply["openid"] = "somebody-else";
        Assert.Contains("不一致", (await world.VendorRefreshAsync(login.Text("refresh_token"))).ResultMessage(), StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Each_time_the_vendor_was_asked_stands_in_the_story_of_the_user(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var vendor = await world.AddVendorAsync();
        var login = await world.VendorLoginAsync(vendor.Authorize("o-1"));
        var renewed = await world.VendorRefreshAsync(login.Text("refresh_token"));
        vendor.Answer("100004", "改密");
        Assert.Equal("100004", (await world.VendorRefreshAsync(renewed.Text("refresh_token"))).ResultCode());

        await world.Get<SignInTraces>().FlushAsync();
        var told = await world.ReadAsync(db => db.Set<SignInTrace>().OrderBy(t => t.Id).ToListAsync());
        Assert.Equal([TraceCall.ThirdParty, TraceCall.Renewal, TraceCall.Renewal], told.Select(t => t.Call));
        Assert.Equal([TraceAnswer.Verified, TraceAnswer.Verified, TraceAnswer.Refused], told.Select(t => t.Answer));
        Assert.Equal((null, "100004", "RefreshTokenUnknown"), (told[1].Fault, told[2].Code, told[2].Fault));
        Assert.Single(told.Select(t => (t.UserId, t.OpenId, t.AppKey, t.Source)).Distinct());
        Assert.DoesNotContain(vendor.RefreshTokens, token => System.Text.Json.JsonSerializer.Serialize(told).Contains(token, StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task A_refresh_token_that_comes_twice_ends_its_session_and_asks_nobody(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var vendor = await world.AddVendorAsync();
        var login = await world.VendorLoginAsync(vendor.Authorize("o-1"));
        var renewed = await world.VendorRefreshAsync(login.Text("refresh_token"));
        vendor.Asked.Clear();

        Assert.Equal("100003", (await world.VendorRefreshAsync(login.Text("refresh_token"))).ResultCode());
        Assert.Equal("100003", (await world.VendorRefreshAsync(renewed.Text("refresh_token"))).ResultCode());
        Assert.Empty(vendor.Asked);
    }

    [Theory, BothDatabases]
    public async Task The_other_faces_renewal_asks_the_vendor_as_well(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var vendor = await world.AddVendorAsync();
        var login = await world.VendorLoginAsync(vendor.Authorize("o-1"));

        var renewed = await world.PostAsync("/v2/user/token/refresh", new { refresh_token = login.Text("refresh_token") }, login.Text("access_token"));
        Assert.Equal(0, renewed.Code);
        vendor.Revoke();
        var refused = await world.PostAsync("/v2/user/token/refresh", new { refresh_token = renewed.Text("refresh_token") }, renewed.Text("access_token"));
        Assert.Equal(4001010, refused.Code);
        Assert.Equal(4031003, (await ProfileAsync(world, login, renewed.Text("access_token"))).Code);
    }

    [Fact]
    public async Task Strangers_tokens_other_apps_and_nonsense_are_100003_and_a_missing_one_names_its_field()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var vendor = await world.AddVendorAsync();
        var login = await world.VendorLoginAsync(vendor.Authorize("o-1"));
        var iot = await world.LoginAsync("o-1");
        Assert.Equal("100003", (await world.VendorRefreshAsync("nonsense")).ResultCode());
        Assert.Equal("100003", (await world.VendorRefreshAsync(login.Text("access_token"))).ResultCode());
        Assert.Equal("100003", (await world.VendorRefreshAsync(iot.RefreshToken)).ResultCode());
        Assert.Equal("100003", (await world.VendorRefreshAsync(login.Text("refresh_token"), world.ProductionAppKey)).ResultCode());
        var missing = await world.PostAsync("/account/v1/oauth/refresh", new { });
        Assert.Equal("110000", missing.ResultCode());
        Assert.Contains("refresh_token", missing.ResultMessage(), StringComparison.Ordinal);
        Assert.Equal("0", (await world.VendorRefreshAsync(login.Text("refresh_token"))).ResultCode());
    }

    [Fact]
    public async Task A_vendor_that_gives_no_refresh_token_signs_in_and_does_not_renew()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var vendor = await world.AddVendorAsync();
        vendor.Twist = (_, reply) => reply.Remove("refresh_token");
        var login = await world.VendorLoginAsync(vendor.Authorize("o-1"));
        Assert.Equal("0", login.ResultCode());
        Assert.Equal("100003", (await world.VendorRefreshAsync(login.Text("refresh_token"))).ResultCode());
    }

    [Theory, BothDatabases]
    public async Task What_the_vendor_granted_goes_with_its_session_and_its_user(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var vendor = await world.AddVendorAsync();
        var login = await world.VendorLoginAsync(vendor.Authorize("o-1"));
        var other = await world.VendorLoginAsync(vendor.Authorize("o-2"));
        await world.VendorLoginAsync(vendor.Authorize("o-3"));
        await world.SendAsync(HttpMethod.Post, "/v2/user/logout", new { }, login.Text("access_token"));

        Assert.Equal(1, await world.Get<VendorGrantCleaner>().CleanAsync(CancellationToken.None));
        Assert.Equal(0, await world.Get<VendorGrantCleaner>().CleanAsync(CancellationToken.None));
        World.Done(await world.Get<UserEraser>().EraseAsync(Actor.Host, world.Development.Id, UserId.Of(other.Json.GetProperty("user_id").GetInt64())));
        var left = await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<VendorGrant>().Select(g => g.OpenId).ToListAsync());
        Assert.Equal(["o-3"], left);
    }

    [Fact]
    public async Task A_login_with_the_same_resource_ends_the_old_one_and_a_disabled_user_gets_none()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var vendor = await world.AddVendorAsync();
        var first = await world.VendorLoginAsync(vendor.Authorize("o-1"), "phone");
        var second = await world.VendorLoginAsync(vendor.Authorize("o-1"), "phone");
        Assert.Equal("100003", (await world.VendorRefreshAsync(first.Text("refresh_token"))).ResultCode());

        var user = UserId.Of(second.Json.GetProperty("user_id").GetInt64());
        World.Done(await world.Get<UserSessions>().DisableAsync(Actor.Host, world.Development.Id, user));
        var refused = await world.VendorLoginAsync(vendor.Authorize("o-1"));
        Assert.Equal(("110000", "用户已被禁用"), (refused.ResultCode(), refused.ResultMessage()));
        Assert.Equal("100003", (await world.VendorRefreshAsync(second.Text("refresh_token"))).ResultCode());
    }

    private static Task<Answer> ProfileAsync(World world, Answer login, string accessToken) =>
        world.SendAsync(HttpMethod.Get, $"/v2/user/{login.Json.GetProperty("user_id").GetInt64()}", accessToken: accessToken);
}
