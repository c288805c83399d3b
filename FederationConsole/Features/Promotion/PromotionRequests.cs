using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Promotion;

/// <summary>A request as the page shows it.</summary>
/// <param name="Moved">What has moved under it: it can only be declined then, or falls when it is approved.</param>
/// <param name="Mine">The actor asked, and so cannot approve.</param>
public sealed record RequestDetails(PromotionRequest Request, MovedPart? Moved, bool Mine);

/// <param name="NeedsApproval">The project's switch.</param>
/// <param name="Pending">The one that waits; null: none.</param>
/// <param name="Last">The ones decided last, the newest first.</param>
public sealed record RequestOverview(bool NeedsApproval, RequestDetails? Pending, IReadOnlyList<PromotionRequest> Last);

/// <summary>The second pair of eyes: a project can require that another administrator approves what is published.</summary>
public sealed class PromotionRequests(Store store)
{
    private const int Shown = 5;

    public async Task<Outcome<RequestOverview>> OverviewAsync(Actor actor, ProjectId project, CancellationToken cancellation = default)
    {
        if (actor.Require(Role.ReadOnly, project.Value).Fault is { } forbidden)
        {
            return forbidden;
        }

        return await store.ReadMomentAsync<Outcome<RequestOverview>>(Scope.Of(project), async db =>
        {
            if (await PromotionState.ReadAsync(db, project, cancellation) is not { } state)
            {
                return FaultKind.NotFound;
            }

            var pending = await PendingAsync(db, project);
            var last = await db.Set<PromotionRequest>().Where(r => r.ProjectId == project && r.State != RequestState.Pending)
                .OrderByDescending(r => r.Id).Take(Shown).ToListAsync(cancellation);
            return new RequestOverview(state.Project.PromotionNeedsApproval, pending is null ? null : new(pending, Moved(state, pending), pending.ById == actor.Id), last);
        });
    }

    /// <summary>Turns the requirement on or off; a request that waits stays.</summary>
    public async Task<Outcome> RequireApprovalAsync(Actor actor, ProjectId project, bool required)
    {
        if (actor.Require(Role.Owner, project.Value).Fault is { } forbidden)
        {
            return forbidden;
        }

        return await store.WriteAsync<Outcome>(Scope.Of(project), async db =>
        {
            if (await db.Set<Project>().FirstOrDefaultAsync(p => p.Id == project) is not { } row)
            {
                return FaultKind.NotFound;
            }

            if (row.PromotionNeedsApproval != required)
            {
                row.PromotionNeedsApproval = required;
                row.Version++;
                db.Audit(actor, "promotion.approval_switched", "project", row.Code);
                db.Signal(PromotionService.Topic, project.Value);
            }

            return Outcome.Done;
        });
    }

    /// <summary>
    /// Asks for another's approval of what was shown. Faults: as <see cref="PromotionService.PublishAsync"/>, and
    /// <see cref="FaultKind.NotAllowedNow"/> where another request waits that nothing moved under, or nobody has to approve.
    /// </summary>
    public async Task<Outcome> AskAsync(Actor actor, PromotionPreview preview, string? comment)
    {
        if ((actor.Require(Role.Manager, preview.Project.Value).Fault ?? PromotionService.Check(preview, comment)) is { } fault)
        {
            return fault;
        }

        return await store.WriteAsync<Outcome>(Scope.Of(preview.Project), async db =>
        {
            if (await PromotionState.ReadAsync(db, preview.Project) is not { } state)
            {
                return FaultKind.NotFound;
            }

            if (!state.Project.PromotionNeedsApproval)
            {
                return new Fault(FaultKind.NotAllowedNow, Detail: PromotionWords.Say("Refused.NoApproval"));
            }

            if (state.Moved(preview.Number, preview.Before, preview.After, preview.Target) is not null)
            {
                return FaultKind.Changed;
            }

            if (await PendingAsync(db, preview.Project) is { } waiting)
            {
                if (Moved(state, waiting) is not { } moved)
                {
                    return new Fault(FaultKind.NotAllowedNow, Detail: PromotionWords.Say("Refused.Waiting"));
                }

                Fall(db, actor, state, waiting, moved);
                // Off the unique index before the next one comes to stand there.
                await db.EnterAsync(Scope.Of(preview.Project));
            }

            var request = new PromotionRequest
            {
                Id = db.NextId(),
                ProjectId = preview.Project,
                At = db.Now,
                ById = actor.Id,
                ByName = actor.Name,
                Comment = comment!.Trim(),
                Number = preview.Number,
                Before = preview.Before,
                Content = preview.After,
                Difference = preview.Changes,
                RolledBackFrom = preview.Target,
            };
            db.Add(request);
            db.Audit(actor, "promotion.requested", "project", state.Project.Code);
            db.Signal(PromotionService.Topic, preview.Project.Value);
            return Outcome.Done;
        });
    }

