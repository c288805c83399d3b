using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Promotion;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.Promotion;

/// <summary>A project whose development is edited and whose production has users.</summary>
internal static class PromotionWorld
{
    public static readonly AttributeDefinition Badge = new() { Id = "badge", Name = "工牌", Type = AttributeType.String, MaxLength = 20 };

    public static readonly AttributeDefinition Level = new()
    {
        Id = "level", Name = "等级", Type = AttributeType.Enum, Options = [new("g", "金"), new("s", "银"), new("b", "铜")],
    };

    public static readonly AttributeDefinition Tags = Level with { Id = "tags", Name = "标签", Type = AttributeType.MultiEnum };

    public static readonly AttributeDefinition Age = new() { Id = "age", Name = "年龄", Type = AttributeType.Integer, Min = 0, Max = 200 };

    public static ProjectId Project(this World world) => world.Development.ProjectId;

    public static PromotionService Promotion(this World world) => world.Get<PromotionService>();

    public static Actor Admin(this World world, string id = "1", Role role = Role.Manager) => Admins.With(role, world.Project()) with { Id = id, Name = "admin " + id };

    /// <summary>Development's schema, as its page would save it.</summary>
    public static Task EditAsync(this World world, params AttributeDefinition[] attributes) =>
        world.Get<Store>().WriteAsync<Outcome>(world.Development.Scope, async db =>
        {
            var schema = await db.Set<AttributeSchema>().FirstOrDefaultAsync(s => s.EnvironmentId == world.Development.Id);
            if (schema is null)
            {
                db.Add(schema = new() { EnvironmentId = world.Development.Id, ProjectId = world.Project() });
            }

            schema.Attributes = attributes;
            schema.Version++;
            db.Audit(Actor.Host, "attributes.saved", "environment", "development");
            db.Signal(AttributeCatalog.Topic);
            return Outcome.Done;
        });

    /// <summary>Users of production with these values of an attribute, null for none.</summary>
    public static Task<List<UserId>> PeopleAsync(this World world, AttributeDefinition? attribute, params string?[] values) =>
        world.Get<Store>().WriteAsync(world.Production.Scope, db =>
        {
            var made = new List<UserId>();
            foreach (var value in values)
            {
                var user = new User { Id = db.NextId<UserId>(), AccountId = db.NextGuid(), CreatedAt = db.Now };
                made.Add(user.Id);
                db.Add(user);
                if (value is not null)
                {
                    var row = new UserAttribute { UserId = user.Id, AttributeId = attribute!.Id };
                    row.Set(value);
                    db.Add(row);
                }
            }

            db.Audit(Actor.Host, "user.created", "user", "many");
            return Task.FromResult(made);
        });

    public static async Task<PromotionPreview> PreviewAsync(this World world, int? target = null, Actor? actor = null)
    {
        var preview = World.Value(await world.Promotion().PreviewAsync(actor ?? world.Admin(), world.Project(), target));
        await foreach (var further in world.Promotion().CountAsync(actor ?? world.Admin(), preview))
        {
            preview = further;
        }

        return preview;
    }

    /// <summary>Shows and publishes what development has.</summary>
    public static async Task<int> PublishAsync(this World world, string comment = "试过了", int? target = null) =>
        World.Value(await world.Promotion().PublishAsync(world.Admin(), await world.PreviewAsync(target), comment));

    /// <summary>Edits, publishes, and hands out whom the next edit touches.</summary>
    public static async Task<IReadOnlyList<Touch>> TouchesAsync(this World world, AttributeDefinition before, AttributeDefinition? after)
    {
        await world.EditAsync(before);
        if ((await world.PreviewAsync()).Changes.Count > 0)
        {
            await world.PublishAsync();
        }

        await world.EditAsync(after is null ? [] : [after]);
        return (await world.PreviewAsync()).Changes.Single().Touches!;
    }

    public static async Task<IReadOnlyList<PublishedVersion>> HistoryAsync(this World world) => World.Value(await world.Promotion().HistoryAsync(world.Admin(), world.Project()));
}
