using System.Diagnostics;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Promotion;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;
using static FederationConsole.Tests.Features.Promotion.PromotionWorld;

namespace FederationConsole.Tests.Features.Promotion;

/// <summary>How many production users a change touches: exactly, and quickly.</summary>
public sealed class TouchTests(ITestOutputHelper output)
{
    [Theory, BothDatabases]
    public async Task A_new_required_attribute_touches_who_has_no_value(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.PeopleAsync(Badge, "a", "b", null, null, null);
        Assert.Equal([new(TouchKind.Lacking, 3)], await world.TouchesAsync(Badge, Badge with { Required = true }));
        // Of an attribute that production never had: everybody.
        await world.PublishAsync();
        await world.EditAsync(Badge with { Required = true }, Age with { Required = true });
        Assert.Equal([new(TouchKind.Lacking, 5)], (await world.PreviewAsync()).Changes.Single().Touches!);
        await world.EditAsync(Badge with { Required = true }, Age);
        Assert.Empty((await world.PreviewAsync()).Changes.Single().Touches!);
    }

    [Theory, BothDatabases]
    public async Task A_narrower_rule_touches_whose_value_no_longer_fits(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.PeopleAsync(Badge, "abc", "abcdef", "abcdef", "12", null);
        // It did not fit before either: no doing of the change.
        await world.PeopleAsync(Badge, new string('x', 30));
        Assert.Equal([new(TouchKind.Unfit, 2)], await world.TouchesAsync(Badge, Badge with { MaxLength = 5 }));
        Assert.Equal([new(TouchKind.Unfit, 3)], await world.TouchesAsync(Badge, Badge with { Pattern = "[0-9]+" }));
        Assert.Equal([new(TouchKind.Unfit, 3)], await world.TouchesAsync(Badge, Badge with { Type = AttributeType.Integer, MaxLength = null }));
        Assert.Empty(await world.TouchesAsync(Badge, Badge with { MaxLength = 25 }));
        Assert.Empty(await world.TouchesAsync(Badge, Badge with { Name = "别名" }));
        await world.PeopleAsync(Age, "3", "17", "18", "90");
        Assert.Equal([new(TouchKind.Unfit, 3)], await world.TouchesAsync(Age, Age with { Min = 18, Max = 80 }));
    }

    [Theory, BothDatabases]
    public async Task A_removed_option_touches_who_has_it(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.PeopleAsync(Level, "g", "g", "s", "b", null);
        Assert.Equal([new(TouchKind.HadOption, 2, "g"), new(TouchKind.HadOption, 1, "b")], await world.TouchesAsync(Level, Level with { Options = [new("s", "银")] }));
        await world.PeopleAsync(Tags, """["g","s"]""", """["g"]""", """["s","b"]""");
        Assert.Equal([new(TouchKind.HadOption, 2, "g")], await world.TouchesAsync(Tags, Tags with { Options = [new("b", "铜"), new("s", "银")] }));
        Assert.Empty(await world.TouchesAsync(Tags, Tags with { Options = [.. Tags.Options, new("p", "铂金")] }));
        Assert.Equal([new(TouchKind.Unfit, 3)], await world.TouchesAsync(Tags, Tags with { Type = AttributeType.Enum }));
    }

    [Theory, BothDatabases]
    public async Task Uniqueness_touches_who_shares_a_value(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.PeopleAsync(Badge, "a", "a", "b", "c", "c", "c", null);
        Assert.Equal([new(TouchKind.Sharing, 5)], await world.TouchesAsync(Badge, Badge with { Unique = true }));
    }

    [Theory, BothDatabases]
    public async Task A_removed_attribute_keeps_its_values_and_a_rollback_loses_nothing(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.PeopleAsync(Badge, "a", "b", null);
        Assert.Equal([new(TouchKind.Hidden, 2)], await world.TouchesAsync(Badge, null));
        await world.PublishAsync();
        Assert.Equal(2, await world.Get<Store>().ReadAsync(world.Production.Scope, db => db.Set<UserAttribute>().CountAsync()));

        var back = await world.PreviewAsync(target: 1);
        Assert.Equal([new(TouchKind.Returning, 2)], back.Changes.Single().Touches!);
    }

