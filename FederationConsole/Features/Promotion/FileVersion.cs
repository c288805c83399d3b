using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;

namespace FederationConsole.Features.Promotion;

/// <summary>What a project file makes of production is a version as well: numbered, told in the history, and one that can be gone back to.</summary>
internal sealed record FileVersion(PromotionContent Content, IReadOnlyList<PromotionChange> Difference)
{
    /// <summary>Counts whom it touches. Before the write: reading the values of a million users must not hold up their logins.</summary>
    /// <param name="production">Null: the file makes the project, where nobody is yet.</param>
    public static async Task<FileVersion> CountAsync(Store store, Scope? production, PromotionContent before, PromotionContent after, CancellationToken cancellation)
    {
        var difference = new List<PromotionChange>();
        foreach (var change in PromotionChange.Between(before, after))
        {
            difference.Add(change with
            {
                Touches = production is { } scope ? await store.ReadAsync(scope, db => TouchCounter.CountAsync(db, change, before, after, cancellation)) : [],
            });
        }

        return new(after, difference);
    }

    /// <summary>In the import's write, in the scope of the project, whose rows are saved.</summary>
    public async Task PublishAsync(ConsoleDb db, Actor actor, ProjectId project)
    {
        var state = await PromotionState.ReadAsync(db, project) ?? throw new InvalidOperationException($"Project {project} is not saved.");
        state.Publish(db, actor, number => new()
        {
            Id = db.NextId(),
            ProjectId = project,
            Number = number,
            At = db.Now,
            ById = actor.Id,
            ByName = actor.Name,
            Comment = PromotionWords.Say("Comment.FromFile"),
            Content = Content,
            Difference = Difference,
        });
    }
}
