using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.Verifications;
using FederationConsole.Platform;

namespace FederationConsole.Features.SignIn;

/// <summary>Signs in who can read a code that was sent to the phone of an account (faces.md, Scan: phone and code).</summary>
public sealed class CodeSignIn(Store store, CodeService codes, SessionService sessions, SignInCounters counters)
{
    /// <summary>
    /// The same answer, limits and work whether somebody has this phone; the message leaves after the answer, or never. Faults: those
    /// of <see cref="CodeService.SendAsync"/>, and <see cref="FaultKind.WayNotOffered"/>.
    /// </summary>
    public async Task<Outcome> SendAsync(EnvironmentEntry environment, PhoneNumber phone, string? captcha, string? address, string requestId)
    {
        if (environment.RefuseOwnAccounts() is { } notOffered)
        {
            return notOffered;
        }

        var known = await store.ReadAsync(environment.Scope, db => UserContacts.FindAsync(db, phone.E164, null));
        return await codes.SendUnseenAsync(
            new(environment, CodePurpose.SignIn, MessageTarget.Of(phone), default, captcha, address, requestId), deliver: known is { DisabledAt: null });
    }

    /// <summary>
    /// Faults: those of <see cref="CodeService.ProveAsync"/> (also for an unknown phone, whose code was sent to nobody),
    /// <see cref="FaultKind.UserDisabled"/>, <see cref="FaultKind.WayNotOffered"/>.
    /// </summary>
    public async Task<Outcome<IssuedSession>> SignInAsync(EnvironmentEntry environment, PhoneNumber phone, string code, string? address, string? client)
    {
        if (environment.RefuseOwnAccounts() is { } notOffered)
        {
            return notOffered;
        }

        var proven = await codes.ProveAsync(environment, CodePurpose.SignIn, MessageTarget.Of(phone), default, code);
        var issued = !proven.Ok ? proven.Fault : await store.WriteAsync<Outcome<IssuedSession>>(environment.Scope, async db =>
        {
            if ((await CodeService.RedeemAsync(db, proven.Value)).Fault is { } used)
            {
                return used;
            }

            // Proven and yet nobody: the user was erased, or has another phone since the code was sent.
            if (await UserContacts.FindAsync(db, phone.E164, null) is not { } user)
            {
                return FaultKind.UnknownUser;
            }

            await AccountDetail.ProveAsync(db, user.Id, phone.E164);
            return await sessions.IssueAsync(db, user.Id, new(default, 0, "", address, client), environment.Policies);
        });
        counters.Count(environment.Id, 0, issued.Fault?.Kind, isNew: false);
        return issued;
    }
}
