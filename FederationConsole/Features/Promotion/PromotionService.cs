using System.Runtime.CompilerServices;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Promotion;

/// <summary>What would be published, and what it was made from.</summary>
/// <param name="Number">Production's number; 0: nothing was published yet.</param>
/// <param name="Before">What production has.</param>
/// <param name="After">What it would have.</param>
/// <param name="Target">The earlier version to go back to; null: development.</param>
public sealed record PromotionPreview(
    ProjectId Project, EnvironmentId Production, int Number, PromotionContent Before, PromotionContent After, int? Target, IReadOnlyList<PromotionChange> Changes)
{
    public int Counted => Changes.Count(c => c.Touches is not null);

    /// <summary>Every change says whom it touches: only then it can be published.</summary>
    public bool IsCounted => Counted == Changes.Count;
}

/// <summary>同步到生产环境 (seed 003): the difference first, then one numbered version that nobody can change.</summary>
public sealed class PromotionService(Store store)
{
    public const int MaxComment = 500;

    /// <summary>The signal's topic: something was asked, decided or published; its id is the project's.</summary>
    public const string Topic = "promotion";

    /// <summary>
    /// The difference, nobody counted yet. Faults: <see cref="FaultKind.NotFound"/> (no such version).
    /// </summary>
    /// <param name="target">The earlier version to go back to; null: what development has.</param>
    public async Task<Outcome<PromotionPreview>> PreviewAsync(Actor actor, ProjectId project, int? target = null, CancellationToken cancellation = default)
    {
        if (actor.Require(Role.ReadOnly, project.Value).Fault is { } forbidden)
        {
            return forbidden;
        }

        return await store.ReadMomentAsync<Outcome<PromotionPreview>>(Scope.Of(project), async db =>
        {
            var content = target is null ? null : await db.Set<PublishedVersion>().Where(v => v.ProjectId == project && v.Number == target).Select(v => v.Content).FirstOrDefaultAsync(cancellation);
            if ((target is not null && content is null) || await PromotionState.ReadAsync(db, project, cancellation) is not { } state)
            {
                return FaultKind.NotFound;
            }

            var after = content ?? state.Edited;
            return new PromotionPreview(
                project, state.Production.Id, state.Number, state.InForce, after, target, PromotionChange.Between(state.InForce, after));
        });
    }

    /// <summary>The same preview again and again, each time with one more change counted; the last one is counted whole.</summary>
    public async IAsyncEnumerable<PromotionPreview> CountAsync(Actor actor, PromotionPreview preview, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (!actor.Require(Role.ReadOnly, preview.Project.Value).Ok)
        {
            yield break;
        }

        var changes = preview.Changes.ToArray();
        for (var at = 0; at < changes.Length; at++)
        {
            var change = changes[at];
            // Off the page's own thread: SQLite reads where it is asked, and a page must stay quick meanwhile.
            var touches = await Task.Run(
                () => store.ReadAsync(new Scope(preview.Production, preview.Project), db => TouchCounter.CountAsync(db, change, preview.Before, preview.After, cancellation)), cancellation);
            changes[at] = change with { Touches = touches };
            yield return preview with { Changes = [.. changes] };
        }
    }

    /// <summary>
    /// Publishes what was shown. Faults: <see cref="FaultKind.Missing"/>, <see cref="FaultKind.Invalid"/> (the comment),
    /// <see cref="FaultKind.Changed"/> (development or production moved since), <see cref="FaultKind.NotAllowedNow"/> (nothing to
    /// publish, not counted, or another administrator has to approve).
    /// </summary>
    /// <returns>The new version's number.</returns>
    public async Task<Outcome<int>> PublishAsync(Actor actor, PromotionPreview preview, string? comment)
    {
        if ((actor.Require(Role.Manager, preview.Project.Value).Fault ?? Check(preview, comment)) is { } fault)
        {
            return fault;
        }

        return await store.WriteAsync<Outcome<int>>(Scope.Of(preview.Project), async db =>
        {
            if (await PromotionState.ReadAsync(db, preview.Project) is not { } state)
            {
                return FaultKind.NotFound;
            }

            if (state.Project.PromotionNeedsApproval)
            {
                return new Fault(FaultKind.NotAllowedNow, Detail: PromotionWords.Say("Refused.NeedsApproval"));
            }

            return state.Moved(preview.Number, preview.Before, preview.After, preview.Target) is not null
                ? FaultKind.Changed
                : state.Publish(db, actor, number => new()
                {
                    Id = db.NextId(),
                    ProjectId = preview.Project,
                    Number = number,
                    At = db.Now,
                    ById = actor.Id,
                    ByName = actor.Name,
                    Comment = comment!.Trim(),
                    Content = preview.After,
                    Difference = preview.Changes,
                    RolledBackFrom = preview.Target,
                });
        });
    }

    /// <summary>The newest first.</summary>
    public async Task<Outcome<IReadOnlyList<PublishedVersion>>> HistoryAsync(Actor actor, ProjectId project, CancellationToken cancellation = default)
    {
        if (actor.Require(Role.ReadOnly, project.Value).Fault is { } forbidden)
        {
            return forbidden;
        }

        return Outcome.Of<IReadOnlyList<PublishedVersion>>(await store.ReadAsync(Scope.Of(project), db =>
            db.Set<PublishedVersion>().Where(v => v.ProjectId == project).OrderByDescending(v => v.Number).ToListAsync(cancellation)));
    }

    /// <summary>What a comment must be: 1 to <see cref="MaxComment"/> characters.</summary>
    internal static Fault? CheckComment(string? comment) =>
        string.IsNullOrWhiteSpace(comment) ? new Fault(FaultKind.Missing, "comment")
        : comment.Trim().Length > MaxComment || comment.Any(c => char.IsControl(c) && c is not ('\n' or '\r')) ? new Fault(FaultKind.Invalid, "comment", PromotionWords.Say("Comment.Help", MaxComment))
        : null;

    internal static Fault? Check(PromotionPreview preview, string? comment) =>
        CheckComment(comment)
        ?? (preview.Changes.Count == 0 ? new Fault(FaultKind.NotAllowedNow, Detail: PromotionWords.Say("Refused.Nothing"))
            : !preview.IsCounted ? new Fault(FaultKind.NotAllowedNow, Detail: PromotionWords.Say("Refused.Counting"))
            : null);
}
