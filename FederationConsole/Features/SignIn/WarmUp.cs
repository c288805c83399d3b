using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;

namespace FederationConsole.Features.SignIn;

/// <summary>
/// Goes the way of a login once before <c>/readyz</c> says yes, and takes it back: the model, the queries and the statements of
/// the hot path are then made, and the first caller does not wait for them. Leaves nothing: a write that ends in a fault is undone.
/// </summary>
internal sealed class WarmUp(ProjectCatalog projects, UserDirectory users, SessionService sessions, SessionCheck check, Store store) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await check.CheckAsync(SessionToken.New(default).Text);
        if (projects.Environments.FirstOrDefault() is not { } environment)
        {
            return;
        }

        var nobody = new VerifiedIdentity(0, "", Tokens.New());
        await store.ReadAsync(environment.Scope, db => users.FindAsync(db, nobody));
        await store.WriteAsync<Outcome<IssuedSession>>(environment.Scope, async db =>
        {
            var user = await users.FindOrCreateAsync(db, nobody, null, Actor.Host);
            await sessions.IssueAsync(db, user.Id, new SessionOrigin(default, 0, "", null, null), environment.Policies);
            return FaultKind.NotAllowedNow;
        });
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
