using System.Net;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>Seed 002, 5.1.1 and 5.1.2, from outside.</summary>
public sealed class ThirdPartyLoginTests
{
    [Theory, BothDatabases]
    public async Task A_first_login_makes_the_user_and_a_second_finds_them(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var token = world.Party.SignIn("o-1", """{"nickname":"李清华","avatar":"https://a.b/c.png"}""");
        object body = new { source = 10, corp_id = world.Development.CorpId, plugin_id = world.AppKey, open_id = "o-1", access_token = token };

        var before = await world.PostAsync("/v2/user/third/register_check", body);
        Assert.Equal("""{"is_register":false}""", before.Text);

        var first = await world.PostAsync("/v2/user_auth_third", body);
        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal(["user_id", "access_token", "refresh_token", "expire_in", "authorize"], first.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(7200, first.Json.GetProperty("expire_in").GetInt32());
        var userId = first.Json.GetProperty("user_id").GetInt64();
        Assert.InRange(userId, 1, (1L << 53) - 1);
        Assert.Equal("no-store", first.Response.Headers.CacheControl!.ToString());

        var second = await world.PostAsync("/v2/user_auth_third", body);
        Assert.Equal(userId, second.Json.GetProperty("user_id").GetInt64());

        var after = await world.PostAsync("/v2/user/third/register_check", body);
        Assert.True(after.Json.GetProperty("is_register").GetBoolean());
        Assert.Equal(userId, after.Json.GetProperty("user_id").GetInt64());

        var profile = await world.SendAsync(HttpMethod.Get, $"/v2/user/{userId}", accessToken: second.Json.GetProperty("access_token").GetString());
        Assert.Equal("李清华", profile.Json.GetProperty("nickname").GetString());
        Assert.Equal(10, profile.Json.GetProperty("identities")[0].GetProperty("source").GetInt32());
        Assert.Empty(world.Party.Complaints);
    }

    [Fact]
    public async Task The_chart_counts_logins_and_not_whatever_else_asks_a_third_party()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        object Body(int source) => new { source, corp_id = world.Development.CorpId, open_id = "o-1", access_token = "wrong" };
        await world.PostAsync("/v2/user/third/register_check", Body(10));
        await world.PostAsync("/v2/user_third/is_bind", Body(10));
        await world.PostAsync("/v2/user_auth_third", Body(0));
        await world.PostAsync("/v2/user_auth_third", Body(99));
        await world.PostAsync("/v2/user_auth_third", Body(10));
        await world.Get<FederationConsole.Features.SignIn.SignInCounters>().FlushAsync();

        var counted = await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<FederationConsole.Features.SignIn.SignInCount>().ToListAsync());
        var one = Assert.Single(counted);
        Assert.Equal((10, nameof(FaultKind.ThirdPartyFailed), 1), (one.Source, one.Result, one.Count));
    }

    [Theory, BothDatabases]
    public async Task Two_hundred_first_logins_at_once_make_one_user_and_as_many_good_sessions(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var token = world.Party.SignIn("crowd");
        object body = new { source = 10, corp_id = world.Development.CorpId, open_id = "crowd", access_token = token };

        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => world.PostAsync("/v2/user_auth_third", body)));

        Assert.All(replies, r => Assert.True(r.Status == HttpStatusCode.OK, r.Text));
        var user = Assert.Single(replies.Select(r => r.Json.GetProperty("user_id").GetInt64()).Distinct());
        var profiles = await Task.WhenAll(replies.Select(r => world.SendAsync(HttpMethod.Get, $"/v2/user/{user}", accessToken: r.Json.GetProperty("access_token").GetString())));
        Assert.All(profiles, p => Assert.Equal(HttpStatusCode.OK, p.Status));
        var counts = await world.Get<Store>().ReadAsync(world.Development.Scope, async db =>
            (await db.Set<User>().CountAsync(), await db.Set<Identity>().CountAsync(), await db.Set<Session>().CountAsync()));
        Assert.Equal((1, 1, 200), counts);
    }

    [Theory, BothDatabases]
    public async Task The_checks_come_in_the_order_of_the_page(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (corp, key) = (world.Development.CorpId, world.AppKey);
        (int Code, object? Body)[] table =
        [
            (4001001, null),
            (4001001, "{\"source\":"),
            (4001001, "[]"),
            (4001001, "null"),
            (4001001, "{\"source\":\"10\",\"corp_id\":\"x\"}"),
            (4001002, new { }),
            (4001002, new { source = 10, corp_id = "", open_id = "o", access_token = "t" }),
            (4001002, new { source = 10, corp_id = new string('x', 500), open_id = "o" }),
            (4001001, new { source = 10, corp_id = corp, open_id = new string('o', 129), access_token = "t" }),
            (4001001, new { source = 10, corp_id = corp, open_id = "a\u0000b", access_token = "t" }),
            (4041010, new { source = 99, corp_id = "nobody", plugin_id = "nothing", open_id = "o", access_token = "t" }),
            (4041020, new { source = 99, corp_id = corp, plugin_id = "nothing", open_id = "o", access_token = "t" }),
            (4041020, new { source = 99, corp_id = corp, plugin_id = world.ProductionAppKey, open_id = "o", access_token = "t" }),
            (4001137, new { source = 99, corp_id = corp, plugin_id = world.IdleAppKey, open_id = "o", access_token = "t" }),
            (4001482, new { source = 99, corp_id = corp, plugin_id = key, open_id = "o", access_token = "t" }),
            (4041023, new { source = 4, corp_id = corp, plugin_id = key, open_id = "o", access_token = "t" }),
            (4001059, new { source = 10, corp_id = corp, plugin_id = key, open_id = "o", access_token = "t" }),
        ];

        foreach (var path in new[] { "/v2/user/third/register_check", "/v2/user_auth_third" })
        {
            foreach (var (code, body) in table)
            {
                var answer = await world.PostAsync(path, body);
                Assert.True(answer.Code == code, $"{path} {body}: {answer.Text} instead of {code}");
                Assert.Equal(code / 10_000, (int)answer.Status);
            }
        }

        Assert.Equal(0, await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<User>().CountAsync()));
    }

    [Fact]
    public async Task The_message_names_the_field_in_the_callers_language()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        object wrong = new { source = 10, corp_id = world.Development.CorpId, open_id = new string('o', 129), access_token = "t" };

        var chinese = await world.SendAsync(HttpMethod.Post, "/v2/user_auth_third", wrong);
        var english = await world.SendAsync(HttpMethod.Post, "/v2/user_auth_third", wrong, language: "en-US,en;q=0.9");

        Assert.StartsWith("请求数据字段验证不通过", chinese.Message, StringComparison.Ordinal);
        Assert.StartsWith("A field of the request is not valid", english.Message, StringComparison.Ordinal);
        Assert.All([chinese, english], a => Assert.Contains("open_id", a.Message, StringComparison.Ordinal));
        Assert.All([chinese, english], a => Assert.Contains("128", a.Message, StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task A_source_that_is_switched_off_refuses_the_next_login(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.LoginAsync("o-1");

        World.Done(await world.Get<SourceService>().SwitchAsync(Actor.Host, world.Development.Id, SourceKind.Standard, "", enabled: false));

        var refused = await world.PostAsync("/v2/user_auth_third", new { source = 10, corp_id = world.Development.CorpId, open_id = "o-1", access_token = world.Party.SignIn("o-1") });
        Assert.Equal(4041023, refused.Code);
    }

    [Theory, BothDatabases]
    public async Task What_the_third_party_vouches_for_leads_to_the_person_who_has_it(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var known = await world.Get<Store>().WriteAsync(world.Development.Scope, db =>
        {
            var user = new User { Id = db.NextId<UserId>(), AccountId = db.NextGuid(), Phone = "+8613838383388", PhoneZone = "+86", CreatedAt = db.Now };
            db.Add(user);
            db.Audit(Actor.Host, "user.created", "user", user.Id.ToString());
            return Task.FromResult(user.Id);
        });

        var byPhone = await world.LoginAsync("o-1", """{"phone":"13838383388"}""");
        var stranger = await world.LoginAsync("o-2", """{"phone":"13838383388"}""");

        Assert.Equal(known.Value, byPhone.UserId);
        Assert.NotEqual(known.Value, stranger.UserId);
        var check = await world.PostAsync("/v2/user/third/register_check", new
        {
            source = 10, corp_id = world.Development.CorpId, open_id = "o-1", access_token = world.Party.SignIn("o-1"),
        });
        Assert.Equal("13838383388", check.Json.GetProperty("phone").GetString());
    }

    [Fact]
    public async Task A_third_party_that_answers_badly_fails_the_login_and_leaves_nothing()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        Func<Microsoft.AspNetCore.Http.HttpContext, Task>[] evils =
        [
            http => http.Response.WriteAsync("<html>"),
            http => http.Response.WriteAsync("[1]"),
            http => { http.Response.Redirect("/elsewhere"); return Task.CompletedTask; },
            http => { http.Response.StatusCode = 500; return Task.CompletedTask; },
            http => { http.Response.StatusCode = 403; return Task.CompletedTask; },
            http => http.Response.WriteAsync(new string('x', 70_000)),
            http => { http.Abort(); return Task.CompletedTask; },
        ];
        foreach (var evil in evils)
        {
            world.Party.Misbehave = evil;
            var answer = await world.PostAsync("/v2/user_auth_third", new { source = 10, corp_id = world.Development.CorpId, open_id = "o", access_token = "t" });
            Assert.Equal(4001059, answer.Code);
        }

        Assert.Equal(0, await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<User>().CountAsync()));
    }
}
