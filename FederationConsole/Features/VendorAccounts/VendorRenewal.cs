using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.SignIn;
using FederationConsole.Features.Sources;
using FederationConsole.Features.Traces;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.VendorAccounts;

/// <summary>
/// Seed 003, 第二步 2: a session that a vendor's account began is renewed only when the vendor renews its own grant. 100003 and 100004
/// end it; any other no, and no answer, leave it as it is.
/// </summary>
internal sealed class VendorRenewal(
    Store store, ProjectCatalog projects, VendorCatalog vendors, VendorClient client, SecretBox secrets, SignInTraces traces, TimeProvider clock) : ISessionRenewal
{
    private static readonly Actor Host = Actor.Host;

    public int Source => User.VendorOrigin;

    public async Task<Outcome<Func<ConsoleDb, Task>>> AskAsync(EnvironmentEntry environment, SessionId session, RenewalCall call)
    {
        var (grant, user) = await store.ReadAsync(environment.Scope, async db => (
            await db.Set<VendorGrant>().FirstOrDefaultAsync(g => g.SessionId == session),
            await db.Set<Session>().Where(s => s.Id == session).Select(s => s.UserId).FirstOrDefaultAsync()));
        var story = new SignInStory(traces, clock, new()
        {
            RequestId = call.RequestId, Call = TraceCall.Renewal, Source = User.VendorOrigin, OpenId = grant?.OpenId, Address = call.Address,
            AppKey = grant is null ? null : projects.App(grant.AppId, environment.Id)?.AppKey,
        });
        story.Begin(environment.Id);
        var agreed = await AskAsync(environment, session, grant, call, story);
        story.End(agreed.Fault, user);
        return agreed;
    }

    private async Task<Outcome<Func<ConsoleDb, Task>>> AskAsync(EnvironmentEntry environment, SessionId session, VendorGrant? grant, RenewalCall call, SignInStory story)
    {
        if (grant?.RefreshToken is not { } held)
        {
            // The vendor gave nothing to renew by, so the person comes back with a new code.
            return await EndAsync(environment, session, VendorCodes.RefreshTokenOver);
        }

        if (vendors.Find(environment.Id, grant.AppId) is not { Enabled: true } vendor)
        {
            return VendorFaults.NotSetUp(vendors.Find(environment.Id, grant.AppId));
        }

        // Not the caller's token: who hangs up must not leave the vendor's next refresh token unkept.
        var started = clock.GetTimestamp();
        var reply = await client.Talk(vendor, null, CancellationToken.None).RefreshAsync(secrets.Open(held), grant.OpenId);
        story.Asked(
            reply.No is { } no ? VendorFaults.Trace(no) : new Verification.Verified(new(User.VendorOrigin, grant.AppId.ToString(), grant.OpenId)), clock.GetElapsedTime(started));
        switch (reply.No)
        {
            case null:
                var next = reply.Value!.RefreshToken is { } token ? secrets.Seal(token) : held;
                return new Func<ConsoleDb, Task>(db => KeepAsync(db, session, next));
            case VendorNo.Refused { Code: VendorCodes.RefreshTokenOver or VendorCodes.Revoked } over:
                return await EndAsync(environment, session, over.Code);
            default:
                return VendorFaults.Of(reply.No, call.RequestId);
        }
    }

    private static async Task KeepAsync(ConsoleDb db, SessionId session, SealedText refreshToken)
    {
        var grant = await db.Set<VendorGrant>().FirstAsync(g => g.SessionId == session);
        (grant.RefreshToken, grant.At) = (refreshToken, db.Now);
    }

    private async Task<Fault> EndAsync(EnvironmentEntry environment, SessionId session, string code)
    {
        await store.WriteAsync(environment.Scope, async db =>
        {
            if (await db.Set<Session>().FirstOrDefaultAsync(s => s.Id == session && s.EndedAt == null) is { } held)
            {
                await SessionService.EndAsync(db, session, SessionEnd.VendorRevoked);
                db.Audit(Host, "session.vendor_revoked", "user", held.UserId.ToString());
            }

            return Outcome.Done;
        });
        return new(FaultKind.RefreshTokenUnknown, null, VendorFaultTexts.Code(code)) { Code = code };
    }
}
