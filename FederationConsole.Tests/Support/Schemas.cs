using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Support;

/// <summary>Attribute schemas written straight into an environment, and what users hold of them.</summary>
internal static class Schemas
{
    public static readonly AttributeDefinition City = new() { Id = "city", Name = "城市", Type = AttributeType.String, MaxLength = 10 };
    public static readonly AttributeDefinition Badge = new() { Id = "badge_no", Name = "工牌号", Type = AttributeType.String, Unique = true };
    public static readonly AttributeDefinition Level = new() { Id = "level", Name = "等级", Type = AttributeType.Integer, Min = 0, Max = 9, ReadOnly = true };
    public static readonly AttributeDefinition Size = new() { Id = "size", Name = "尺码", Type = AttributeType.Enum, Options = [new("s", "小号"), new("l", "大号")] };
    public static readonly AttributeDefinition Hobbies = new() { Id = "hobbies", Name = "爱好", Type = AttributeType.MultiEnum, Options = [new("run", "跑步"), new("read", "读书")] };

    /// <summary>Puts a schema in force in development, or in another environment.</summary>
    public static Task SchemaAsync(this World world, params AttributeDefinition[] attributes) => world.SchemaAsync(world.Development, attributes);

    public static async Task SchemaAsync(this World world, EnvironmentEntry environment, params AttributeDefinition[] attributes) =>
        World.Done(await world.Get<Store>().WriteAsync(environment.Scope, async db =>
        {
            var row = await db.Set<AttributeSchema>().FirstOrDefaultAsync(s => s.EnvironmentId == environment.Id);
            if (row is null)
            {
                db.Add(row = new() { EnvironmentId = environment.Id, ProjectId = environment.ProjectId });
            }

            row.Attributes = attributes;
            row.Version++;
            db.Audit(Actor.Host, "attributes.updated", "environment", environment.CorpId);
            db.Signal(AttributeCatalog.Topic);
            return Outcome.Done;
        }));

    /// <summary>What a user's rows hold, as <c>city=上海</c>, by id.</summary>
    public static Task<List<string>> AttributesAsync(this World world, UserId user) => world.ReadAsync(async db =>
        (await db.Set<UserAttribute>().Where(a => a.UserId == user).ToListAsync()).ConvertAll(a => $"{a.AttributeId}={a.Value}").Order(StringComparer.Ordinal).ToList());

    /// <summary>Gives a user values as typed, as an administrator would.</summary>
    public static async Task GiveAsync(this World world, UserId user, params (string Id, string? Typed)[] values)
    {
        var changes = World.Value(world.Get<UserAttributes>().ReadTyped(world.Development.Id, values.ToDictionary(v => v.Id, v => v.Typed)));
        World.Done(await world.Get<UserAttributes>().ChangeAsync(world.Development.Id, user, ProfileChange.None, changes, Actor.Host));
    }
}