    [Theory, BothDatabases]
    public async Task Who_was_merged_away_and_the_neighbour_environment_do_not_count(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var people = await world.PeopleAsync(Badge, "long value", "long value", null, null);
        await world.Get<Store>().WriteAsync(world.Production.Scope, async db =>
        {
            foreach (var gone in await db.Set<User>().Where(u => u.Id == people[1] || u.Id == people[3]).ToListAsync())
            {
                gone.MergedInto = people[0];
            }

            db.Audit(Actor.Host, "user.merged", "user", "x");
            return Outcome.Done;
        });
        await world.RegisteredAsync("13838383388");
        Assert.Equal(
            [new(TouchKind.Lacking, 1), new(TouchKind.Unfit, 1)],
            await world.TouchesAsync(Badge, Badge with { Required = true, MaxLength = 2, Unique = true }));
    }

    [Theory, BothDatabases]
    public async Task Policies_touch_who_signs_in_by_what_is_withheld(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.LoginAsync("ming", environment: world.Production);
        await world.LoginAsync("hong", environment: world.Production);
        await world.PeopleAsync(null, null, null);
        await world.SetAsync(new Policies { WithheldSources = [10, 4], OwnAccounts = false, AccessTokenSeconds = 600 });

        var changes = (await world.PreviewAsync()).Changes.ToDictionary(c => c.Id, c => c.Touches!);

        Assert.Equal([new(TouchKind.OfSource, 2, "10")], changes["withheldSources"]);
        Assert.Equal([new(TouchKind.Everybody, 4)], changes["ownAccounts"]);
        Assert.Empty(changes["accessTokenSeconds"]);
    }

    /// <summary>The case: the count is exact and quick. The limit is for a busy machine; the measured time is printed.</summary>
    [Theory, BothDatabases]
    public async Task A_required_attribute_among_a_hundred_thousand_users(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await world.EditAsync(Badge);
        await world.PublishAsync();
        await ManyAsync(world, database);
        await world.EditAsync(Badge with { Required = true, MaxLength = 5, Unique = true });

        var watch = Stopwatch.StartNew();
        var shown = World.Value(await world.Promotion().PreviewAsync(world.Admin(), world.Project()));
        var first = watch.Elapsed;
        await foreach (var further in world.Promotion().CountAsync(world.Admin(), shown))
        {
            shown = further;
        }

        var counted = watch.Elapsed;
        Assert.Equal(1 + 1, World.Value(await world.Promotion().PublishAsync(world.Admin(), shown, "必填")));
        output.WriteLine($"{database}: difference after {first.TotalSeconds:0.000} s, counted after {counted.TotalSeconds:0.000} s, published after {watch.Elapsed.TotalSeconds:0.000} s");

        // 100,000 users; every second one has a value: 50,000 of v0 … v49999, of which v10000 and longer are too long for 5.
        Assert.Equal([new(TouchKind.Lacking, 50_000), new(TouchKind.Unfit, 40_000)], shown.Changes.Single().Touches!);
        Assert.True(first < TimeSpan.FromSeconds(1), $"The difference took {first}.");
        Assert.True(counted < TimeSpan.FromSeconds(10), $"The count took {counted}.");
    }

    /// <summary>By two statements: a hundred thousand rows through the change tracker are no subject of this test.</summary>
    private static Task ManyAsync(World world, DatabaseKind database)
    {
        var account = database == DatabaseKind.Sqlite
            ? "upper(printf('%08x-0000-7000-8000-000000000000', i))"
            : "CAST(lpad(to_hex(i), 8, '0') || '-0000-7000-8000-000000000000' AS uuid)";
        const string Numbers = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)";
        return world.Get<Store>().WriteAsync(world.Production.Scope, async db =>
        {
            await db.RunAsync(
                $"""
                INSERT INTO "Users" ("Id", "EnvironmentId", "AccountId", "Gender", "Origin", "CreatedAt", "Version")
                {Numbers} SELECT i + 1, @p0, {account}, 0, 0, 0, 0 FROM n
                """, _ => 0, world.Production.Id.Value);
            await db.RunAsync(
                $"""
                INSERT INTO "UserAttributes" ("UserId", "AttributeId", "EnvironmentId", "Value", "Digest")
                {Numbers} SELECT i + 1, 'badge', @p0, 'v' || CAST(i / 2 AS text), 0 FROM n WHERE i % 2 = 0
                """, _ => 0, world.Production.Id.Value);
            return Outcome.Done;
        });
    }
}
