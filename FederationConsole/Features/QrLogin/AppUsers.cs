using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.QrLogin;

/// <summary>Seed 004, 1.3.3: a user as one app sees them.</summary>
public sealed record AppUser(User User, string OpenId, EnvironmentEntry Environment, TenantCard Tenant);

public sealed class AppUsers(Store store, ProjectCatalog projects, SessionCheck sessions)
{
    /// <summary>
    /// Whose access token it is. Faults: those of <see cref="SessionCheck.CheckAsync"/>; <see cref="FaultKind.Forbidden"/> for a session
    /// that named no app, which has no open_id to be told.
    /// </summary>
    public async Task<Outcome<AppUser>> ReadAsync(string accessToken)
    {
        var session = await sessions.CheckAsync(accessToken);
        if (!session.Ok)
        {
            return session.Fault;
        }

        var (environmentId, appId, userId) = (session.Value.EnvironmentId, session.Value.AppId, session.Value.UserId);
        if (projects.Environment(environmentId) is not { } environment || projects.App(appId, environmentId) is not { ServiceEnabled: true })
        {
            return FaultKind.Forbidden;
        }

        var (user, openId, tenant) = await store.ReadAsync(environment.Scope, async db => (
            await db.Set<User>().FirstOrDefaultAsync(u => u.Id == userId),
            await OpenIds.FindAsync(db, appId, userId),
            await db.Set<TenantCard>().FirstOrDefaultAsync(c => c.ProjectId == environment.ProjectId)));
        if (user is null)
        {
            return FaultKind.TokenUnknown;
        }

        // A login of another face that named the app: its id is made when it is first asked for.
        openId ??= await store.WriteAsync(environment.Scope, db => OpenIds.OfAsync(db, appId, userId));
        return new AppUser(user, openId, environment, tenant ?? new());
    }
}
