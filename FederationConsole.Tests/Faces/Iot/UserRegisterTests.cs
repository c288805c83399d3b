using System.Net;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>Registering by a code, and a new password by a code.</summary>
public sealed class UserRegisterTests
{
    private const string Phone = "13838383388";
    private const string Password = "Abcdefg1";

    private static Task<Answer> RegisterAsync(World world, string? code, string? phone = Phone, string? email = null, string? password = Password, string? plugin = null) =>
        world.PostAsync("/v2/user_register", new { corp_id = world.Development.CorpId, phone, email, verifycode = code, nickname = "李清华", password, plugin_id = plugin });

    private static async Task<string> CodeAsync(World world, string phone = Phone, string? plugin = null)
    {
        Assert.Equal(0, (await world.PostAsync("/v2/user_register/verifycode", new { corp_id = world.Development.CorpId, phone, plugin_id = plugin })).Code);
        return (await world.CodeAsync("+86" + phone))!;
    }

    private static async Task<string> MailCodeAsync(World world, string email)
    {
        Assert.Equal(0, (await world.PostAsync("/v2/user_register/email_verifycode", new { corp_id = world.Development.CorpId, email })).Code);
        return (await world.CodeAsync(email.ToLowerInvariant()))!;
    }

    private static async Task<string?> ForgotAsync(World world, string phone = Phone)
    {
        var reply = await world.PostAsync("/v2/user/password/forgot", new { corp_id = world.Development.CorpId, phone });
        Assert.Equal("{}", reply.Text);
        for (var wait = 0; wait < 100 && await world.CodeAsync("+86" + phone) is null; wait++)
        {
            await Task.Delay(20);
        }

        return await world.CodeAsync("+86" + phone);
    }

    private static Task<Answer> FoundBackAsync(World world, string code, string password = "Hijklmn2", string phone = Phone) =>
        world.PostAsync("/v2/user/password/foundback", new { corp_id = world.Development.CorpId, phone, verifycode = code, new_password = password });

    [Theory, BothDatabases]
    public async Task Who_proves_a_phone_or_a_mail_has_an_account_with_a_password(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);

        var byPhone = await RegisterAsync(world, await CodeAsync(world));
        var byMail = await RegisterAsync(world, await MailCodeAsync(world, "Li@Example.com"), phone: null, email: "LI@example.com");

