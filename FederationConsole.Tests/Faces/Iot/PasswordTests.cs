using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>Seed 002, 5.1.5, and the ways of a password that faces.md adds.</summary>
public sealed class PasswordTests
{
    private const string Phone = "13838383388";

    private static Task<Answer> InitAsync(World world, Login who, string password) =>
        world.PostAsync($"/v2/user/{who.UserId}/init_pwd", new { password }, who.AccessToken);

    private static Task<Answer> ResetAsync(World world, string token, object body) => world.SendAsync(HttpMethod.Put, "/v2/user/password/reset", body, token);

    private static string TokenOf(Answer answer) => answer.Json.GetProperty("access_token").GetString()!;

    private static async Task<bool> HoldsAsync(World world, string token) => (await world.Get<SessionCheck>().CheckAsync(token)).Ok;

    [Theory, BothDatabases]
    public async Task A_third_party_user_sets_a_first_password_once(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (guest, member) = (await world.LoginAsync("guest"), await world.MemberAsync(Phone));
        Assert.Equal(4001002, (await world.PostAsync($"/v2/user/{guest.UserId}/init_pwd", new { password = "" }, guest.AccessToken)).Code);
        Assert.Equal(4001001, (await InitAsync(world, guest, new string('a', 129))).Code);
        Assert.Equal(4001102, (await InitAsync(world, guest, "weak")).Code);
        Assert.Equal(4001107, (await InitAsync(world, member, People.Password)).Code);

        Assert.Equal("{}", (await InitAsync(world, guest, People.Password)).Text);

        Assert.Equal(4001108, (await InitAsync(world, guest, People.Password)).Code);
        var profile = await world.SendAsync(HttpMethod.Get, $"/v2/user/{guest.UserId}", accessToken: guest.AccessToken);
        Assert.True(profile.Json.GetProperty("passwd_inited").GetBoolean());
        await SignedInChecks.TokenIsAskedFirstAsync(world, HttpMethod.Post, id => $"/v2/user/{id}/init_pwd", member, new { password = People.Password });
    }

