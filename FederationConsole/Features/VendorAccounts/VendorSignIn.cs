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

/// <summary>A login as a face hands it over.</summary>
/// <param name="AuthCode">What the vendor's app was given (seed 003, 第一步); used once, by the vendor's word.</param>
/// <param name="Resource">用户登录源, or empty: a new login with the same one ends the old.</param>
public sealed record VendorCall(string AppKey, string AuthCode, string Resource, string? Address, string? Client, string RequestId)
{
    /// <summary>Never the code.</summary>
    public override string ToString() => $"vendor login of {AppKey}";
}

/// <summary>A session of ours, and the vendor's id of whom it is.</summary>
public sealed record VendorSession(IssuedSession Issued, string OpenId);

/// <summary>
/// Logins by a vendor's own accounts (seed 003, 三方账号登录流程说明): code, token, user info at the vendor, then a user and a session of
/// ours. Which environment it is follows from the app key.
/// </summary>
public sealed class VendorSignIn(
    ProjectCatalog projects, VendorCatalog vendors, VendorClient client, UserDirectory users, SessionService sessions, SignInCounters counters, SignInTraces traces,
    SecretBox secrets, Store store, TimeProvider clock)
{
    /// <summary>
    /// Faults in this order: <see cref="FaultKind.UnknownApp"/>, <see cref="FaultKind.AppNotEnabled"/>, <see cref="FaultKind.SourceNotSetUp"/>,
    /// <see cref="FaultKind.ThirdPartyFailed"/> with the vendor's <see cref="Fault.Code"/> or 110000, <see cref="FaultKind.UserDisabled"/>.
    /// </summary>
    public async Task<Outcome<VendorSession>> SignInAsync(VendorCall call, CancellationToken cancellation)
    {
        var trace = new SignInTrace { RequestId = call.RequestId, Call = TraceCall.ThirdParty, Source = User.VendorOrigin, AppKey = call.AppKey, Address = call.Address };
        var story = new SignInStory(traces, clock, trace);
        if (projects.App(call.AppKey) is not { } app)
        {
            return FaultKind.UnknownApp;
        }

        story.Begin(app.Environment.Id);
        var person = await AskAsync(app, call, story, cancellation);
        if (!person.Ok)
        {
            if (app.ServiceEnabled)
            {
                counters.Count(app.Environment.Id, User.VendorOrigin, person.Fault.Kind, isNew: false);
            }

            story.End(person.Fault);
            return person.Fault;
        }

        trace.OpenId = person.Value.Person.OpenId;
        var (issued, isNew) = await IssueAsync(app, call, person.Value);
        counters.Count(app.Environment.Id, User.VendorOrigin, issued.Fault?.Kind, isNew);
        story.End(issued.Fault, issued.Value?.UserId);
        return issued.Ok ? new VendorSession(issued.Value, person.Value.Person.OpenId) : issued.Fault;
    }

    /// <summary>
    /// Renews a session that began here; the vendor is asked first (<see cref="VendorRenewal"/>). Faults: <see cref="FaultKind.RefreshTokenUnknown"/>
    /// (with the vendor's code where it ended the session), <see cref="FaultKind.RefreshTokenSpent"/>, those of asking the vendor.
    /// </summary>
    /// <param name="appKey">Of the app that signed in; null: not said.</param>
    public async Task<Outcome<VendorSession>> RefreshAsync(string refreshToken, string? appKey, RenewalCall call)
    {
        if (!SessionToken.TryParse(refreshToken, out var token))
        {
            return FaultKind.RefreshTokenUnknown;
        }

        // The token itself tells the environment, so the filter cannot be set before this read.
        var grant = await store.ReadAsync(Scope.Host, db => db.Set<VendorGrant>().IgnoreQueryFilters().FirstOrDefaultAsync(g => g.SessionId == token.Session));
        if (grant is null || (appKey is not null && projects.App(grant.AppId, grant.EnvironmentId)?.AppKey != appKey))
        {
            return FaultKind.RefreshTokenUnknown;
        }

        var issued = await sessions.RefreshAsync(refreshToken, call);
        return issued.Ok ? new VendorSession(issued.Value, grant.OpenId) : issued.Fault;
    }

    private async Task<Outcome<Known>> AskAsync(AppEntry app, VendorCall call, SignInStory story, CancellationToken cancellation)
    {
        if (!app.ServiceEnabled)
        {
            return FaultKind.AppNotEnabled;
        }

        if (vendors.Find(app.Environment.Id, app.Id) is not { Enabled: true } vendor)
        {
            return VendorFaults.NotSetUp(vendors.Find(app.Environment.Id, app.Id));
        }

        var started = clock.GetTimestamp();
        var talk = client.Talk(vendor, null, cancellation);
        var tokens = await talk.ExchangeAsync(call.AuthCode);
        var no = tokens.No;
        VendorPerson? person = null;
        if (no is null)
        {
            var reply = await talk.UserInfoAsync(tokens.Value!.AccessToken, tokens.Value.OpenId!);
            (person, no) = (reply.Value, reply.No);
        }

        var identity = person is null ? null : IdentityOf(vendor, person);
        story.Asked(no is null ? new Verification.Verified(identity!) : VendorFaults.Trace(no), clock.GetElapsedTime(started));
        return no is null ? new Known(tokens.Value!, person!, identity!) : VendorFaults.Of(no, call.RequestId);
    }

    /// <summary>Two apps' vendors number their people by themselves: the app is the issuer.</summary>
    private static VerifiedIdentity IdentityOf(VendorEntry vendor, VendorPerson person) => new(User.VendorOrigin, vendor.AppId.ToString(), person.OpenId)
    {
        Nickname = person.NickName,
        AvatarUrl = person.AvatarUrl,
        Gender = person.Gender,
        Phone = vendor.MobileVerified ? person.Mobile?.E164 : null,
        PhoneZone = vendor.MobileVerified ? person.Mobile?.Zone : null,
    };

    private async Task<(Outcome<IssuedSession> Issued, bool IsNew)> IssueAsync(AppEntry app, VendorCall call, Known known)
    {
        var (tokens, person, identity) = known;
        var (environment, refresh) = (app.Environment, tokens.RefreshToken is { } token ? secrets.Seal(token) : (SealedText?)null);
        var origin = new SessionOrigin(app.Id, User.VendorOrigin, call.Resource, call.Address, call.Client);
        var actor = new Actor(ActorKind.App, app.AppKey, app.Name, call.Address, call.RequestId);
        var isNew = false;
        var issued = await store.WriteAsync<Outcome<IssuedSession>>(environment.Scope, async db =>
        {
            // Name and picture are taken at the first login; later ones fill blanks alone.
            var bound = await users.FindAsync(db, identity);
            var found = await users.FindOrCreateAsync(db, bound is null ? identity : identity with { Nickname = null, AvatarUrl = null }, null, actor);
            isNew = found.IsNew;
            await VendorProfile.SettleAsync(db, found, identity, person.Mobile, actor);
            var session = await sessions.IssueAsync(db, found.Id, origin, environment.Policies);
            if (session.Ok)
            {
                db.Add(new VendorGrant { SessionId = session.Value.Id, AppId = app.Id, OpenId = person.OpenId, RefreshToken = refresh, At = db.Now });
            }

            return session;
        });
        return (issued, isNew && issued.Ok);
    }

    private sealed record Known(VendorTokens Tokens, VendorPerson Person, VerifiedIdentity Identity);
}