    /// <summary>
    /// Publishes what was asked for, unless something has moved under it: then it falls, which is an answer and no fault. Faults:
    /// <see cref="FaultKind.NotAllowedNow"/> (one's own request), <see cref="FaultKind.NotFound"/> (it does not wait any more).
    /// </summary>
    public Task<Outcome<RequestState>> ApproveAsync(Actor actor, ProjectId project, long id, string? comment) =>
        DecideAsync(actor, project, id, comment, (db, state, request) =>
        {
            if (request.ById == actor.Id)
            {
                return new Fault(FaultKind.NotAllowedNow, Detail: PromotionWords.Say("Refused.OwnRequest"));
            }

            if (Moved(state, request) is { } moved)
            {
                Fall(db, actor, state, request, moved);
                return RequestState.Fallen;
            }

            request.State = RequestState.Approved;
            state.Publish(db, actor, number => new()
            {
                Id = db.NextId(),
                ProjectId = project,
                Number = number,
                At = db.Now,
                ById = request.ById,
                ByName = request.ByName,
                ApprovedById = actor.Id,
                ApprovedByName = actor.Name,
                Comment = request.Comment,
                Content = request.Content,
                Difference = request.Difference,
                RolledBackFrom = request.RolledBackFrom,
            });
            return RequestState.Approved;
        });

    /// <summary>Declines it; who asked takes it back. Faults: as <see cref="ApproveAsync"/>.</summary>
    public Task<Outcome<RequestState>> DeclineAsync(Actor actor, ProjectId project, long id, string? comment) =>
        DecideAsync(actor, project, id, comment, (db, state, request) =>
        {
            request.State = request.ById == actor.Id ? RequestState.Withdrawn : RequestState.Declined;
            db.Audit(actor, request.State == RequestState.Withdrawn ? "promotion.withdrawn" : "promotion.declined", "project", state.Project.Code);
            return request.State;
        });

    private async Task<Outcome<RequestState>> DecideAsync(
        Actor actor, ProjectId project, long id, string? comment, Func<ConsoleDb, PromotionState, PromotionRequest, Outcome<RequestState>> decide)
    {
        if ((actor.Require(Role.Manager, project.Value).Fault ?? PromotionService.CheckComment(comment)) is { } fault)
        {
            return fault;
        }

        return await store.WriteAsync<Outcome<RequestState>>(Scope.Of(project), async db =>
        {
            if (await PendingAsync(db, project) is not { } request || request.Id != id || await PromotionState.ReadAsync(db, project) is not { } state)
            {
                return FaultKind.NotFound;
            }

            (request.DecidedByName, request.DecidedAt, request.Answer) = (actor.Name, db.Now, comment!.Trim());
            request.Version++;
            db.Signal(PromotionService.Topic, project.Value);
            return decide(db, state, request);
        });
    }

    private static Task<PromotionRequest?> PendingAsync(ConsoleDb db, ProjectId project) =>
        db.Set<PromotionRequest>().FirstOrDefaultAsync(r => r.ProjectId == project && r.State == RequestState.Pending);

    private static MovedPart? Moved(PromotionState state, PromotionRequest request) => state.Moved(request.Number, request.Before, request.Content, request.RolledBackFrom);

    private static void Fall(ConsoleDb db, Actor actor, PromotionState state, PromotionRequest request, MovedPart moved)
    {
        (request.State, request.Moved, request.DecidedAt) = (RequestState.Fallen, moved, db.Now);
        request.Version++;
        db.Audit(actor, "promotion.request_fallen", "project", state.Project.Code);
    }
}
