using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>Seed 002, 5.1.10 to 5.1.12 from outside.</summary>
public sealed class ContactSyncTests
{
    private static Task<Answer> SyncPhoneAsync(World world, Login who, string openId, string answer) =>
        world.PostAsync("/v2/user/third/sync-phone", new { access_token = world.Party.SignIn(openId, answer) }, who.AccessToken);

    private static Task<Answer> SyncEmailAsync(World world, Login who, string openId, string answer) =>
        world.PostAsync("/v2/user/third/sync-email", new { access_token = world.Party.SignIn(openId, answer), source = 10 }, who.AccessToken);

    private static Task<Answer> CheckEmailAsync(World world, string openId, string answer, string email) => world.PostAsync("/v2/user/third/email-check", new
    {
        source = 10, corp_id = world.Development.CorpId, open_id = openId, access_token = world.Party.SignIn(openId, answer), email,
    });

    [Theory, BothDatabases]
    public async Task A_phone_comes_from_the_standard_third_party_once(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (li, member) = (await world.LoginAsync("li"), await world.MemberAsync("13800000000"));
        Assert.Equal(4001002, (await world.PostAsync("/v2/user/third/sync-phone", new { }, li.AccessToken)).Code);
        Assert.Equal(4001484, (await SyncPhoneAsync(world, member, "nobody", "")).Code);
        Assert.Equal(4001059, (await world.PostAsync("/v2/user/third/sync-phone", new { access_token = "t" }, li.AccessToken)).Code);
        foreach (var wrong in new[] { "", "{}", """{"phone":"123"}""", """{"phone":"13838383388","phone_zone":"86"}""", """{"phone":13838383388}""" })
        {
            Assert.Equal(4001486, (await SyncPhoneAsync(world, li, "li", wrong)).Code);
        }

        Assert.Equal(4001094, (await SyncPhoneAsync(world, li, "li", """{"phone":"13800000000"}""")).Code);
        Assert.DoesNotContain("user.phone_changed", await world.EventsAsync(li.UserId));

        Assert.Equal("""{"phone":"13838383388"}""", (await SyncPhoneAsync(world, li, "li", """{"phone":"13838383388"}""")).Text);

        Assert.Equal(4001485, (await SyncPhoneAsync(world, li, "li", """{"phone":"13838383389"}""")).Code);
        Assert.Equal("+8613838383388", await world.ReadAsync(db => db.Set<User>().Where(u => u.Id == UserId.Of(li.UserId)).Select(u => u.Phone).SingleAsync()));
        Assert.Single(await world.EventsAsync(li.UserId), "user.phone_changed");
        var profile = await world.SendAsync(HttpMethod.Get, $"/v2/user/{li.UserId}", accessToken: li.AccessToken);
        Assert.Equal("13838383388", profile.Json.GetProperty("phone").GetString());
        Assert.Empty(world.Party.Complaints);
        await SignedInChecks.TokenIsAskedFirstAsync(world, HttpMethod.Post, _ => "/v2/user/third/sync-phone", member, new { access_token = "t" });
    }

    [Theory, BothDatabases]
    public async Task An_email_comes_from_the_standard_third_party_once_and_4001096_says_which_it_means(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var li = await world.LoginAsync("li");
        await world.RegisteredAsync(email: "taken@example.com", password: null);
        var member = await world.MemberAsync("13800000000");
        Assert.Equal(4001002, (await world.PostAsync("/v2/user/third/sync-email", new { access_token = "t" }, li.AccessToken)).Code);
        Assert.Equal(4001484, (await world.PostAsync("/v2/user/third/sync-email", new { access_token = "t", source = 4 }, li.AccessToken)).Code);
        Assert.Equal(4001484, (await SyncEmailAsync(world, member, "nobody", "")).Code);
        Assert.Equal(4001511, (await SyncEmailAsync(world, li, "li", "{}")).Code);
        Assert.Equal(4001511, (await SyncEmailAsync(world, li, "li", """{"email":"no mail"}""")).Code);
        var taken = await SyncEmailAsync(world, li, "li", """{"email":"Taken@Example.com"}""");
        Assert.Equal(4001096, taken.Code);
        Assert.Contains("其他用户", taken.Message, StringComparison.Ordinal);

        Assert.Equal("""{"email":"liqinghua@xlink.cn"}""", (await SyncEmailAsync(world, li, "li", """{"email":"LiQinghua@xlink.cn"}""")).Text);

        var again = await SyncEmailAsync(world, li, "li", """{"email":"other@example.com"}""");
        Assert.Equal(4001096, again.Code);
        Assert.Contains("已经绑定邮箱", again.Message, StringComparison.Ordinal);
        Assert.Single(await world.EventsAsync(li.UserId), "user.email_changed");
        await SignedInChecks.TokenIsAskedFirstAsync(world, HttpMethod.Post, _ => "/v2/user/third/sync-email", member, new { access_token = "t", source = 10 });
    }