    [Theory, BothDatabases]
    public async Task Two_first_passwords_at_once_are_one(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var guest = await world.LoginAsync("guest");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => InitAsync(world, guest, $"{People.Password}-{i}")));

        Assert.Equal([0, 4001108, 4001108, 4001108], answers.Select(a => a.Code).Order());
        Assert.Equal(1, await world.ReadAsync(db => db.Set<PasswordCredential>().CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task Phone_or_email_and_password_sign_in(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var user = await world.RegisteredAsync(Phone, "li@example.com");
        var corp = world.Development.CorpId;
        object[] bodies =
        [
            new { corp_id = corp, phone = Phone, password = People.Password },
            new { corp_id = corp, phone = Phone, phone_zone = "+86", password = People.Password, plugin_id = world.AppKey },
            new { corp_id = corp, email = "Li@Example.com", password = People.Password, resource = "pad" },
        ];
        foreach (var body in bodies)
        {
            var answer = await world.PostAsync("/v2/user_auth", body);
            Assert.Equal(["user_id", "access_token", "refresh_token", "expire_in", "authorize"], answer.Json.EnumerateObject().Select(p => p.Name));
            Assert.Equal(user.Value, answer.Json.GetProperty("user_id").GetInt64());
        }
    }

    [Theory, BothDatabases]
    public async Task The_checks_come_in_the_order_of_the_page(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.RegisteredAsync(Phone);
        var corp = world.Development.CorpId;
        (int Code, object Body)[] table =
        [
            (4001001, "[]"),
            (4001002, new { corp_id = corp, password = "p" }),
            (4001002, new { corp_id = corp, phone = Phone }),
            (4001002, new { phone = Phone, password = "p" }),
            (4001001, new { corp_id = corp, phone = "123", password = "p" }),
            (4001001, new { corp_id = corp, email = "no mail", password = "p" }),
            (4001181, new { corp_id = "nobody", phone = Phone, phone_zone = "86", password = "p" }),
            (4041010, new { corp_id = "nobody", phone = Phone, password = "p", plugin_id = "nothing" }),
            (4041020, new { corp_id = corp, phone = Phone, password = "p", plugin_id = world.ProductionAppKey }),
            (4001137, new { corp_id = corp, phone = Phone, password = "p", plugin_id = world.IdleAppKey }),
            (4001007, new { corp_id = corp, phone = Phone, password = "p", plugin_id = world.AppKey }),
            (4001007, new { corp_id = world.Production.CorpId, phone = Phone, password = People.Password }),
        ];
        foreach (var (code, body) in table)
        {
            var answer = await world.PostAsync("/v2/user_auth", body);
            Assert.True(answer.Code == code, $"{body}: {answer.Text} instead of {code}");
        }
    }

    [Theory, BothDatabases]
    public async Task A_wrong_password_and_nobody_are_answered_alike_and_locked_alike(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var user = await world.RegisteredAsync(Phone, "li@example.com");
        await world.RegisteredAsync("13800000001", password: null);
        foreach (var phone in new[] { Phone, "13900000000", "13800000001" })
        {
            for (var i = 0; i < 5; i++)
            {
                Assert.Equal("""{"error":{"code":4001007,"msg":"账号或密码错误"}}""", (await world.PasswordLoginAsync(phone, "wrong")).Text);
            }

            var locked = await world.PasswordLoginAsync(phone);
            Assert.Equal(4001061, locked.Code);
            Assert.Equal(TimeSpan.FromMinutes(5), locked.Response.Headers.RetryAfter!.Delta);
        }

        // The account is locked and not the name; it is kept in the database, not in this process.
        var byEmail = new { corp_id = world.Development.CorpId, email = "li@example.com", password = People.Password };
        Assert.Equal(4001061, (await world.PostAsync("/v2/user_auth", byEmail)).Code);
        world.Host.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.Equal(4001061, (await world.PasswordLoginAsync(Phone)).Code);
        world.Host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(user.Value, (await world.PasswordLoginAsync(Phone)).Json.GetProperty("user_id").GetInt64());
    }

    [Theory, BothDatabases]
    public async Task Four_wrong_ones_a_minute_or_a_right_one_between_do_not_lock(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.RegisteredAsync(Phone);
        for (var minute = 0; minute < 2; minute++)
        {
            for (var i = 0; i < 4; i++)
            {
                Assert.Equal(4001007, (await world.PasswordLoginAsync(Phone, "wrong")).Code);
            }

            world.Host.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(0, (await world.PasswordLoginAsync(Phone)).Code);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(4001007, (await world.PasswordLoginAsync(Phone, "wrong")).Code);
        }

        Assert.Equal(0, (await world.PasswordLoginAsync(Phone)).Code);
    }

    [Theory, BothDatabases]
    public async Task Of_many_guesses_at_once_five_are_answered(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.RegisteredAsync(Phone);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => world.PasswordLoginAsync(Phone, $"guess-{i}")));

        Assert.Equal(5, answers.Count(a => a.Code == 4001007));
        Assert.Equal(15, answers.Count(a => a.Code == 4001061));
    }

    [Theory, BothDatabases]
    public async Task The_same_resource_takes_the_place_of_the_old_login_and_another_stands_beside_it(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.RegisteredAsync(Phone);
        var phone = TokenOf(await world.PasswordLoginAsync(Phone, resource: "phone"));
        var pad = TokenOf(await world.PasswordLoginAsync(Phone, resource: "pad"));
        var (none, noneToo) = (TokenOf(await world.PasswordLoginAsync(Phone)), TokenOf(await world.PasswordLoginAsync(Phone)));

        var again = TokenOf(await world.PasswordLoginAsync(Phone, resource: "phone"));

        Assert.False(await HoldsAsync(world, phone));
        Assert.All([pad, none, noneToo, again], token => Assert.True(HoldsAsync(world, token).Result));
    }

    [Theory, BothDatabases]
    public async Task A_disabled_user_with_the_right_password_is_told_so_and_with_a_wrong_one_is_not(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var user = await world.RegisteredAsync(Phone);
        World.Done(await world.Get<UserSessions>().DisableAsync(Actor.Host, world.Development.Id, user));

        Assert.Equal(4001007, (await world.PasswordLoginAsync(Phone, "wrong")).Code);
        Assert.Equal(4001030, (await world.PasswordLoginAsync(Phone)).Code);
    }

    [Theory, BothDatabases]
    public async Task A_changed_password_ends_the_other_sessions(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var mine = await world.MemberAsync(Phone);
        var other = TokenOf(await world.PasswordLoginAsync(Phone));
        Assert.Equal(4001002, (await ResetAsync(world, mine.AccessToken, new { old_password = People.Password })).Code);
        Assert.Equal(4001102, (await ResetAsync(world, mine.AccessToken, new { old_password = People.Password, new_password = "weak" })).Code);
        Assert.Equal(4001007, (await ResetAsync(world, mine.AccessToken, new { old_password = "wrong", new_password = "Another-one-3" })).Code);
        Assert.True(await HoldsAsync(world, other));

        Assert.Equal("{}", (await ResetAsync(world, mine.AccessToken, new { old_password = People.Password, new_password = "Another-one-3" })).Text);

        Assert.True(await HoldsAsync(world, mine.AccessToken));
        Assert.False(await HoldsAsync(world, other));
        Assert.Equal(4001007, (await world.PasswordLoginAsync(Phone)).Code);
        Assert.Equal(0, (await world.PasswordLoginAsync(Phone, "Another-one-3")).Code);
        for (var i = 0; i < 5; i++)
        {
            await ResetAsync(world, mine.AccessToken, new { old_password = "wrong", new_password = "Another-one-4" });
        }

        Assert.Equal(4001061, (await ResetAsync(world, mine.AccessToken, new { old_password = "Another-one-3", new_password = "Another-one-4" })).Code);
        await SignedInChecks.TokenIsAskedFirstAsync(world, HttpMethod.Put, _ => "/v2/user/password/reset", mine, new { old_password = "a", new_password = "b" });
    }

    [Theory, BothDatabases]
    public async Task A_password_that_was_found_back_lifts_the_lock(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.RegisteredAsync(Phone);
        for (var i = 0; i < 5; i++)
        {
            await world.PasswordLoginAsync(Phone, "wrong");
        }

        Assert.Equal(4001061, (await world.PasswordLoginAsync(Phone)).Code);
        Assert.Equal("{}", (await world.PostAsync("/v2/user/password/forgot", new { corp_id = world.Development.CorpId, phone = Phone })).Text);
        string? code = null;
        for (var wait = 0; wait < 500 && (code = await world.CodeAsync("+86" + Phone)) is null; wait++)
        {
            await Task.Delay(20); // The message leaves after the answer.
        }

        Assert.Equal("{}", (await world.PostAsync("/v2/user/password/foundback", new { corp_id = world.Development.CorpId, phone = Phone, verifycode = code, new_password = "Found-back-1" })).Text);

        Assert.Equal(0, (await world.PasswordLoginAsync(Phone, "Found-back-1")).Code);
    }
}
