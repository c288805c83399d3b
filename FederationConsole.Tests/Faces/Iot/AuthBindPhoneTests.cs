using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>Seed 002, 5.1.3.3 from outside.</summary>
public sealed class AuthBindPhoneTests
{
    private const string Phone = "13838383388";

    private static async Task<string> CodeAsync(World world, string phone = Phone)
    {
        Assert.Equal(0, (await world.PostAsync("/v2/user_register/verifycode", new { corp_id = world.Development.CorpId, phone })).Code);
        return (await world.CodeAsync("+86" + phone))!;
    }

    private static Task<Answer> SignInAsync(World world, string openId, string code, string phone = Phone, string answer = "", string? accessToken = null) =>
        world.PostAsync("/v2/user/third/auth-bind-phone", new
        {
            source = 10, corp_id = world.Development.CorpId, open_id = openId, access_token = accessToken ?? world.Party.SignIn(openId, answer),
            name = "李清华", resource = "TEST", phone, verifycode = code,
        });

    private static long UserOf(Answer answer)
    {
        Assert.True(answer.Code == 0, answer.Text);
        return answer.Json.GetProperty("user_id").GetInt64();
    }

    private static Task<string?> PhoneOfAsync(World world, long user) =>
        world.ReadAsync(db => db.Set<User>().Where(u => u.Id == UserId.Of(user)).Select(u => u.Phone).SingleAsync());

    [Theory, BothDatabases]
    public async Task A_new_user_is_made_with_identity_and_phone_and_the_code_is_used_up(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var code = await CodeAsync(world);

        var first = await SignInAsync(world, "o-1", code);

        Assert.Equal(["user_id", "access_token", "refresh_token", "expire_in", "authorize"], first.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("+86" + Phone, await PhoneOfAsync(world, UserOf(first)));
        Assert.Equal(["user.created", "user.phone_changed"], await world.EventsAsync(UserOf(first)));
        Assert.Equal(UserOf(first), (await world.LoginAsync("o-1")).UserId);
        Assert.Equal(4001003, (await SignInAsync(world, "o-1", code)).Code);
    }

    [Theory, BothDatabases]
    public async Task A_known_user_without_a_phone_gets_it_and_one_with_another_keeps_theirs(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var known = await world.LoginAsync("o-1");

        Assert.Equal(known.UserId, UserOf(await SignInAsync(world, "o-1", await CodeAsync(world))));
        Assert.Equal(known.UserId, UserOf(await SignInAsync(world, "o-1", await CodeAsync(world))));

        Assert.Equal(4001485, (await SignInAsync(world, "o-1", await CodeAsync(world, "13838383399"), "13838383399")).Code);
        Assert.Equal("+86" + Phone, await PhoneOfAsync(world, known.UserId));
    }

    [Theory, BothDatabases]
    public async Task The_phone_of_a_known_person_leads_to_them_unless_they_have_an_account_of_the_source(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var li = await world.RegisteredAsync(Phone);

        Assert.Equal(li.Value, UserOf(await SignInAsync(world, "o-1", await CodeAsync(world))));

        var code = await CodeAsync(world);
        Assert.Equal(4001094, (await SignInAsync(world, "o-2", code)).Code);
        // Nothing is half done: no user, and the code is still good for whom the phone leads to.
        Assert.Equal(1, await world.ReadAsync(db => db.Set<User>().CountAsync()));
        Assert.Equal(li.Value, UserOf(await SignInAsync(world, "o-1", code)));
        var other = await world.LoginAsync("o-3");
        Assert.Equal(4001094, (await SignInAsync(world, "o-3", await CodeAsync(world))).Code);
        Assert.Null(await PhoneOfAsync(world, other.UserId));
    }

    [Theory, BothDatabases]
    public async Task A_third_party_that_says_no_leaves_the_code_and_a_wrong_code_asks_nobody(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var code = await CodeAsync(world);

        Assert.Equal(4001059, (await SignInAsync(world, "o-1", code, accessToken: "t")).Code);
        var asked = world.Party.Asked;
        Assert.Equal(4001004, (await SignInAsync(world, "o-1", code.Other())).Code);
        Assert.Equal(4001003, (await SignInAsync(world, "o-1", code, "13838383399")).Code);
        Assert.Equal(asked, world.Party.Asked);
        Assert.Equal(0, await world.ReadAsync(db => db.Set<User>().CountAsync()));

        UserOf(await SignInAsync(world, "o-1", code));
    }

    [Theory, BothDatabases]
    public async Task A_disabled_user_is_refused_and_the_code_given_back(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var known = await world.LoginAsync("o-1");
        World.Done(await world.Get<UserSessions>().DisableAsync(Actor.Host, world.Development.Id, UserId.Of(known.UserId)));
        var code = await CodeAsync(world);

        Assert.Equal(4001030, (await SignInAsync(world, "o-1", code)).Code);

        Assert.Null(await PhoneOfAsync(world, known.UserId));
        UserOf(await SignInAsync(world, "o-2", code));
    }

    [Theory, BothDatabases]
    public async Task One_code_used_twice_at_once_is_good_once(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var code = await CodeAsync(world);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => SignInAsync(world, $"o-{i}", code)));

