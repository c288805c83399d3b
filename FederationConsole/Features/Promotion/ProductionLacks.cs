using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Promotion;

/// <summary>What production still lacks although development has it, asked of every feature that has such things.</summary>
public sealed class ProductionLacks(Store store, IEnumerable<IProductionNeed> needs)
{
    public async Task<Outcome<IReadOnlyList<ProductionLack>>> ListAsync(Actor actor, ProjectId project, CancellationToken cancellation = default)
    {
        if (actor.Require(Role.ReadOnly, project.Value).Fault is { } forbidden)
        {
            return forbidden;
        }

        var ids = await store.ReadAsync(Scope.Of(project), db => db.Set<ProjectEnvironment>().Where(e => e.ProjectId == project).ToDictionaryAsync(e => e.Kind, e => e.Id, cancellation));
        if (ids.Count == 0)
        {
            return FaultKind.NotFound;
        }

        var pair = new EnvironmentPair(project, ids[EnvironmentKind.Development], ids[EnvironmentKind.Production]);
        var lacks = new List<ProductionLack>();
        foreach (var need in needs)
        {
            lacks.AddRange(await need.LacksAsync(pair, cancellation));
        }

        return Outcome.Of<IReadOnlyList<ProductionLack>>(lacks);
    }
}
