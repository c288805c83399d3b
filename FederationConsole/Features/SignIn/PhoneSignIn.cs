using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.Verifications;
using FederationConsole.Platform;

namespace FederationConsole.Features.SignIn;

/// <summary>What 5.1.3.3 asks for beside a third-party login.</summary>
public sealed record PhoneProof(PhoneNumber Phone, string Code);

/// <summary>
/// Seed 002, 4.3: a third-party login that binds the phone which a code proves. A known phone's user is signed in and gets the
/// identity; a new one is made with both. A login that fails gives the code back.
/// </summary>
public sealed class PhoneSignIn(ThirdPartySignIn signIn, CodeService codes, UserDirectory users, SessionService sessions, SignInCounters counters, Store store)
{
    /// <summary>
    /// In the order of faces.md up to the source, then as the seed has it: the code, the third party, the user. Beside their faults:
    /// <see cref="FaultKind.PhoneTaken"/> (another's, who has an account of this source), <see cref="FaultKind.PhoneAlreadySet"/>
    /// (the identity's user has another phone).
    /// </summary>
    public async Task<Outcome<IssuedSession>> SignInAsync(ThirdPartyCall call, PhoneProof proof, string? name, string resource, CancellationToken cancellation)
    {
        ProvenCode? code = null;
        var verified = await signIn.VerifyAsync(call, cancellation, async (environment, app) =>
        {
            var proven = await codes.ProveAsync(environment, CodePurpose.Register, MessageTarget.Of(proof.Phone), app?.Id ?? default, proof.Code);
            code = proven.Value;
            return proven.Fault;
        });
        if (!verified.Ok)
        {
            return verified.Fault;
        }

        var (environment, app, identity) = verified.Value;
        // Vouched for by our own code, so it leads to whoever has it (model.md), before what the third party says.
        var person = identity with { Phone = proof.Phone.E164, PhoneZone = proof.Phone.Zone };
        var origin = new SessionOrigin(app?.Id ?? default, call.Source, resource, call.Address, call.Client);
        var actor = new Actor(ActorKind.App, app?.AppKey ?? "", app?.Name ?? "", call.Address, call.RequestId);
        FoundUser? found = null;
        var issued = await store.WriteAsync<Outcome<IssuedSession>>(environment.Scope, async db =>
        {
            if ((await CodeService.RedeemAsync(db, code!)).Fault is { } used)
            {
                return used;
            }

            found = await users.FindOrCreateAsync(db, person, name, actor);
            return await BindAsync(db, found.Id, proof.Phone, actor) is { } refused ? refused : await sessions.IssueAsync(db, found.Id, origin, environment.Policies);
        });
        counters.Count(environment.Id, call.Source, issued.Fault?.Kind, issued.Ok && found!.IsNew);
        return issued;
    }

    private static async Task<Fault?> BindAsync(ConsoleDb db, UserId id, PhoneNumber phone, Actor actor)
    {
        // Found among what this write tracks: one who was just made is not in the database yet.
        var user = (await db.Set<User>().FindAsync(id))!;
        if (user.Phone == phone.E164 || (await UserContacts.FindAsync(db, phone.E164, null))?.Id == id)
        {
            await AccountDetail.ProveAsync(db, id, phone.E164);
            return null; // Theirs, or that of somebody who was merged into them.
        }

        return user.Phone is not null ? FaultKind.PhoneAlreadySet : (await UserContacts.SetPhoneAsync(db, user, phone, actor)).Fault;
    }
}