        Assert.Equal([0, 4001003, 4001003, 4001003], answers.Select(a => a.Code).Order());
        Assert.Equal(1, await world.ReadAsync(db => db.Set<User>().CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task One_code_for_a_login_and_a_registration_at_once_makes_one_user(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var code = await CodeAsync(world);
        Task<Answer> RegisterAsync() => world.PostAsync("/v2/user_register", new { corp_id = world.Development.CorpId, phone = Phone, verifycode = code, password = People.Password });

        var answers = await Task.WhenAll(SignInAsync(world, "o-1", code), RegisterAsync(), SignInAsync(world, "o-2", code), RegisterAsync());

        Assert.Equal([0, 4001003, 4001003, 4001003], answers.Select(a => a.Code).Order());
        Assert.Equal("+86" + Phone, await PhoneOfAsync(world, UserOf(answers.Single(a => a.Code == 0))));
        Assert.Equal(1, await world.ReadAsync(db => db.Set<User>().CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task The_checks_come_in_the_order_of_the_page(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (corp, key) = (world.Development.CorpId, world.AppKey);
        (int Code, object Body)[] table =
        [
            (4001001, "[]"),
            (4001002, new { source = 10, corp_id = corp, open_id = "o", access_token = "t", phone = Phone }),
            (4001002, new { source = 10, corp_id = corp, open_id = "o", access_token = "t", verifycode = "123456" }),
            (4001002, new { source = 10, corp_id = corp, open_id = "o", phone = Phone, verifycode = "123456" }),
            (4001001, new { source = 10, corp_id = corp, open_id = "o", access_token = "t", phone = "123", verifycode = "123456" }),
            (4001181, new { source = 10, corp_id = corp, open_id = "o", access_token = "t", phone = Phone, phone_zone = "86", verifycode = "123456" }),
            (4041010, new { source = 99, corp_id = "nobody", plugin_id = "nothing", open_id = "o", access_token = "t", phone = Phone, verifycode = "123456" }),
            (4041020, new { source = 99, corp_id = corp, plugin_id = "nothing", open_id = "o", access_token = "t", phone = Phone, verifycode = "123456" }),
            (4001137, new { source = 99, corp_id = corp, plugin_id = world.IdleAppKey, open_id = "o", access_token = "t", phone = Phone, verifycode = "123456" }),
            (4001482, new { source = 99, corp_id = corp, plugin_id = key, open_id = "o", access_token = "t", phone = Phone, verifycode = "123456" }),
            (4041023, new { source = 4, corp_id = corp, plugin_id = key, open_id = "o", access_token = "t", phone = Phone, verifycode = "123456" }),
            (4001477, new { source = 12, corp_id = corp, plugin_id = key, open_id = "o", access_token = "t", phone = Phone, verifycode = "123456" }),
            (4001003, new { source = 10, corp_id = corp, plugin_id = key, open_id = "o", access_token = "t", phone = Phone, verifycode = "123456" }),
        ];
        foreach (var (code, body) in table)
        {
            var answer = await world.PostAsync("/v2/user/third/auth-bind-phone", body);
            Assert.True(answer.Code == code, $"{body}: {answer.Text} instead of {code}");
        }
    }
}
