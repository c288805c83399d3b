using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.JointLogin;

/// <param name="Version">Of the environment: what a form was filled from.</param>
public sealed record ReturnList(IReadOnlyList<string> Urls, int Version);

/// <summary>Where autoLogin may return to, as an administrator sets it.</summary>
public sealed class ReturnAddresses(Store store, ProjectCatalog projects)
{
    public async Task<Outcome<ReturnList>> ReadAsync(Actor actor, EnvironmentId id)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        return environment.Ok
            ? await store.ReadAsync(environment.Value.Scope, db => db.Set<ProjectEnvironment>().Where(e => e.Id == id).Select(e => new ReturnList(e.ReturnUrls, e.Version)).FirstAsync())
            : environment.Fault;
    }

    /// <summary>Faults: <see cref="FaultKind.Invalid"/> and <see cref="FaultKind.Taken"/> (<see cref="ReturnUrls.Check"/>), <see cref="FaultKind.Changed"/>.</summary>
    public async Task<Outcome> SetAsync(Actor actor, EnvironmentId id, IReadOnlyList<string> urls, int version)
    {
        var environment = projects.For(actor, Role.Manager, id);
        if ((environment.Fault ?? ReturnUrls.Check(nameof(urls), urls)) is { } fault)
        {
            return fault;
        }

        return await store.WriteAsync<Outcome>(environment.Value!.Scope, async db =>
        {
            var row = await db.Set<ProjectEnvironment>().FirstAsync(e => e.Id == id);
            if (row.Version != version)
            {
                return FaultKind.Changed;
            }

            row.ReturnUrls = [.. urls];
            row.Version++;
            db.Audit(actor, "joint_login.return_urls_set", "environment", row.CorpId);
            db.Signal(ProjectCatalog.Topic, environment.Value.ProjectId.Value);
            return Outcome.Done;
        });
    }
}
