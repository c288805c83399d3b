using System.Net;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>Seed 002, 5.1.1 and 5.1.2, through each of the world's third parties.</summary>
public sealed class UpstreamLoginTests
{
    private const int Google = 13;
    private const int Apple = 12;

    [Theory, BothDatabases]
    public async Task A_first_login_makes_the_user_and_a_second_finds_them(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        foreach (var name in WorldUpstreams.All)
        {
            await using var party = await world.AddAsync(name);
            var openId = party.IdOf(1);
            var before = await world.CallAsync(party, openId, party.SignIn(openId), "/v2/user/third/register_check");
            Assert.True(before.Text == """{"is_register":false}""", $"{name}: {before.Text}");

            var first = await world.CallAsync(party, openId, party.SignIn(openId));
            var second = await world.CallAsync(party, openId, party.SignIn(openId));
            var after = await world.CallAsync(party, openId, party.SignIn(openId), "/v2/user/third/register_check");

            Assert.True(first.Status == HttpStatusCode.OK, $"{name}: {first.Text}");
            var userId = first.Json.GetProperty("user_id").GetInt64();
            Assert.Equal(userId, second.Json.GetProperty("user_id").GetInt64());
            Assert.Equal(userId, after.Json.GetProperty("user_id").GetInt64());
            Assert.Empty(party.Complaints);
        }

        var identities = await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<Identity>().OrderBy(i => i.Source).ToListAsync());
        Assert.Equal([4, 5, 6, 7, 8, 9, 12, 13], identities.Select(i => i.Source));
        // By app (WeChat, QQ, Facebook) or by the developer's team (Apple); elsewhere an id is the same for everybody.
        Assert.Equal(["wx1234567890abcdef", "101234567", "", "138483919580948", "", "", "TEAM123456", ""], identities.Select(i => i.Issuer));
        Assert.Equal([true, true, false, false, false, false, false, false], identities.Select(i => i.UnionId is not null));
    }

    [Fact]
    public async Task A_no_another_users_token_and_another_apps_token_are_refused_and_leave_nothing()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        foreach (var name in WorldUpstreams.All)
        {
            await using var party = await world.AddAsync(name);
            var (mine, other) = (party.IdOf(1), party.IdOf(2));
            await RefusedAsync(world, party, mine, "never-issued", party.Source == Apple ? 4001481 : 4001059);
            if (party.Source != Google)
            {
                await RefusedAsync(world, party, mine, party.SignIn(other), party.Source == Apple ? 4001479 : 4001059);
            }

            if (party.SignInToAnotherApp(mine) is { } foreign)
            {
                await RefusedAsync(world, party, mine, foreign, party.Source == Apple ? 4001481 : 4001059);
            }
        }

        Assert.Equal(0, await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<User>().CountAsync()));
        Assert.DoesNotContain(world.Host.Log.Lines, line => world.Secrets.Exists(secret => line.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Google_says_who_it_is_whatever_the_client_claims()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var google = await world.AddAsync<GoogleParty>();
        var claimed = await world.CallAsync(google, google.IdOf(2), google.SignIn(google.IdOf(1)));
        var unclaimed = await world.CallAsync(google, "", google.SignIn(google.IdOf(1)).Replace("/", "%2F", StringComparison.Ordinal));
        Assert.Equal(claimed.Json.GetProperty("user_id").GetInt64(), unclaimed.Json.GetProperty("user_id").GetInt64());
        var identity = await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<Identity>().SingleAsync());
        Assert.Equal(google.IdOf(1), identity.OpenId);
    }

    [Fact]
    public async Task Nonsense_is_a_failure_and_leaves_nothing()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        Func<HttpContext, Task<bool>>[] evils =
        [
            http => Upstream.SayAsync(http, "<html lang='zh'><a href='?a=b'>"),
            http => Upstream.SayAsync(http, "[1]"),
            http => Upstream.SayAsync(http, "{}"),
            http => Upstream.SayAsync(http, "{\"error\":\"\\ud800\",\"openid\":7,\"data\":[],\"keys\":{},\"id_token\":\"a.b.c\",\"access_token\":{}}"),
            http => Upstream.SayAsync(http, ""),
            http => { http.Response.Redirect("/elsewhere"); return Task.FromResult(true); },
            http => Upstream.SayAsync(http, "{\"errcode\":0}", 502),
            http => Upstream.SayAsync(http, new string('x', 70_000)),
            http => { http.Abort(); return Task.FromResult(true); },
        ];
        foreach (var name in WorldUpstreams.All)
        {
            await using var party = await world.AddAsync(name);
            foreach (var evil in evils)
            {
                party.Misbehave = evil;
                await RefusedAsync(world, party, party.IdOf(1), party.SignIn(party.IdOf(1)), party.Source == Apple ? 4001479 : 4001059);
            }
        }

        Assert.Equal(0, await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<User>().CountAsync()));
        Assert.DoesNotContain(world.Host.Log.Lines, line => line.Contains("xception", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Five_seconds_without_an_answer_are_a_failure()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        foreach (var name in WorldUpstreams.All)
        {
            await using var party = await world.AddAsync(name);
            party.Misbehave = Upstream.HangAsync;
            var call = world.CallAsync(party, party.IdOf(1), party.SignIn(party.IdOf(1)));
            while (party.Asked.IsEmpty)
            {
                Assert.False(call.IsCompleted, name);
                await Task.Delay(5);
            }

            world.Host.Time.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(party.Source == Apple ? 4001478 : 4001059, (await call).Code);
        }
    }

    [Fact]
    public async Task The_customers_own_third_party_has_five_seconds_too()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        world.Party.Misbehave = Upstream.HangAsync;
        var call = world.PostAsync("/v2/user_auth_third", new { source = 10, corp_id = world.Development.CorpId, open_id = "o", access_token = "t" });
        while (world.Party.Asked == 0)
        {
            Assert.False(call.IsCompleted);
            await Task.Delay(5);
        }

        world.Host.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(4001059, (await call).Code);
    }

    [Fact]
    public async Task Apple_has_a_code_for_each_way_to_fail()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var apple = await Upstream.StartAsync<AppleParty>();
        var me = apple.IdOf(1);
        object Body(string? app, int source = Apple) => new { source, corp_id = world.Development.CorpId, plugin_id = app, open_id = me, access_token = apple.SignIn(me) };
        Assert.Equal(4001002, (await world.PostAsync("/v2/user_auth_third", Body(null))).Code);
        Assert.Contains("plugin_id", (await world.PostAsync("/v2/user_auth_third", Body(null, Google))).Message, StringComparison.Ordinal);
        Assert.Equal(4001477, (await world.PostAsync("/v2/user_auth_third", Body(world.AppKey))).Code);
        Assert.Equal(4041023, (await world.PostAsync("/v2/user_auth_third", Body(world.AppKey, Google))).Code);

        await world.SetUpAsync(apple, enabled: false);
        Assert.Equal(4001483, (await world.PostAsync("/v2/user_auth_third", Body(world.AppKey))).Code);
        World.Done(await world.Get<SourceService>().SwitchAsync(Actor.Host, world.Development.Id, SourceKind.Apple, world.AppKey, enabled: true));

        // Apple's word for a client secret that is not right, and for anything else that is not the code's fault.
        apple.Misbehave = http => Upstream.SayAsync(http, """{"error":"invalid_client"}""", 400);
        Assert.Equal(4001479, (await world.PostAsync("/v2/user_auth_third", Body(world.AppKey))).Code);
        apple.Misbehave = null;
        var code = apple.SignIn(me);
        Assert.Equal(HttpStatusCode.OK, (await world.CallAsync(apple, me, code)).Status);
        Assert.Equal(4001481, (await world.CallAsync(apple, me, code)).Code);
        apple.Claims = claims => claims["exp"] = world.Host.Time.GetUtcNow().AddMinutes(-2).ToUnixTimeSeconds();
        Assert.Equal(4001480, (await world.PostAsync("/v2/user_auth_third", Body(world.AppKey))).Code);
    }

    private static async Task RefusedAsync(World world, Upstream party, string openId, string accessToken, int code)
    {
        var answer = await world.CallAsync(party, openId, accessToken);
        Assert.True(answer.Code == code, $"{party.GetType().Name}: {answer.Text} instead of {code}");
    }
}
