using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.SignIn;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Linking;

/// <summary>
/// Seed 002, 4.9 to 4.11: phone and e-mail as the third party vouches for them. The standard third party is asked again, at its
/// <c>userInfoUrl</c> where one is set (faces.md); what it does not say is not taken from anybody else.
/// </summary>
public sealed class ContactSync(ThirdPartySignIn signIn, ProjectCatalog projects, SourceCatalog sources, IEnumerable<ISourceVerifier> verifiers, Store store)
{
    private readonly ISourceVerifier _standard = verifiers.Single(v => v.Source == SourceKind.Standard);

    /// <summary>
    /// 5.1.10, in the seed's order: <see cref="FaultKind.NotStandardUser"/>, <see cref="FaultKind.PhoneAlreadySet"/>, the third party,
    /// <see cref="FaultKind.ThirdPartyPhoneInvalid"/>, <see cref="FaultKind.PhoneTaken"/>.
    /// </summary>
    /// <returns>The national number.</returns>
    public Task<Outcome<string>> SyncPhoneAsync(CheckedSession session, string accessToken, Actor actor, CancellationToken cancellation) => SyncAsync(
        session, accessToken, user => user.Phone is null ? null : FaultKind.PhoneAlreadySet,
        async (db, user, identity) =>
        {
            // Made of zone and number by the verifier; null where the third party said none, or none that is one.
            if (identity is not { Phone: { } e164, PhoneZone: { } zone } || PhoneNumber.Parse(e164, zone) is not { } phone)
            {
                return FaultKind.ThirdPartyPhoneInvalid;
            }

            var set = await UserContacts.SetPhoneAsync(db, user, phone, actor);
            return set.Ok ? phone.National : set.Fault;
        },
        cancellation);

    /// <summary>
    /// 5.1.12, in the seed's order: <see cref="FaultKind.NotStandardUser"/> (also for another source than 10),
    /// <see cref="FaultKind.EmailTaken"/> (the user has one), the third party, <see cref="FaultKind.ThirdPartyEmailInvalid"/>,
    /// <see cref="FaultKind.EmailTaken"/> (another user has it).
    /// </summary>
    public Task<Outcome<string>> SyncEmailAsync(CheckedSession session, int source, string accessToken, Actor actor, CancellationToken cancellation) =>
        source != (int)SourceKind.Standard ? Task.FromResult<Outcome<string>>(FaultKind.NotStandardUser) : SyncAsync(
            session, accessToken, user => user.Email is null ? null : new Fault(FaultKind.EmailTaken, null, AccountTexts.EmailOfOneself),
            async (db, user, identity) =>
            {
                if (identity.Email is not { } email)
                {
                    return FaultKind.ThirdPartyEmailInvalid;
                }

                var set = await UserContacts.SetEmailAsync(db, user, email, actor);
                return set.Ok ? email : set.Fault;
            },
            cancellation);

    /// <summary>
    /// 5.1.11: who has the e-mail that the third party vouches for; nothing is written. <see cref="FaultKind.ThirdPartyFailed"/>
    /// when it vouches for none or for another.
    /// </summary>
    /// <param name="email">Lower case.</param>
    public async Task<Outcome<Registration>> CheckEmailAsync(ThirdPartyCall call, string email, CancellationToken cancellation)
    {
        var verified = await signIn.VerifyAsync(call, cancellation);
        if (!verified.Ok)
        {
            return verified.Fault;
        }

        return verified.Value.Identity.Email == email
            ? new Registration(await store.ReadAsync(verified.Value.Environment.Scope, db => UserContacts.FindAsync(db, null, email)))
            : FaultKind.ThirdPartyFailed;
    }

    /// <param name="refuse">The rule that stands before the third party is asked, and again in the write.</param>
    private async Task<Outcome<string>> SyncAsync(
        CheckedSession session, string accessToken, Func<User, Fault?> refuse,
        Func<ConsoleDb, User, VerifiedIdentity, Task<Outcome<string>>> take, CancellationToken cancellation)
    {
        var scope = projects.Environment(session.EnvironmentId)!.Scope;
        var asked = await store.ReadAsync(scope, db => MayAsync(db, session.UserId, refuse));
        if (!asked.Ok)
        {
            return asked.Fault;
        }

        if (sources.Find(session.EnvironmentId, SourceKind.Standard) is not { } source)
        {
            return FaultKind.SourceNotSetUp;
        }

        var answer = await _standard.VerifyAsync(ForUserInfo(source), new SourceClaim(asked.Value.OpenId, accessToken), trace: null, cancellation);
        if (answer is not Verification.Verified(var identity))
        {
            return FaultKind.ThirdPartyFailed;
        }

        return await store.WriteAsync(scope, async db =>
        {
            var may = await MayAsync(db, session.UserId, refuse);
            return may.Ok ? await take(db, may.Value.User, identity) : may.Fault;
        });
    }

    private static async Task<Outcome<Asked>> MayAsync(ConsoleDb db, UserId id, Func<User, Fault?> refuse)
    {
        if (await db.Set<User>().FirstOrDefaultAsync(u => u.Id == id) is not { } user)
        {
            return FaultKind.UnknownUser;
        }

        var openId = await db.Set<Identity>()
            .Where(i => i.UserId == id && i.Source == (int)SourceKind.Standard && !i.IsFurther).Select(i => i.OpenId).FirstOrDefaultAsync();
        return openId is null ? FaultKind.NotStandardUser : refuse(user) is { } fault ? fault : new Asked(user, openId);
    }

    private static SourceEntry ForUserInfo(SourceEntry source) => source.Setting("userInfoUrl") is { Length: > 0 } address
        ? source with { Settings = new Dictionary<string, string>(source.Settings) { ["url"] = address } }
        : source;

    private sealed record Asked(User User, string OpenId);
}
