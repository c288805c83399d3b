using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.JointLogin;

/// <summary>
/// The browser's side after autoLogin (<c>/js/session.js</c>). A website of another origin cannot read what our pages keep; it takes, for the
/// token in its address, a session of its own. The two belong together: whoever signs out of one ends both.
/// </summary>
public sealed class JointSessions(Store store, ProjectCatalog projects, SessionCheck check, SessionService sessions)
{
    /// <summary>
    /// Once for each autoLogin, and only for a page under the environment's return addresses: what travelled in an address may have been
    /// seen, and is worth no more afterwards than its own two hours. Faults: <see cref="FaultKind.RefreshTokenUnknown"/> (no such token, none
    /// of an autoLogin, taken already), <see cref="FaultKind.Forbidden"/> (the origin), <see cref="FaultKind.UserDisabled"/>.
    /// </summary>
    /// <param name="origin">As the browser sends it.</param>
    public async Task<Outcome<IssuedSession>> TakeAsync(string token, string? origin, string? address, string? client)
    {
        var checkedSession = await check.CheckAsync(token);
        if (!checkedSession.Ok || projects.Environment(checkedSession.Value.EnvironmentId) is not { } environment)
        {
            return FaultKind.RefreshTokenUnknown;
        }

        if (!ReturnUrls.HasOrigin(environment.ReturnUrls, origin))
        {
            return FaultKind.Forbidden;
        }

        var held = checkedSession.Value;
        return await store.WriteAsync<Outcome<IssuedSession>>(environment.Scope, async db =>
        {
            if (await db.Set<JointCode>().Where(c => c.SessionId == held.Id && c.Site == null)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.Site, origin)) != 1)
            {
                return FaultKind.RefreshTokenUnknown;
            }

            var issued = await sessions.IssueAsync(db, held.UserId, new(held.AppId, 0, "", address, client), environment.Policies);
            if (issued.Ok)
            {
                var own = issued.Value.Id;
                await db.Set<JointCode>().Where(c => c.SessionId == held.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.SiteSessionId, own));
            }

            return issued;
        });
    }

    /// <summary>As <see cref="SessionService.RefreshAsync(string, RenewalCall)"/>.</summary>
    public Task<Outcome<IssuedSession>> RefreshAsync(string refreshToken, RenewalCall call) => sessions.RefreshAsync(refreshToken, call);

    /// <summary>Ends the session of this token and the one that it belongs with. What is over already stays so, without a word.</summary>
    public async Task EndAsync(string token)
    {
        var session = await check.CheckAsync(token);
        if (!session.Ok)
        {
            return;
        }

        var (environment, id) = (session.Value.EnvironmentId, session.Value.Id);
        var pair = await store.ReadAsync(new Scope(environment, default), db => db.Set<JointCode>()
            .Where(c => c.SessionId == id || c.SiteSessionId == id).Select(c => new { c.SessionId, c.SiteSessionId }).FirstOrDefaultAsync());
        foreach (var one in new[] { id, pair?.SessionId ?? id, pair?.SiteSessionId ?? id }.Distinct())
        {
            await sessions.EndAsync(environment, one, SessionEnd.LoggedOut);
        }
    }
}