    [Theory, BothDatabases]
    public async Task One_phone_taken_by_two_at_once_is_given_to_one(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var people = new List<Login>();
        for (var i = 0; i < 6; i++)
        {
            people.Add(await world.LoginAsync($"o-{i}"));
        }

        var answers = await Task.WhenAll(people.Select((who, i) => SyncPhoneAsync(world, who, $"o-{i}", """{"phone":"13838383388"}""")));

        Assert.Equal([0, 4001094, 4001094, 4001094, 4001094, 4001094], answers.Select(a => a.Code).Order());
        Assert.Equal(1, await world.ReadAsync(db => db.Set<User>().CountAsync(u => u.Phone == "+8613838383388")));
    }

    [Theory, BothDatabases]
    public async Task An_email_is_looked_up_only_for_whom_the_third_party_vouches(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var known = await world.RegisteredAsync(email: "li@example.com", password: null);
        const string Vouched = """{"email":"Li@Example.com"}""";

        Assert.Equal($$"""{"is_register":true,"user_id":{{known}},"email":"li@example.com"}""", (await CheckEmailAsync(world, "o", Vouched, "li@EXAMPLE.com")).Text);
        Assert.Equal("""{"is_register":false}""", (await CheckEmailAsync(world, "o", """{"email":"new@example.com"}""", "new@example.com")).Text);
        Assert.Equal(4001059, (await CheckEmailAsync(world, "o", Vouched, "other@example.com")).Code);
        Assert.Equal(4001059, (await CheckEmailAsync(world, "o", "", "li@example.com")).Code);
        Assert.Equal(1, await world.ReadAsync(db => db.Set<User>().CountAsync()));

        var corp = world.Development.CorpId;
        (int Code, object Body)[] table =
        [
            (4001002, new { source = 10, corp_id = corp, open_id = "o", access_token = "t" }),
            (4001001, new { source = 10, corp_id = corp, open_id = "o", access_token = "t", email = "no mail" }),
            (4041010, new { source = 99, corp_id = "nobody", plugin_id = "nothing", open_id = "o", access_token = "t", email = "a@b.cn" }),
            (4041020, new { source = 99, corp_id = corp, plugin_id = "nothing", open_id = "o", access_token = "t", email = "a@b.cn" }),
            (4001137, new { source = 99, corp_id = corp, plugin_id = world.IdleAppKey, open_id = "o", access_token = "t", email = "a@b.cn" }),
            (4001482, new { source = 99, corp_id = corp, open_id = "o", access_token = "t", email = "a@b.cn" }),
            (4041023, new { source = 4, corp_id = corp, open_id = "o", access_token = "t", email = "a@b.cn" }),
            (4001059, new { source = 10, corp_id = corp, open_id = "o", access_token = "t", email = "a@b.cn" }),
        ];
        foreach (var (code, body) in table)
        {
            var answer = await world.PostAsync("/v2/user/third/email-check", body);
            Assert.True(answer.Code == code, $"{body}: {answer.Text} instead of {code}");
        }
    }

    [Fact]
    public async Task The_user_info_address_is_asked_where_one_is_set()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var li = await world.LoginAsync("li");
        World.Done(await world.Get<SourceService>().SaveAsync(Actor.Host, world.Development.Id, new(
            SourceKind.Standard, "", Enabled: true,
            new Dictionary<string, string> { ["url"] = "http://127.0.0.1:1/nobody", ["userInfoUrl"] = world.Party.Url },
            new Dictionary<string, string?> { ["token"] = world.Party.Token }, Version: 1)));

        Assert.Equal("""{"phone":"13838383388"}""", (await SyncPhoneAsync(world, li, "li", """{"phone":"13838383388"}""")).Text);

        World.Done(await world.Get<SourceService>().SwitchAsync(Actor.Host, world.Development.Id, SourceKind.Standard, "", enabled: false));
        Assert.Equal(4041023, (await SyncEmailAsync(world, li, "li", """{"email":"a@b.cn"}""")).Code);
    }
}
