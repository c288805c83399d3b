using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Linking;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.SignIn;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>Seed 002, 5.1.6, 5.1.8 and 5.1.9 from outside.</summary>
public sealed class BindingTests
{
    private static Task<Answer> BindAsync(World world, Login who, string openId, string answer = "") =>
        world.PostAsync($"/v2/user/{who.UserId}/bind_third", new { source = 10, open_id = openId, access_token = world.Party.SignIn(openId, answer) }, who.AccessToken);

    private static Task<Answer> UnbindAsync(World world, Login who, object body) => world.PostAsync($"/v2/user/{who.UserId}/unbind_third", body, who.AccessToken);

    private static Task<Answer> IsBindAsync(World world, string openId) => world.PostAsync("/v2/user_third/is_bind", new
    {
        source = 10, corp_id = world.Development.CorpId, open_id = openId, access_token = world.Party.SignIn(openId),
    });

    private static Task<int> IdentitiesAsync(World world) => world.ReadAsync(db => db.Set<Identity>().CountAsync());

    [Theory, BothDatabases]
    public async Task A_bound_account_signs_in_until_it_is_unbound(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var li = await world.MemberAsync("13838383388");
        Assert.Equal("""{"is_bind":false}""", (await IsBindAsync(world, "o-1")).Text);

        Assert.Equal("{}", (await BindAsync(world, li, "o-1")).Text);

        Assert.Equal($$"""{"open_id":"{{li.UserId}}","is_bind":true}""", (await IsBindAsync(world, "o-1")).Text);
        Assert.Equal(li.UserId, (await world.LoginAsync("o-1")).UserId);
        var profile = await world.SendAsync(HttpMethod.Get, $"/v2/user/{li.UserId}", accessToken: li.AccessToken);
        Assert.Equal("o-1", profile.Json.GetProperty("identities")[0].GetProperty("open_id").GetString());

        Assert.Equal("{}", (await UnbindAsync(world, li, new { source = 10 })).Text);

        Assert.Equal("""{"is_bind":false}""", (await IsBindAsync(world, "o-1")).Text);
        Assert.NotEqual(li.UserId, (await world.LoginAsync("o-1")).UserId);
        Assert.Equal(["user.identity_bound", "user.identity_unbound"], await world.EventsAsync(li.UserId));
        Assert.Equal(
            [("user.identity_bound", ActorKind.User), ("user.identity_unbound", ActorKind.User)],
            await world.ReadAsync(async db => (await db.Set<AuditLine>().Where(l => l.ActorId == UserId.Of(li.UserId).ToString()).OrderBy(l => l.Id).ToListAsync()).ConvertAll(l => (l.Action, l.ActorKind))));
    }

    [Theory, BothDatabases]
    public async Task Binding_checks_in_the_order_of_the_page_and_a_failed_one_leaves_nothing(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var li = await world.MemberAsync("13838383388");
        (int Code, object Body)[] table =
        [
            (4001001, new { source = "10" }),
            (4001002, new { }),
            (4001002, new { source = 10, open_id = new string('o', 129) }),
            (4001002, new { source = 10, access_token = "t" }),
            (4001001, new { source = 10, open_id = new string('o', 129), access_token = "t" }),
            (4041020, new { source = 99, plugin_id = "nothing", open_id = "o", access_token = "t" }),
            (4041020, new { source = 99, plugin_id = world.ProductionAppKey, open_id = "o", access_token = "t" }),
            (4001137, new { source = 99, plugin_id = world.IdleAppKey, open_id = "o", access_token = "t" }),
            (4001482, new { source = 99, plugin_id = world.AppKey, open_id = "o", access_token = "t" }),
            (4041023, new { source = 4, plugin_id = world.AppKey, open_id = "o", access_token = "t" }),
            (4001059, new { source = 10, plugin_id = world.AppKey, open_id = "o", access_token = "t" }),
        ];
        foreach (var (code, body) in table)
        {
            var answer = await world.PostAsync($"/v2/user/{li.UserId}/bind_third", body, li.AccessToken);
            Assert.True(answer.Code == code, $"{body}: {answer.Text} instead of {code}");
            Assert.Equal(code / 10_000, (int)answer.Status);
        }

        var other = await world.LoginAsync("taken", """{"union_id":"u-1"}""");
        Assert.Equal(4001125, (await BindAsync(world, li, "taken")).Code);
        // The same account at the third party under another open id is as taken.
        Assert.Equal(4001125, (await BindAsync(world, li, "other-open-id", """{"union_id":"u-1"}""")).Code);
        Assert.Equal(4001109, (await BindAsync(world, other, "taken")).Code);
        Assert.Equal(4001109, (await BindAsync(world, other, "second-of-this-source")).Code);

        Assert.Equal(1, await IdentitiesAsync(world));
        Assert.Empty(await world.EventsAsync(li.UserId));
        await SignedInChecks.TokenIsAskedFirstAsync(
            world, HttpMethod.Post, id => $"/v2/user/{id}/bind_third", await world.MemberAsync("13838383389"), new { source = 10, open_id = "o", access_token = "t" });
    }

