using System.Net;
using System.Text.Json;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.SignIn;
using FederationConsole.Features.VendorAccounts;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Faces.VendorAccount;

/// <summary>Seed 003, 三方账号登录流程说明, from outside: the login.</summary>
public sealed class OAuthLoginTests
{
    [Theory, BothDatabases]
    public async Task A_login_walks_the_seeds_three_steps_and_a_second_finds_the_same_person(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var vendor = await world.AddVendorAsync();

        var first = await world.VendorLoginAsync(vendor.Authorize("o-1"));
        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal(["result_code", "message", "user_id", "open_id", "access_token", "refresh_token", "expire_in"], first.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("0", "成功", "o-1", 7200), (first.ResultCode(), first.ResultMessage(), first.Text("open_id"), first.Json.GetProperty("expire_in").GetInt32()));
        Assert.Equal([VendorParty.TokenPath + " authorization_code", VendorParty.UserInfoPath], vendor.Asked);
        Assert.Empty(vendor.Complaints);

        var userId = first.Json.GetProperty("user_id").GetInt64();
        var profile = await world.SendAsync(HttpMethod.Get, $"/v2/user/{userId}", accessToken: first.Text("access_token"));
        Assert.Equal(("李清华", "image.com/1.png", 1), (profile.Text("nickname"), profile.Text("avatar"), profile.Json.GetProperty("gender").GetInt32()));
        Assert.Equal((100, "o-1"), (profile.Json.GetProperty("identities")[0].GetProperty("source").GetInt32(), profile.Json.GetProperty("identities")[0].GetProperty("open_id").GetString()));

        var second = await world.VendorLoginAsync(vendor.Authorize("o-1"));
        Assert.Equal(userId, second.Json.GetProperty("user_id").GetInt64());
        Assert.Equal(["user.created"], await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<OutboxEvent>().Select(e => e.Type).ToListAsync()));

