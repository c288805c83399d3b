using FederationConsole.Data;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Events;
using FederationConsole.Features.Meetings;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Promotion;
using FederationConsole.Features.Sources;
using FederationConsole.Features.VendorAccounts;
using FederationConsole.Platform;
using FederationConsole.Platform.StrictJson;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>
/// Brings projects to what a file says: <see cref="PlanAsync"/> says what that would change, <see cref="ApplyAsync"/> does it in one
/// write. New projects take an owner of the host, others an owner of each project.
/// </summary>
public sealed class ProjectFileImport(Store store, SecretBox secrets, AttributeLibrary library, IStringLocalizer<ProjectFileTexts> texts, ILogger<ProjectFileImport> logger)
{
    private const int MaxAttempts = 10;

    private readonly ProjectFileShape shape = new(library);

    /// <summary>Faults: <see cref="FaultKind.Forbidden"/>, with the path of the first project that the actor does not own.</summary>
    public async Task<Outcome<ImportPreview>> PlanAsync(Actor actor, string json, CancellationToken cancellation = default)
    {
        return ProjectFileReader.Read(json, library) switch
        {
            ProjectFileReading.Refused refused => new ImportPreview.Refused(refused.Faults),
            var reading => await PlanAsync(actor, ((ProjectFileReading.Accepted)reading).Tree, cancellation),
        };
    }

    private async Task<Outcome<ImportPreview>> PlanAsync(Actor actor, ProjectFileTree file, CancellationToken cancellation)
    {
        var question = ProjectQuestion.Of(file.File);
        var rows = await store.ReadMomentAsync(Scope.Host, db => ProjectRows.ReadAsync(db, question));
        var projects = question.Codes.ToDictionary(code => code, code => rows.Project(code)?.Id);
        if (Require(actor, projects) is { } forbidden)
        {
            return forbidden;
        }

        cancellation.ThrowIfCancellationRequested();
        var state = new ProjectFileState(rows, secrets);
        var difference = ProjectFileDifference.Between(state.Tree, file, shape, state.Holds);
        var faults = new ImportJudge(file, rows, texts).Faults(difference, state.Tree, shape);
        return faults.Count > 0
            ? new ImportPreview.Refused(faults)
            : new ImportPreview.Ready(new(question, rows, state.Tree, difference, library));
    }

    /// <summary>
    /// Does what was planned, whole or not at all. Faults: <see cref="FaultKind.Forbidden"/>; <see cref="FaultKind.Changed"/> when
    /// somebody changed one of the projects since, so that another plan must be made and seen.
    /// </summary>
    /// <param name="actor">Who imports.</param>
    /// <param name="plan">What was planned, and shown.</param>
    /// <param name="makeSecrets">Whether new apps get the secrets that the file leaves out: only where somebody will see them.</param>
    /// <param name="cancellation">Until the write begins.</param>
    public async Task<Outcome<ImportReport>> ApplyAsync(Actor actor, ImportPlan plan, bool makeSecrets = true, CancellationToken cancellation = default)
    {
        if (Require(actor, plan.Projects) is { } forbidden)
        {
            return forbidden;
        }

        if (plan.Changes.Count == 0)
        {
            return new ImportReport([], []);
        }

        var made = new List<NewAppSecret>();
        var orders = ImportOrder.Prepare(plan, await VersionsAsync(plan, cancellation), secrets, makeSecrets ? made : null);
        cancellation.ThrowIfCancellationRequested();
        var done = await store.WriteAsync<Outcome>(Scope.Host, async db =>
        {
            var rows = await ProjectRows.ReadAsync(db, plan.Question);
            if (rows.Stamp != plan.Stamp || MeetingJudge.Faults(plan.Result.File, plan.Result.File, rows, texts).Any())
            {
                return FaultKind.Changed;
            }

            var write = new ImportWrite(db, rows, library, actor);
            foreach (var order in orders)
            {
                await write.ProjectAsync(order);
            }

            // Once for all of it: each makes every node read its catalogs anew.
            await db.EnterAsync(Scope.Host);
            db.Signal(ProjectCatalog.Topic);
            db.Signal(SourceCatalog.Topic);
            db.Signal(ReceiverCatalog.Topic);
            db.Signal(MessageCatalog.Topic);
            db.Signal(VendorCatalog.Topic);
            db.Signal(AttributeCatalog.Topic);
            db.Signal(MeetingCatalog.Topic);
            return Outcome.Done;
        });
        if (!done.Ok)
        {
            return done.Fault;
        }

        Log.Imported(logger, plan.Projects.Count, plan.Changes.Count, actor.Name);
        return new ImportReport(plan.Changes, made);
    }

    /// <summary>Plans and does it, again as long as others change the same projects in between. For those who do not look at a plan first.</summary>
    public async Task<Outcome<ImportResult>> ImportAsync(Actor actor, string json, bool makeSecrets = true)
    {
        for (var attempt = 1; ; attempt++)
        {
            var preview = await PlanAsync(actor, json);
            if (!preview.Ok)
            {
                return preview.Fault;
            }

            if (preview.Value is not ImportPreview.Ready { Plan: var plan })
            {
                return new ImportResult.Refused(((ImportPreview.Refused)preview.Value).Faults);
            }

            var report = await ApplyAsync(actor, plan, makeSecrets);
            if (report.Ok)
            {
                return new ImportResult.Done(report.Value);
            }

            if (report.Fault.Kind != FaultKind.Changed || attempt == MaxAttempts)
            {
                return report.Fault;
            }
        }
    }

    /// <summary>What becomes of each production whose policies or attributes change; whom that touches is counted before the write.</summary>
    private async Task<Dictionary<string, FileVersion>> VersionsAsync(ImportPlan plan, CancellationToken cancellation)
    {
        var versions = new Dictionary<string, FileVersion>();
        foreach (var (code, parts) in plan.Parts.Where(p => !p.Value.Before.Same(p.Value.After)))
        {
            versions[code] = await FileVersion.CountAsync(store, parts.Environment, parts.Before, parts.After, cancellation);
        }

        return versions;
    }

    private static Fault? Require(Actor actor, IReadOnlyDictionary<string, ProjectId?> projects) => projects
        .Where(p => !actor.Require(Role.Owner, p.Value?.Value).Ok)
        .Select(p => new Fault(FaultKind.Forbidden, ImportPaths.Project(p.Key)))
        .FirstOrDefault();
}
