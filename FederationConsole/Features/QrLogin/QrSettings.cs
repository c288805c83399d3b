using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.QrLogin;

/// <summary>What an administrator sets of the QR login: an app's policy in an environment, and what the user info says of the project.</summary>
public sealed class QrSettings(Store store, ProjectCatalog projects)
{
    public async Task<Outcome<QrPolicy>> PolicyAsync(Actor actor, EnvironmentId id, AppId app)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        return !environment.Ok ? environment.Fault
            : projects.App(app, id) is null ? FaultKind.NotFound
            : await store.ReadAsync(environment.Value.Scope, db => db.Set<QrPolicy>().FirstOrDefaultAsync(p => p.AppId == app)) ?? new QrPolicy { AppId = app };
    }

    /// <param name="version">What the form was filled from: another's save in between is <see cref="FaultKind.Changed"/>.</param>
    public async Task<Outcome> SetPolicyAsync(Actor actor, EnvironmentId id, AppId app, bool numberMatching, int refreshes, int version)
    {
        var environment = projects.For(actor, Role.Manager, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        if (!QrRules.AreRefreshes(refreshes))
        {
            return new Fault(FaultKind.Invalid, nameof(refreshes));
        }

        return projects.App(app, id) is null ? FaultKind.NotFound : await store.WriteAsync<Outcome>(environment.Value.Scope, async db =>
        {
            var policy = await db.Set<QrPolicy>().FirstOrDefaultAsync(p => p.AppId == app);
            if ((policy?.Version ?? 0) != version)
            {
                return FaultKind.Changed;
            }

            if (policy is null)
            {
                policy = new() { AppId = app };
                db.Add(policy);
            }

            (policy.NumberMatching, policy.Refreshes) = (numberMatching, refreshes);
            policy.Version++;
            db.Audit(actor, "scan.policy_set", "app", app.ToString());
            return Outcome.Done;
        });
    }

    public async Task<Outcome<TenantCard>> TenantAsync(Actor actor, ProjectId project) =>
        actor.Require(Role.ReadOnly, project.Value).Fault is { } fault ? fault
            : await store.ReadAsync(Scope.Of(project), db => db.Set<TenantCard>().FirstOrDefaultAsync(c => c.ProjectId == project)) ?? new TenantCard { ProjectId = project };

    /// <param name="card">Its version is what the form was filled from.</param>
    public async Task<Outcome> SetTenantAsync(Actor actor, ProjectId project, TenantCard card)
    {
        if ((actor.Require(Role.Manager, project.Value).Fault ?? QrRules.Check(card)) is { } fault)
        {
            return fault;
        }

        return await store.WriteAsync<Outcome>(Scope.Of(project), async db =>
        {
            var kept = await db.Set<TenantCard>().FirstOrDefaultAsync(c => c.ProjectId == project);
            if ((kept?.Version ?? 0) != card.Version)
            {
                return FaultKind.Changed;
            }

            if (kept is null)
            {
                kept = new() { ProjectId = project };
                db.Add(kept);
            }

            (kept.CustomerId, kept.CustomerName, kept.AddressType, kept.ErpVersions) =
                (card.CustomerId.Trim(), card.CustomerName.Trim(), card.AddressType, card.ErpVersions.Trim());
            kept.Version++;
            db.Audit(actor, "scan.tenant_set", "project", project.ToString());
            return Outcome.Done;
        });
    }
}
