using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.Attributes;

/// <summary>The schema of development is edited, by those who may, one after the other.</summary>
public sealed class AttributeSchemaTests
{
    private static readonly AttributeDefinition Badge = new() { Id = "badge_no", Name = "工牌号", Type = AttributeType.String, MaxLength = 20, Unique = true };

    [Theory, BothDatabases]
    public async Task Attributes_are_added_edited_moved_and_deleted_and_are_in_force_at_once(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (service, here) = (world.Get<AttributeSchemaService>(), world.Development.Id);
        World.Done(await service.AddFromLibraryAsync(Actor.Host, here, ["gender", "birthday"], 0));
        World.Done(await service.DefineAsync(Actor.Host, here, Badge, 1));
        // What is there already stays where it is.
        World.Done(await service.AddFromLibraryAsync(Actor.Host, here, ["company", "gender"], 2));
        Assert.Equal(["gender", "birthday", "badge_no", "company"], InForce(world));
        Assert.Equal([true, true, false, true], world.Get<AttributeCatalog>().Of(here).Attributes.Select(a => a.Library));

        World.Done(await service.MoveAsync(Actor.Host, here, "badge_no", 0, 3));
        World.Done(await service.SaveAsync(Actor.Host, here, Badge with { Name = "编号", Type = AttributeType.Integer, MaxLength = null, Min = 1, Unique = false }, 4));
        World.Done(await service.DeleteAsync(Actor.Host, here, "birthday", 5));
        var schema = World.Value(await service.ReadAsync(Actor.Host, here));
        Assert.Equal((6, 0, "badge_no,gender,company"), (schema.Version, schema.Number, string.Join(',', schema.Attributes.Select(a => a.Id))));
        Assert.Equal(("编号", AttributeType.Integer, 1m, null), (schema.Attributes[0].Name, schema.Attributes[0].Type, schema.Attributes[0].Min, schema.Attributes[0].MaxLength));
        Assert.Equal(["badge_no", "gender", "company"], InForce(world));
        Assert.Empty(world.Get<AttributeCatalog>().Of(world.Production.Id).Attributes);

        var lines = await world.Get<Store>().ReadAsync(Scope.Host, db => db.Set<AuditLine>().Where(l => l.SubjectKind == "attribute").OrderBy(l => l.Id).ToListAsync());
        Assert.Equal(
            ["attribute.added gender,birthday", "attribute.defined badge_no", "attribute.added company,gender", "attribute.moved badge_no", "attribute.updated badge_no", "attribute.deleted birthday"],
            lines.Select(l => $"{l.Action} {l.SubjectId}"));
        Assert.All(lines, line => Assert.Contains("\"field\":\"Attributes\"", line.Changes, StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task Of_a_library_attribute_the_description_alone_is_taken(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (service, here) = (world.Get<AttributeSchemaService>(), world.Development.Id);
        World.Done(await service.AddFromLibraryAsync(Actor.Host, here, ["company"], 0));
        var company = World.Value(await service.ReadAsync(Actor.Host, here)).Attributes[0];
        World.Done(await service.SaveAsync(Actor.Host, here, company with { Name = "x", Type = AttributeType.Url, Required = true, Library = false, Description = "参会证上的公司名称" }, 1));
        var saved = World.Value(await service.ReadAsync(Actor.Host, here)).Attributes[0];
        Assert.Equal(AttributeRules.Json(company with { Description = "参会证上的公司名称" }).ToJsonString(), AttributeRules.Json(saved).ToJsonString());
        Assert.True(saved.Library);
        Assert.Equal("description", (await service.SaveAsync(Actor.Host, here, company with { Description = new string('x', 501) }, 2)).Fault?.Field);
    }

    [Theory, BothDatabases]
    public async Task Two_editors_at_once_are_one_and_one_who_is_told(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (service, here) = (world.Get<AttributeSchemaService>(), world.Development.Id);
        // Of the first attribute of all: no row is there to hold on to.
        for (var version = 0; version < 2; version++)
        {
            var outcomes = await Task.WhenAll(
                service.DefineAsync(Actor.Host, here, Badge with { Id = $"one_{version}" }, version), service.DefineAsync(Actor.Host, here, Badge with { Id = $"two_{version}" }, version));
            Assert.Equal([null, FaultKind.Changed], outcomes.Select(o => o.Fault?.Kind).Order());
            Assert.Equal(version + 1, World.Value(await service.ReadAsync(Actor.Host, here)).Attributes.Count);
        }

        Assert.Equal(FaultKind.Changed, (await service.DeleteAsync(Actor.Host, here, "one_0", 0)).Fault?.Kind);
        Assert.Equal(FaultKind.Changed, (await service.MoveAsync(Actor.Host, here, "one_0", 1, 1)).Fault?.Kind);
    }

    [Fact]
    public async Task What_is_wrong_names_its_field_and_changes_nothing()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var (service, here) = (world.Get<AttributeSchemaService>(), world.Development.Id);
        World.Done(await service.DefineAsync(Actor.Host, here, Badge, 0));
        (Outcome Outcome, FaultKind Kind, string? Field)[] refused =
        [
            (await service.DefineAsync(Actor.Host, here, Badge with { Id = "Badge_No" }, 1), FaultKind.Taken, "id"),
            (await service.DefineAsync(Actor.Host, here, Badge with { Id = "nickname" }, 1), FaultKind.Invalid, "id"),
            (await service.DefineAsync(Actor.Host, here, Badge with { Id = "x", Type = AttributeType.Enum, MaxLength = null }, 1), FaultKind.Invalid, "options"),
            (await service.SaveAsync(Actor.Host, here, Badge with { MaxLength = 4001 }, 1), FaultKind.Invalid, "maxLength"),
            (await service.SaveAsync(Actor.Host, here, Badge with { Id = "Badge_No" }, 1), FaultKind.NotFound, null),
            (await service.AddFromLibraryAsync(Actor.Host, here, [], 1), FaultKind.Missing, "ids"),
            (await service.AddFromLibraryAsync(Actor.Host, here, ["gender", "badge_no"], 1), FaultKind.Invalid, "ids"),
            (await service.DeleteAsync(Actor.Host, here, "gender", 1), FaultKind.NotFound, null),
            (await service.MoveAsync(Actor.Host, here, "badge_no", 1, 1), FaultKind.Invalid, "position"),
            (await service.MoveAsync(Actor.Host, here, "badge_no", -1, 1), FaultKind.Invalid, "position"),
        ];
        Assert.All(refused, r => Assert.Equal((r.Kind, r.Field), (r.Outcome.Fault?.Kind, r.Outcome.Fault?.Field)));
        Assert.Equal(["badge_no"], InForce(world));
        // What is so already is not written.
        World.Done(await service.SaveAsync(Actor.Host, here, Badge, 1));
        World.Done(await service.MoveAsync(Actor.Host, here, "badge_no", 0, 1));
        Assert.Equal(1, World.Value(await service.ReadAsync(Actor.Host, here)).Version);
    }

    [Fact]
    public async Task A_schema_has_an_end()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await world.Get<Store>().WriteAsync(world.Development.Scope, db =>
        {
            db.Add(new AttributeSchema
            {
                EnvironmentId = world.Development.Id, ProjectId = world.Development.ProjectId, Version = 1,
                Attributes = [.. Enumerable.Range(1, AttributeSchema.MaxAttributes).Select(n => Badge with { Id = $"a{n}" })],
            });
            db.Audit(Actor.Host, "attribute.added", "attribute", "a1");
            return Task.FromResult(Outcome.Done);
        });
        Assert.Equal(FaultKind.NotAllowedNow, (await world.Get<AttributeSchemaService>().DefineAsync(Actor.Host, world.Development.Id, Badge, 1)).Fault?.Kind);
    }

    [Theory, BothDatabases]
    public async Task Users_who_have_a_value_are_counted_in_this_environment_alone(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var service = world.Get<AttributeSchemaService>();
        var (ming, li, there) = (await world.LoginAsync("ming"), await world.LoginAsync("li"), await world.LoginAsync("ming", environment: world.Production));
        await SetAsync(world, world.Development, ming.UserId, "badge_no");
        await SetAsync(world, world.Development, ming.UserId, "other");
        await SetAsync(world, world.Development, li.UserId, "badge_no");
        await SetAsync(world, world.Production, there.UserId, "badge_no");
        Assert.Equal(2, World.Value(await service.CountValuesAsync(Actor.Host, world.Development.Id, "badge_no")));
        Assert.Equal(1, World.Value(await service.CountValuesAsync(Actor.Host, world.Production.Id, "badge_no")));
        Assert.Equal(0, World.Value(await service.CountValuesAsync(Actor.Host, world.Production.Id, "other")));
    }

    private static readonly IReadOnlyDictionary<string, (Role Needs, bool Changes, Func<AttributeSchemaService, Actor, EnvironmentId, Task<Fault?>> Call)> Calls =
        new Dictionary<string, (Role, bool, Func<AttributeSchemaService, Actor, EnvironmentId, Task<Fault?>>)>
        {
            ["read"] = (Role.ReadOnly, false, async (s, a, e) => (await s.ReadAsync(a, e)).Fault),
            ["count"] = (Role.ReadOnly, false, async (s, a, e) => (await s.CountValuesAsync(a, e, "badge_no")).Fault),
            ["add"] = (Role.Manager, true, async (s, a, e) => (await s.AddFromLibraryAsync(a, e, ["gender"], 1)).Fault),
            ["define"] = (Role.Manager, true, async (s, a, e) => (await s.DefineAsync(a, e, Badge with { Id = "other" }, 1)).Fault),
            ["save"] = (Role.Manager, true, async (s, a, e) => (await s.SaveAsync(a, e, Badge with { Name = "x" }, 1)).Fault),
            ["move"] = (Role.Manager, true, async (s, a, e) => (await s.MoveAsync(a, e, "badge_no", 0, 1)).Fault),
            ["delete"] = (Role.Manager, true, async (s, a, e) => (await s.DeleteAsync(a, e, "badge_no", 1)).Fault),
        };

    public static TheoryData<string> Names => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Needs_its_role_for_this_project_and_changes_no_production(string name)
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var (service, (needs, changes, call)) = (world.Get<AttributeSchemaService>(), Calls[name]);
        World.Done(await service.DefineAsync(Actor.Host, world.Development.Id, Badge, 0));
        var other = World.Value(await world.Get<ProjectService>().CreateAsync(Actor.Host, "other", "x"));
        Assert.Equal(FaultKind.Forbidden, (await call(service, Admins.With(needs - 1, world.Development.ProjectId), world.Development.Id))?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await call(service, Admins.With(Role.Owner, other), world.Development.Id))?.Kind);
        Assert.Equal(changes ? FaultKind.NotAllowedNow : null, (await call(service, Admins.With(Role.Owner, world.Development.ProjectId), world.Production.Id))?.Kind);
        Assert.Null(await call(service, Admins.With(needs, world.Development.ProjectId), world.Development.Id));
    }

    private static IEnumerable<string> InForce(World world) => world.Get<AttributeCatalog>().Of(world.Development.Id).Attributes.Select(a => a.Id);

    internal static async Task SetAsync(World world, EnvironmentEntry environment, long user, string attribute) =>
        World.Done(await world.Get<Store>().WriteAsync<Outcome>(environment.Scope, db =>
        {
            var row = new UserAttribute { UserId = new(user), AttributeId = attribute };
            row.Set("AB1");
            db.Add(row);
            db.Audit(Actor.Host, "user.updated", "user", "x");
            return Task.FromResult(Outcome.Done);
        }));
}
