using FederationConsole.Data;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Promotion;

/// <summary>A project as promotion finds it in one read or write.</summary>
internal sealed class PromotionState
{
    private readonly AttributeSchema? _schema;

    private PromotionState(Project project, ProjectEnvironment development, ProjectEnvironment production, PromotionContent edited, AttributeSchema? schema, int number)
    {
        (Project, Development, Production, Edited, _schema, Number) = (project, development, production, edited, schema, number);
        InForce = new(schema?.Attributes ?? [], production.Policies);
    }

    public Project Project { get; }

    public ProjectEnvironment Development { get; }

    public ProjectEnvironment Production { get; }

    /// <summary>What development has now.</summary>
    public PromotionContent Edited { get; }

    /// <summary>What production has now.</summary>
    public PromotionContent InForce { get; }

    /// <summary>The version published last; 0: none yet.</summary>
    public int Number { get; }

    public static async Task<PromotionState?> ReadAsync(ConsoleDb db, ProjectId id, CancellationToken cancellation = default)
    {
        if (await db.Set<Project>().FirstOrDefaultAsync(p => p.Id == id, cancellation) is not { } project)
        {
            return null;
        }

        var environments = await db.Set<ProjectEnvironment>().Where(e => e.ProjectId == id).ToDictionaryAsync(e => e.Kind, cancellation);
        var (development, production) = (environments[EnvironmentKind.Development], environments[EnvironmentKind.Production]);
        var schemas = await db.Set<AttributeSchema>().Where(s => s.EnvironmentId == development.Id || s.EnvironmentId == production.Id).ToDictionaryAsync(s => s.EnvironmentId, cancellation);
        var number = await db.Set<PublishedVersion>().Where(v => v.ProjectId == id).MaxAsync(v => (int?)v.Number, cancellation) ?? 0;
        return new(project, development, production, new(schemas.GetValueOrDefault(development.Id)?.Attributes ?? [], development.Policies), schemas.GetValueOrDefault(production.Id), number);
    }

    /// <summary>What has moved since something was shown; null: nothing.</summary>
    /// <param name="number">Production's number then.</param>
    /// <param name="before">What production had then.</param>
    /// <param name="after">What was to be published.</param>
    /// <param name="target">The version to go back to, whose content cannot move.</param>
    public MovedPart? Moved(int number, PromotionContent before, PromotionContent after, int? target) =>
        number != Number || !before.Same(InForce) ? MovedPart.Production
        : target is null && !after.Same(Edited) ? MovedPart.Development
        : null;

    /// <summary>Production's rows and the version's own, with the audit line, in the write that this was read in.</summary>
    public int Publish(ConsoleDb db, Actor actor, Func<int, PublishedVersion> make)
    {
        var version = make(Number + 1);
        var schema = _schema ?? new AttributeSchema { EnvironmentId = Production.Id, ProjectId = Project.Id };
        if (_schema is null)
        {
            db.Add(schema);
        }

        (schema.Attributes, schema.Number) = (version.Content.Attributes, version.Number);
        schema.Version++;
        Production.Policies = version.Content.Policies;
        Production.Version++;
        db.Add(version);
        db.Audit(actor, "promotion.published", "promotion", $"{Project.Code}/{version.Number}");
        db.Signal(AttributeCatalog.Topic);
        db.Signal(ProjectCatalog.Topic, Project.Id.Value);
        db.Signal(PromotionService.Topic, Project.Id.Value);
        return version.Number;
    }
}