        await world.Get<SignInCounters>().FlushAsync();
        var count = Assert.Single(await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<SignInCount>().ToListAsync()));
        Assert.Equal((100, "", 2, 1), (count.Source, count.Result, count.Count, count.NewUsers));
    }

    [Theory, BothDatabases]
    public async Task The_seeds_result_codes_come_through_and_others_stand_in_the_message_of_110000(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var vendor = await world.AddVendorAsync();
        (string Code, string Message)[] table =
        [
            ("100001", "AccessToken过期"), ("100002", "用code换取access token值失败"), ("100003", "RefreshToken已过期或已失效"),
            ("100004", "用户改密或解除授权导致AccessToken失效"), ("100005", "AccessToken非法"), ("100006", "无效的OpenId"), ("110000", "系统通用错误"),
        ];
        foreach (var (code, message) in table)
        {
            foreach (var body in new[] { $$"""{"result_code":"{{code}}","message":"x"}""", $$"""{"result_code":{{code}}}""" })
            {
                vendor.Misbehave = http => VendorParty.SayAsync(http, body);
                var answer = await world.VendorLoginAsync(vendor.Authorize("o-1"));
                Assert.Equal((HttpStatusCode.OK, code, message), (answer.Status, answer.ResultCode(), answer.ResultMessage()));
            }
        }

        vendor.Answer("200017", "账号冻结");
        var other = await world.VendorLoginAsync(vendor.Authorize("o-1"));
        Assert.Equal(("110000", "厂商返回：200017 账号冻结"), (other.ResultCode(), other.ResultMessage()));
        var english = await world.SendAsync(HttpMethod.Post, "/account/v1/oauth/login", new { app_key = world.AppKey, auth_code = "x" }, language: "en");
        Assert.Equal("the vendor answered: 200017 账号冻结", english.ResultMessage());
        Assert.Equal(0, await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<User>().CountAsync()));
    }

    [Fact]
    public async Task What_no_vendor_may_say_is_110000_with_a_reason_for_people_and_the_trace_id()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var vendor = await world.AddVendorAsync();
        (Func<HttpContext, Task<bool>> Evil, string Says)[] evils =
        [
            (http => VendorParty.SayAsync(http, "<html>"), "不是 JSON 对象（HTTP 200）"),
            (http => VendorParty.SayAsync(http, ""), "不是 JSON 对象"),
            (http => VendorParty.SayAsync(http, "[1]"), "不是 JSON 对象"),
            (http => VendorParty.SayAsync(http, """{"result_code":true}"""), "result_code"),
            (http => VendorParty.SayAsync(http, """{"result_code":"0","access_token":"x"}""", 500), "HTTP 500"),
            (http => VendorParty.SayAsync(http, """{"result_code":"0","access_token":"x"}""", 404), "HTTP 404"),
            (http => { http.Response.Redirect("/elsewhere"); return Task.FromResult(true); }, "跳转"),
            (http => VendorParty.SayAsync(http, $$"""{"a":"{{new string('x', 1_000_000)}}"}"""), "64 KiB"),
            (http => { http.Abort(); return Task.FromResult(true); }, "厂商账号服务"),
        ];
        foreach (var (evil, says) in evils)
        {
            vendor.Misbehave = evil;
            var answer = await world.VendorLoginAsync(vendor.Authorize("o-1"));
            Assert.Equal((HttpStatusCode.OK, "110000"), (answer.Status, answer.ResultCode()));
            Assert.Contains(says, answer.ResultMessage(), StringComparison.Ordinal);
            Assert.Matches(@"\([0-9A-Z]+:[0-9A-F]+\)$", answer.ResultMessage());
            Assert.Single(vendor.Asked);
            vendor.Asked.Clear();
            // The breaker counts some of these as the vendor's failures; the next question is about the next evil.
            world.Host.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(0, await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<User>().CountAsync()));
    }

    [Theory]
    [InlineData("token", "openid", null, "openid")]
    [InlineData("token", "openid", 12345, "openid")]
    [InlineData("token", "openid", "", "openid")]
    [InlineData("token", "access_token", null, "access_token")]
    [InlineData("token", "access_token", 1.5, "access_token")]
    [InlineData("token", "refresh_token", 7, "refresh_token")]
    [InlineData("token", "expires_in", "soon", "expires_in")]
    [InlineData("userinfo", "openid", null, "openid")]
    [InlineData("userinfo", "openid", "somebody-else", "openid 与令牌所属用户不一致")]
    [InlineData("userinfo", "nick_name", 5, "nick_name")]
    [InlineData("userinfo", "mobile", 13838383388, "mobile")]
    public async Task A_field_that_lies_is_named_and_signs_nobody_in(string at, string field, object? value, string says)
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var vendor = await world.AddVendorAsync();
        vendor.Twist = (path, reply) =>
        {
            if (path.EndsWith(at, StringComparison.Ordinal))
            {
                reply[field] = value;
            }
        };

        var answer = await world.VendorLoginAsync(vendor.Authorize("o-1"));

        Assert.Equal("110000", answer.ResultCode());
        Assert.Contains(says, answer.ResultMessage(), StringComparison.Ordinal);
        Assert.Equal(0, await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<User>().CountAsync()));
    }

    [Theory]
    [InlineData("result_code", null)]
    [InlineData("result_code", 0)]
    [InlineData("expires_in", 7200)]
    [InlineData("expires_in", null)]
    [InlineData("gender", 1)]
    [InlineData("gender", "0")]
    [InlineData("gender", "unknown")]
    [InlineData("nick_name", null)]
    [InlineData("avatar_url", "")]
    [InlineData("mobile", "not a number")]
    public async Task What_the_seed_leaves_open_is_taken_either_way(string field, object? value)
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await using var vendor = await world.AddVendorAsync();
        vendor.Twist = (_, reply) =>
        {
            if (reply.ContainsKey(field) || field is "mobile" or "gender")
            {
                reply[field] = value;
            }
        };
        Assert.Equal("0", (await world.VendorLoginAsync(vendor.Authorize("o-1"))).ResultCode());
    }

    [Fact]
    public async Task A_vendor_that_hangs_costs_five_seconds_and_is_110000()
    {
        await using var world = await World.CreateAsync(new TestHostOptions { RealTime = true, Settings = new Dictionary<string, string> { ["Outbound:Timeout"] = "00:00:00.300" } });
        await using var vendor = await world.AddVendorAsync();
        vendor.Misbehave = Upstream.HangAsync;
        var answer = await world.VendorLoginAsync(vendor.Authorize("o-1"));
        Assert.Equal("110000", answer.ResultCode());
        Assert.Contains("5 秒内没有应答", answer.ResultMessage(), StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Every_field_may_have_another_name_and_the_token_address_may_want_GET(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var vendor = await VendorParty.StartAsync();
        foreach (var name in VendorField.All)
        {
            vendor.Names[name] = "v_" + name;
        }

        vendor.GetOnly = true;
        await world.SetUpAsync(vendor);
        var first = await world.VendorLoginAsync(vendor.Authorize("o-1"));
        Assert.Equal("0", first.ResultCode());
        Assert.Equal("0", (await world.VendorRefreshAsync(first.Text("refresh_token"))).ResultCode());
        Assert.Equal("100002", (await world.VendorLoginAsync("no-code")).ResultCode());
        Assert.Empty(vendor.Complaints);
    }

    [Theory, BothDatabases]
    public async Task What_is_wrong_with_the_request_or_the_app_is_told_before_the_vendor_is_asked(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var vendor = await world.AddVendorAsync();
        (object? Body, string Says)[] table =
        [
            (null, "JSON"),
            ("{\"app_key\":", "app_key"),
            ("[]", "JSON"),
            (new { auth_code = "x" }, "app_key"),
            (new { app_key = world.AppKey }, "auth_code"),
            (new { app_key = world.AppKey, auth_code = new string('x', 5000) }, "auth_code"),
            (new { app_key = world.AppKey, auth_code = 5 }, "auth_code"),
            (new { app_key = world.AppKey, auth_code = "x", resource = new string('x', 65) }, "resource"),
            (new { app_key = "nothing", auth_code = "x" }, "应用不存在"),
            (new { app_key = world.IdleAppKey, auth_code = "x" }, "应用未开启账号及用户服务"),
            (new { app_key = world.ProductionAppKey, auth_code = "x" }, "该应用尚未配置自有账号对接"),
        ];
        foreach (var (body, says) in table)
        {
            var answer = await world.PostAsync("/account/v1/oauth/login", body);
            Assert.Equal((HttpStatusCode.OK, "110000"), (answer.Status, answer.ResultCode()));
            Assert.Contains(says, answer.ResultMessage(), StringComparison.Ordinal);
        }

        World.Done(await world.Get<VendorService>().SwitchAsync(Actor.Host, world.Development.Id, world.AppOf(world.Development), enabled: false));
        Assert.Equal("该应用的自有账号对接已停用", (await world.VendorLoginAsync(vendor.Authorize("o-1"))).ResultMessage());
        Assert.Empty(vendor.Asked);
        var missing = await world.SendAsync(HttpMethod.Get, "/account/v1/oauth/login");
        Assert.Equal((HttpStatusCode.NotFound, "110000"), (missing.Status, missing.ResultCode()));
    }

    [Theory, BothDatabases]
    public async Task One_code_at_once_signs_in_once_and_first_logins_at_once_make_one_user(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var vendor = await world.AddVendorAsync();
        var code = vendor.Authorize("o-1");
        var twice = await Task.WhenAll(world.VendorLoginAsync(code), world.VendorLoginAsync(code));
        Assert.Equal(["0", "100002"], twice.Select(a => a.ResultCode()).Order());

        var crowd = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.VendorLoginAsync(vendor.Authorize("crowd"))));
        Assert.All(crowd, a => Assert.Equal("0", a.ResultCode()));
        Assert.Single(crowd.Select(a => a.Json.GetProperty("user_id").GetInt64()).Distinct());
        var counts = await world.Get<Store>().ReadAsync(world.Development.Scope, async db =>
            (await db.Set<User>().CountAsync(), await db.Set<Identity>().CountAsync(), await db.Set<Session>().CountAsync(), await db.Set<VendorGrant>().CountAsync()));
        Assert.Equal((2, 2, 21, 21), counts);
    }

    [Theory, BothDatabases]
    public async Task A_mobile_leads_to_a_person_only_where_the_project_vouches_for_it(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var vendor = await world.AddVendorAsync();
        vendor.Profile["mobile"] = "13838383388";
        var first = await UserAsync(world, await world.VendorLoginAsync(vendor.Authorize("o-1")));
        Assert.Null(first.Phone);

        await world.SetUpAsync(vendor, mobileVerified: true, version: 1);
        var known = await UserAsync(world, await world.VendorLoginAsync(vendor.Authorize("o-1")));
        Assert.Equal((first.Id, "+8613838383388", "+86"), (known.Id, known.Phone, known.PhoneZone));

        // Claimed: another person of the same vendor is made without it, and the two stand in the list of pairs.
        var other = await UserAsync(world, await world.VendorLoginAsync(vendor.Authorize("o-2")));
        Assert.NotEqual(first.Id, other.Id);
        Assert.Null(other.Phone);
        await world.VendorLoginAsync(vendor.Authorize("o-2"));
        var pair = Assert.Single(await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<UserPair>().ToListAsync()));
        Assert.Equal((first.Id, other.Id, 100), (pair.FirstId, pair.SecondId, pair.Source));
    }

    [Theory, BothDatabases]
    public async Task Later_logins_fill_blanks_and_change_nothing_else(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await using var vendor = await world.AddVendorAsync();
        vendor.Profile.Remove("avatar_url");
        vendor.Profile["gender"] = "0";
        await world.VendorLoginAsync(vendor.Authorize("o-1"));

        (vendor.Profile["nick_name"], vendor.Profile["avatar_url"], vendor.Profile["gender"]) = ("别名", "image.com/2.png", 2);
        var user = await UserAsync(world, await world.VendorLoginAsync(vendor.Authorize("o-1")));
        Assert.Equal(("李清华", "image.com/2.png", 2), (user.Nickname, user.AvatarUrl, user.Gender));

        vendor.Profile["avatar_url"] = "image.com/3.png";
        Assert.Equal("image.com/2.png", (await UserAsync(world, await world.VendorLoginAsync(vendor.Authorize("o-1")))).AvatarUrl);
    }

    private static Task<User> UserAsync(World world, Answer login)
    {
        Assert.Equal("0", login.ResultCode());
        var id = UserId.Of(login.Json.GetProperty("user_id").GetInt64());
        return world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<User>().FirstAsync(u => u.Id == id));
    }
}
