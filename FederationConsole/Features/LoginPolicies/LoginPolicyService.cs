using FederationConsole.Data;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.LoginPolicies;

/// <param name="Version">What a form was filled from.</param>
/// <param name="Published">Of production the number of the version published last; 0: none, or development.</param>
public sealed record PolicyDetails(Policies Policies, int Version, int Published = 0);

/// <summary>The login policies of an environment: edited in development, carried to production by promotion alone (seed 003).</summary>
public sealed class LoginPolicyService(Store store, ProjectCatalog projects, AttributeCatalog attributes)
{
    /// <summary>The sources that can be withheld, as seed 002 numbers them.</summary>
    public static readonly IReadOnlyList<SourceKind> Sources = Enum.GetValues<SourceKind>();

    private static readonly int[] Numbers = [.. Sources.Select(s => (int)s)];

    public async Task<Outcome<PolicyDetails>> ReadAsync(Actor actor, EnvironmentId id, CancellationToken cancellation = default)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var found = await store.ReadAsync(environment.Value.Scope, db =>
            db.Set<ProjectEnvironment>().Where(e => e.Id == id).Select(e => new PolicyDetails(e.Policies, e.Version, 0)).FirstAsync(cancellation));
        return found with { Published = attributes.Of(id).Number };
    }

    /// <summary>What the service would say to it: <see cref="FaultKind.Invalid"/> with the field's name.</summary>
    public static Fault? Check(Policies policies) => PolicyRules.Check(policies, Numbers);

    /// <summary>
    /// Faults: <see cref="FaultKind.Invalid"/> with the field, <see cref="FaultKind.Changed"/>, <see cref="FaultKind.NotAllowedNow"/>
    /// (production, which is only published to).
    /// </summary>
    /// <param name="version">What the form was filled from.</param>
    public async Task<Outcome> SaveAsync(Actor actor, EnvironmentId id, Policies policies, int version)
    {
        var environment = projects.For(actor, Role.Manager, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        if (environment.Value.Kind != EnvironmentKind.Development)
        {
            return FaultKind.NotAllowedNow;
        }

        if (Check(policies) is { } fault)
        {
            return fault;
        }

        return await store.WriteAsync<Outcome>(environment.Value.Scope, async db =>
        {
            var row = await db.Set<ProjectEnvironment>().FirstAsync(e => e.Id == id);
            if (row.Version != version)
            {
                return FaultKind.Changed;
            }

            row.Policies = policies;
            row.Version++;
            db.Audit(actor, "policies.saved", "environment", row.CorpId);
            db.Signal(ProjectCatalog.Topic, row.ProjectId.Value);
            return Outcome.Done;
        });
    }
}