        Assert.Equal(HttpStatusCode.OK, byPhone.Status);
        Assert.Equal((Phone, false), (byPhone.Json.GetProperty("phone").GetString(), byPhone.Json.TryGetProperty("email", out _)));
        Assert.Equal("li@example.com", byMail.Json.GetProperty("email").GetString());
        var user = UserId.Of(byPhone.Json.GetProperty("user_id").GetInt64());
        Assert.True((await world.Get<UserPasswords>().MatchAsync(world.Development.Scope, user, Password, default)).Ok);
        var row = await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<User>().FirstAsync(u => u.Id == user));
        Assert.Equal(("+86" + Phone, "+86", "李清华", 0), (row.Phone, row.PhoneZone, row.Nickname, row.Origin));
    }

    [Theory, BothDatabases]
    public async Task Each_listed_code_of_registering_is_told_in_the_order_of_checks(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var corp = world.Development.CorpId;
        var code = await CodeAsync(world);
        (int Code, object Body)[] expected =
        [
            (4001001, "[]"),
            (4001001, new { corp_id = corp, phone = "1", verifycode = code, password = "x" }),
            (4001002, new { corp_id = corp, verifycode = code, password = Password }),
            (4001002, new { corp_id = corp, phone = Phone, password = Password }),
            (4001002, new { corp_id = corp, phone = Phone, verifycode = code }),
            (4041010, new { corp_id = "nobody", phone = Phone, verifycode = code, password = "x" }),
            (4041020, new { corp_id = corp, phone = Phone, verifycode = code, password = "x", plugin_id = "nothing" }),
            (4001137, new { corp_id = corp, phone = Phone, verifycode = code, password = "x", plugin_id = world.IdleAppKey }),
            (4001181, new { corp_id = corp, phone = Phone, phone_zone = "+x", verifycode = code, password = "x" }),
            (4001102, new { corp_id = corp, phone = Phone, verifycode = code.Other(), password = "abcdefgh" }),
            (4001004, new { corp_id = corp, phone = Phone, verifycode = code.Other(), password = Password }),
            (4001003, new { corp_id = corp, phone = "13838383389", verifycode = code, password = Password }),
            (4001028, new { corp_id = corp, email = "li@example.com", verifycode = code, password = Password }),
            (4001003, new { corp_id = world.Production.CorpId, phone = Phone, verifycode = code, password = Password }),
        ];
        foreach (var (wanted, body) in expected)
        {
            var reply = await world.PostAsync("/v2/user_register", body);
            Assert.True(wanted == reply.Code, $"{wanted} wanted, {reply.Text} came for {body}");
        }

        Assert.Equal(4001029, (await RegisterAsync(world, (await MailCodeAsync(world, "li@example.com")).Other(), phone: null, email: "li@example.com")).Code);
        Assert.Equal(0, (await RegisterAsync(world, code)).Code);
        Assert.Equal(4001003, (await RegisterAsync(world, code)).Code);
    }

    [Theory, BothDatabases]
    public async Task Only_who_proves_an_address_learns_that_it_is_registered_and_keeps_the_code(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        Assert.Equal(0, (await RegisterAsync(world, await CodeAsync(world))).Code);
        Assert.Equal(0, (await RegisterAsync(world, await MailCodeAsync(world, "li@example.com"), phone: null, email: "li@example.com")).Code);

        Assert.Equal(4001003, (await RegisterAsync(world, "000000")).Code);
        var code = await CodeAsync(world);
        Assert.Equal(4001004, (await RegisterAsync(world, code.Other())).Code);
        Assert.Equal(4001005, (await RegisterAsync(world, code)).Code);
        // The failed write gave the code back: the answer is the same again, not 4001003.
        Assert.Equal(4001005, (await RegisterAsync(world, code)).Code);
        Assert.Equal(4001006, (await RegisterAsync(world, await MailCodeAsync(world, "li@example.com"), phone: null, email: "li@example.com")).Code);
    }

    [Theory, BothDatabases]
    public async Task A_code_is_over_after_two_minutes_or_five_tries_or_when_another_was_sent(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var code = await CodeAsync(world);
        world.Host.Time.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(4001003, (await RegisterAsync(world, code)).Code);

        code = await CodeAsync(world);
        var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RegisterAsync(world, code.Other())));
        Assert.Equal((5, 3), (tries.Count(t => t.Code == 4001004), tries.Count(t => t.Code == 4001003)));
        Assert.Equal(4001003, (await RegisterAsync(world, code)).Code);

        code = await CodeAsync(world, "13838383389");
        var next = await CodeAsync(world, "13838383389");
        Assert.Equal(code == next ? 0 : 4001004, (await RegisterAsync(world, code, "13838383389")).Code);
    }

    [Theory, BothDatabases]
    public async Task A_code_of_one_app_or_purpose_is_not_good_for_another(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var apps = world.Get<FederationConsole.Features.Projects.AppService>();
        var other = World.Value(await apps.CreateAsync(Actor.Host, world.Development.ProjectId, "other", "另一个"));
        World.Done(await apps.EnableServiceAsync(Actor.Host, world.Development.ProjectId, other.Id));
        var otherKey = world.Get<FederationConsole.Features.Projects.ProjectCatalog>().App(other.Id, world.Development.Id)!.AppKey;
        var code = await CodeAsync(world, plugin: world.AppKey);

        Assert.Equal(4001003, (await RegisterAsync(world, code, plugin: otherKey)).Code);
        Assert.Equal(4001003, (await FoundBackAsync(world, code)).Code);
        Assert.Equal(0, (await RegisterAsync(world, code, plugin: world.AppKey)).Code);
    }

    [Theory, BothDatabases]
    public async Task A_code_used_many_times_at_once_makes_one_user(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var code = await CodeAsync(world);

        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RegisterAsync(world, code)));

        Assert.Equal(1, replies.Count(r => r.Code == 0));
        Assert.All(replies.Where(r => r.Code != 0), r => Assert.Equal(4001003, r.Code));
        Assert.Equal(1, await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<User>().CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task Two_who_register_one_phone_by_codes_of_their_own_make_one_user(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var first = await CodeAsync(world);
        // The second person asks while the first one's registration is on its way.
        var one = RegisterAsync(world, first);
        var second = await CodeAsync(world);
        var two = await RegisterAsync(world, second);
        var answers = new[] { (await one).Code, two.Code };

        Assert.Equal(1, answers.Count(c => c == 0));
        Assert.All(answers.Where(c => c != 0), c => Assert.Contains(c, new[] { 4001003, 4001004, 4001005 }));
        Assert.Equal(1, await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<User>().CountAsync(u => u.Phone == "+86" + Phone)));
    }

    [Theory, BothDatabases]
    public async Task A_forgotten_password_is_replaced_by_a_code_and_every_session_ends(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var user = UserId.Of((await RegisterAsync(world, await CodeAsync(world))).Json.GetProperty("user_id").GetInt64());
        var session = World.Value(await world.Get<Store>().WriteAsync(world.Development.Scope, db =>
            world.Get<SessionService>().IssueAsync(db, user, new(default, 0, "", null, null), new())));
        world.Host.Time.Advance(TimeSpan.FromDays(7));
        session = World.Value(await world.Get<SessionService>().RefreshAsync(session.AccessToken, session.RefreshToken, new("test", null)));
        Assert.Equal(0, (await world.SendAsync(HttpMethod.Get, $"/v2/user/{user}", accessToken: session.AccessToken)).Code);

        var before = await world.MessagesAsync();
        Assert.Equal("{}", (await world.PostAsync("/v2/user/password/forgot", new { corp_id = world.Development.CorpId, phone = Phone })).Text);
        for (var wait = 0; wait < 200 && await world.MessagesAsync() == before; wait++)
        {
            await Task.Delay(20);
        }

        var code = (await world.CodeAsync("+86" + Phone))!;
        Assert.Equal(4001102, (await FoundBackAsync(world, code, "short")).Code);
        Assert.Equal(4001004, (await FoundBackAsync(world, code.Other())).Code);
        Assert.Equal("{}", (await FoundBackAsync(world, code)).Text);
        Assert.Equal(4001003, (await FoundBackAsync(world, code)).Code);
        Assert.Equal(4031003, (await world.SendAsync(HttpMethod.Get, $"/v2/user/{user}", accessToken: session.AccessToken)).Code);
        var passwords = world.Get<UserPasswords>();
        Assert.True((await passwords.MatchAsync(world.Development.Scope, user, "Hijklmn2", default)).Ok);
        Assert.False((await passwords.MatchAsync(world.Development.Scope, user, Password, default)).Ok);
    }

    [Theory, BothDatabases]
    public async Task Forgot_answers_alike_whether_there_is_such_a_user(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var replies = new List<int>();
        for (var ask = 0; ask < 4; ask++)
        {
            replies.Add((await world.PostAsync("/v2/user/password/forgot", new { corp_id = world.Development.CorpId, phone = "13838383399" })).Code);
        }

        Assert.Equal([0, 0, 0, 4001154], replies);
        Assert.Equal(0, await world.MessagesAsync());
        Assert.Equal(4001004, (await FoundBackAsync(world, "12345x", phone: "13838383399")).Code);

        await RegisterAsync(world, await CodeAsync(world));
        Assert.NotNull(await ForgotAsync(world));
        foreach (var (wanted, body) in new (int, object)[]
        {
            (4001002, new { corp_id = world.Development.CorpId }), (4041010, new { corp_id = "nobody", phone = Phone }),
            (4001181, new { corp_id = world.Development.CorpId, phone = Phone, phone_zone = "1" }), (4001001, new { corp_id = world.Development.CorpId, email = "x" }),
        })
        {
            Assert.Equal(wanted, (await world.PostAsync("/v2/user/password/forgot", body)).Code);
        }

        foreach (var (wanted, body) in new (int, object)[]
        {
            (4001002, new { corp_id = world.Development.CorpId, phone = Phone, verifycode = "1" }), (4041010, new { corp_id = "nobody", phone = Phone, verifycode = "1", new_password = Password }),
            (4001028, new { corp_id = world.Development.CorpId, email = "li@example.com", verifycode = "1", new_password = Password }),
            (4001181, new { corp_id = world.Development.CorpId, phone = Phone, phone_zone = "1", verifycode = "1", new_password = Password }),
        })
        {
            Assert.Equal(wanted, (await world.PostAsync("/v2/user/password/foundback", body)).Code);
        }
    }
}