    [Theory, BothDatabases]
    public async Task Unbinding_needs_a_binding_and_another_way_in(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (li, guest) = (await world.MemberAsync("13838383388"), await world.LoginAsync("guest"));
        Assert.Equal(4001002, (await UnbindAsync(world, li, new { })).Code);
        Assert.Equal(4001001, (await UnbindAsync(world, li, new { source = "10" })).Code);
        Assert.Equal(4041118, (await UnbindAsync(world, li, new { source = 10 })).Code);
        Assert.Equal(4041118, (await UnbindAsync(world, guest, new { source = 99 })).Code);

        Assert.Equal(4001110, (await UnbindAsync(world, guest, new { source = 10 })).Code);

        // A password without a phone or e-mail is no way in.
        Assert.Equal("{}", (await world.PostAsync($"/v2/user/{guest.UserId}/init_pwd", new { password = People.Password }, guest.AccessToken)).Text);
        Assert.Equal(4001110, (await UnbindAsync(world, guest, new { source = 10 })).Code);
        Assert.Equal(1, await IdentitiesAsync(world));
        World.Done(await world.Get<Store>().WriteAsync(world.Development.Scope, async db =>
            await UserContacts.SetEmailAsync(db, await db.Set<User>().SingleAsync(u => u.Id == UserId.Of(guest.UserId)), "guest@example.com", Actor.Host)));
        Assert.Equal("{}", (await UnbindAsync(world, guest, new { source = 10 })).Text);
        await SignedInChecks.TokenIsAskedFirstAsync(world, HttpMethod.Post, id => $"/v2/user/{id}/unbind_third", li, new { source = 10 });
    }

    [Theory, BothDatabases]
    public async Task Two_binds_of_one_open_id_at_once_are_one_bind(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var people = new List<Login>();
        for (var i = 0; i < 6; i++)
        {
            people.Add(await world.MemberAsync($"1380000000{i}"));
        }

        var answers = await Task.WhenAll(people.Select(who => BindAsync(world, who, "wanted")));

        Assert.Equal([0, 4001125, 4001125, 4001125, 4001125, 4001125], answers.Select(a => a.Code).Order());
        Assert.Equal(1, await IdentitiesAsync(world));
    }

    [Theory, BothDatabases]
    public async Task A_bind_and_first_logins_of_one_open_id_at_once_lead_to_one_user(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var li = await world.MemberAsync("13838383388");

        var bind = BindAsync(world, li, "wanted");
        var logins = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => world.LoginAsync("wanted")));

        var owner = Assert.Single(logins.Select(l => l.UserId).Distinct());
        Assert.Equal(owner == li.UserId ? 0 : 4001125, (await bind).Code);
        Assert.Equal(1, await IdentitiesAsync(world));
        Assert.Equal(owner == li.UserId ? 1 : 2, await world.ReadAsync(db => db.Set<User>().CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task Two_binds_by_one_user_at_once_are_one_bind(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var li = await world.MemberAsync("13838383388");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => BindAsync(world, li, $"o-{i}")));

        Assert.Equal([0, 4001109, 4001109, 4001109, 4001109, 4001109], answers.Select(a => a.Code).Order());
        Assert.Equal(1, await IdentitiesAsync(world));
    }

    [Theory, BothDatabases]
    public async Task Two_ways_in_unbound_at_once_leave_one(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var guest = await world.LoginAsync("guest");
        World.Done(await world.Get<Store>().WriteAsync(world.Development.Scope, db =>
            world.Get<UserIdentities>().BindAsync(db, UserId.Of(guest.UserId), new(6, "", "weibo"), Actor.Host)));

        var answers = await Task.WhenAll(UnbindAsync(world, guest, new { source = 10 }), UnbindAsync(world, guest, new { source = 6 }));

        Assert.Equal([0, 4001110], answers.Select(a => a.Code).Order());
        Assert.Equal(1, await IdentitiesAsync(world));
    }

    [Theory]
    [InlineData(SourceKind.QQ, 4001126)]
    [InlineData(SourceKind.WeChat, 4001127)]
    [InlineData(SourceKind.Weibo, 4001128)]
    [InlineData(SourceKind.Facebook, 4001125)]
    public async Task Each_source_has_its_code_for_an_account_of_another(SourceKind source, int code)
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await world.EnterAsync(new((int)source, "", "taken"));
        World.Done(await world.Get<SourceService>().SaveAsync(Actor.Host, world.Development.Id, new(
            source, "", Enabled: true, new Dictionary<string, string> { ["appId"] = "app" }, new Dictionary<string, string?> { ["appSecret"] = "secret" }, Version: 0)));
        var asks = ActivatorUtilities.CreateInstance<ThirdPartySignIn>(world.Host.Services, (IEnumerable<ISourceVerifier>)[new Yes(source)]);
        var links = ActivatorUtilities.CreateInstance<ThirdPartyLinks>(world.Host.Services, asks);
        var li = await world.MemberAsync("13838383388");
        var session = World.Value(await world.Get<SessionCheck>().CheckAsync(li.AccessToken));

        var bound = await links.BindAsync(
            session, new(links.CorpOf(session), null, (int)source, new SourceClaim("taken", "t"), null, null, "request"), Actor.Host, default);

        Assert.Equal(code, ((FederationConsole.Faces.Iot.IotFailure)new FederationConsole.Faces.Iot.IotFace().Fail(bound.Fault!).Body).Error.Code);
    }

    /// <summary>A third party that vouches for whatever is claimed.</summary>
    private sealed class Yes(SourceKind source) : ISourceVerifier
    {
        public SourceKind Source => source;

        public Task<Verification> VerifyAsync(SourceEntry source, SourceClaim claim, List<VerificationStep>? trace, CancellationToken cancellation) =>
            Task.FromResult<Verification>(new Verification.Verified(new((int)Source, "", claim.OpenId)));
    }
}
