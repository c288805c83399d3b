using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.Accounts;

/// <summary>One person under several open ids (model.md, "Users, identities, linking").</summary>
public sealed class UnionIdTests
{
    private static VerifiedIdentity WeChat(string app, string openId, string? unionId = null) => new(4, app, openId) { UnionId = unionId };

    private static Task<List<(UserId First, UserId Second)>> PairsAsync(World world) =>
        world.ReadAsync(async db => (await db.Set<UserPair>().OrderBy(p => p.Id).ToListAsync()).ConvertAll(p => (p.FirstId, p.SecondId)));

    [Theory, BothDatabases]
    public async Task When_the_projects_app_changes_a_user_with_a_unionid_is_found_again(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var li = await world.EnterAsync(WeChat("wx-old", "o-1", "u-1"));

        Assert.Equal(li, await world.EnterAsync(WeChat("wx-new", "n-1", "u-1")));

        // Known from now on without the unionid too, and by the old app as before.
        Assert.Equal(li, await world.EnterAsync(WeChat("wx-new", "n-1")));
        Assert.Equal(li, await world.EnterAsync(WeChat("wx-old", "o-1")));
        var profile = await world.Get<ProfileReader>().ReadAsync(world.Development.Id, li);
        Assert.Equal("o-1", Assert.Single(profile!.Identities).OpenId);
        Assert.Empty(await PairsAsync(world));
    }

    [Theory, BothDatabases]
    public async Task A_unionid_counts_for_its_source_and_its_environment_alone(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var li = await world.EnterAsync(WeChat("wx", "o-1", "u-1"));

        Assert.NotEqual(li, await world.EnterAsync(new VerifiedIdentity(5, "wx", "o-2") { UnionId = "u-1" }));
        var neighbour = await world.Get<Store>().WriteAsync(world.Production.Scope, async db =>
            (await world.Get<UserDirectory>().FindOrCreateAsync(db, WeChat("wx", "o-1", "u-1"), null, Actor.Host)).Id);
        Assert.NotEqual(li, neighbour);
    }

    [Theory, BothDatabases]
    public async Task An_identity_gets_its_unionid_when_it_appears(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var li = await world.EnterAsync(WeChat("wx", "o-1"));
        Assert.Equal(li, world.Get<UserDirectory>().Recall(world.Development.Scope, WeChat("wx", "o-1"), null)?.Id);

        // The memory of logins does not hide that something is to be learnt.
        Assert.Null(world.Get<UserDirectory>().Recall(world.Development.Scope, WeChat("wx", "o-1", "u-1"), null));
        Assert.Equal(li, await world.EnterAsync(WeChat("wx", "o-1", "u-1")));

        Assert.Equal("u-1", await world.ReadAsync(db => db.Set<Identity>().Select(i => i.UnionId).SingleAsync()));
        Assert.Equal(li, await world.EnterAsync(WeChat("wx", "o-1", "u-1")));
        Assert.Equal(li, world.Get<UserDirectory>().Recall(world.Development.Scope, WeChat("wx", "o-1", "u-1"), null)?.Id);
        Assert.Equal(li, world.Get<UserDirectory>().Recall(world.Development.Scope, WeChat("wx", "o-1"), null)?.Id);
    }

    [Theory, BothDatabases]
    public async Task Two_users_who_prove_one_person_are_listed_once_and_nothing_is_merged(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var first = await world.EnterAsync(WeChat("wx-a", "a"));
        var second = await world.EnterAsync(WeChat("wx-b", "b", "u-1"));

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(first, await world.EnterAsync(WeChat("wx-a", "a", "u-1")));
            Assert.Equal(second, await world.EnterAsync(WeChat("wx-b", "b", "u-1")));
        }

        Assert.Equal([(first, second)], await PairsAsync(world));
        Assert.Equal(1, await world.ReadAsync(db => db.Set<AuditLine>().CountAsync(l => l.Action == "user.pair_found")));
        // Whatever app comes next leads to the older of the two, always the same.
        Assert.Equal(first, await world.EnterAsync(WeChat("wx-c", "c", "u-1")));
    }

    [Theory, BothDatabases]
    public async Task Two_who_show_it_at_once_are_one_pair(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.EnterAsync(WeChat("wx-a", "a"));
        await world.EnterAsync(WeChat("wx-b", "b"));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => world.EnterAsync(i % 2 == 0 ? WeChat("wx-a", "a", "u-1") : WeChat("wx-b", "b", "u-1"))));

        Assert.Single(await PairsAsync(world));
    }

    [Theory, BothDatabases]
    public async Task Over_the_wire_the_union_id_of_the_standard_third_party_leads_to_the_user(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var first = await world.LoginAsync("o-1", """{"union_id":"u-1"}""");

        var second = await world.LoginAsync("o-2", """{"union_id":"u-1"}""");

        Assert.Equal(first.UserId, second.UserId);
        var check = await world.PostAsync("/v2/user/third/register_check", new
        {
            source = 10, corp_id = world.Development.CorpId, open_id = "o-3", access_token = world.Party.SignIn("o-3", """{"union_id":"u-1"}"""),
        });
        Assert.Equal(first.UserId, check.Json.GetProperty("user_id").GetInt64());
        Assert.Equal(2, await world.ReadAsync(db => db.Set<Identity>().CountAsync()));
    }
}
