using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.Sources;
using FederationConsole.Features.Traces;
using FederationConsole.Platform;

namespace FederationConsole.Features.SignIn;

/// <summary>A third-party login as a face hands it over.</summary>
/// <param name="AppKey">plugin_id, or null.</param>
/// <param name="Source">Any number: an unknown one is a fault here, in its place among the checks.</param>
public sealed record ThirdPartyCall(string CorpId, string? AppKey, int Source, SourceClaim Claim, string? Address, string? Client, string RequestId)
{
    /// <summary>Seed 002, 5.1.4: only Facebook, Twitter, Apple and Google are sources here.</summary>
    public bool Foreign { get; init; }
}

/// <summary>
/// Seed 002, 4.1 and 4.2: a client presents a third party's token; we ask the third party, then find or make the user.
/// The checks run in the order of faces.md (Iot): corp, app, source, third party, business rule.
/// </summary>
public sealed class ThirdPartySignIn(
    ProjectCatalog projects,
    SourceCatalog sources,
    IEnumerable<ISourceVerifier> verifiers,
    UserDirectory users,
    SessionService sessions,
    SignInCounters counters,
    SignInTraces traces,
    Store store,
    TimeProvider clock)
{
    private readonly Dictionary<SourceKind, ISourceVerifier> _verifiers = verifiers.ToDictionary(v => v.Source);

    /// <summary>5.1.1: whose identity it is, if anybody's; nothing is written.</summary>
    public async Task<Outcome<Registration>> CheckAsync(ThirdPartyCall call, CancellationToken cancellation)
    {
        var story = new SignInStory(traces, clock, call, TraceCall.RegisterCheck);
        var verified = await VerifyAsync(call, story, cancellation, isLogin: false);
        if (!verified.Ok)
        {
            story.End(verified.Fault);
            return verified.Fault;
        }

        var (environment, _, identity) = verified.Value;
        var user = await store.ReadAsync(environment.Scope, db => users.FindAsync(db, identity));
        story.End(null, user?.Id);
        return new Registration(user);
    }

    /// <summary>5.1.2: the user of the identity, made if need be, and a session, in one write.</summary>
    /// <param name="name">用户名称: the nickname of a new user for whom the third party gives none.</param>
    /// <param name="resource">用户登录源, or empty.</param>
    public async Task<Outcome<IssuedSession>> SignInAsync(ThirdPartyCall call, string? name, string resource, CancellationToken cancellation)
    {
        var story = new SignInStory(traces, clock, call, TraceCall.ThirdParty);
        var verified = await VerifyAsync(call, story, cancellation, isLogin: true);
        if (!verified.Ok)
        {
            story.End(verified.Fault);
            return verified.Fault;
        }

        var (environment, app, identity) = verified.Value;
        var origin = new SessionOrigin(app?.Id ?? default, call.Source, resource, call.Address, call.Client);
        var actor = new Actor(ActorKind.App, app?.AppKey ?? "", app?.Name ?? "", call.Address, call.RequestId);
        var moment = users.Moment;
        var recalled = users.Recall(environment.Scope, identity, name);
        var user = recalled;
        var issued = await store.WriteAsync(environment.Scope, async db =>
        {
            user = recalled ?? await users.FindOrCreateAsync(db, identity, name, actor);
            return await sessions.IssueAsync(db, user.Id, origin, environment.Policies);
        });
        if (recalled is null && issued.Ok)
        {
            users.Remember(environment.Scope, identity, user!, moment);
        }

        counters.Count(environment.Id, call.Source, issued.Fault?.Kind, issued.Ok && user!.IsNew);
        story.End(issued.Fault, issued.Value?.UserId);
        return issued;
    }

    /// <summary>
    /// For what is no login: everything but the business rule. Corp, app and source are known, and the third party vouches for the identity.
    /// </summary>
    /// <param name="beforeAsking">What else must hold before the third party is asked (seed 002, 4.3: the phone's code); a fault ends it.</param>
    public async Task<Outcome<VerifiedCall>> VerifyAsync(
        ThirdPartyCall call, CancellationToken cancellation, Func<EnvironmentEntry, AppEntry?, Task<Fault?>>? beforeAsking = null)
    {
        var story = new SignInStory(traces, clock, call, TraceCall.Verification);
        // Only a login has a condition of its own.
        var verified = await VerifyAsync(call, story, cancellation, isLogin: beforeAsking is not null, beforeAsking);
        story.End(verified.Fault);
        return verified;
    }

    private async Task<Outcome<VerifiedCall>> VerifyAsync(
        ThirdPartyCall call, SignInStory story, CancellationToken cancellation, bool isLogin, Func<EnvironmentEntry, AppEntry?, Task<Fault?>>? beforeAsking = null)
    {
        if (projects.ByCorpId(call.CorpId) is not { } environment)
        {
            return FaultKind.UnknownCorp;
        }

        story.Begin(environment.Id);
        if (isLogin && environment.RefuseOwnAccounts() is { } notOffered)
        {
            return notOffered;
        }

        AppEntry? app = null;
        if (call.AppKey is { } key)
        {
            var found = projects.App(key, environment.Id);
            if (!found.Ok)
            {
                return found.Fault;
            }

            app = found.Value;
        }

        var identity = await AskAsync(environment, call, story, beforeAsking is null ? null : () => beforeAsking(environment, app), cancellation);
        if (!identity.Ok)
        {
            // A number that is no source is no way in: anybody may send any, and each would be a row for good.
            if (isLogin && identity.Fault.Kind is not FaultKind.UnknownSource)
            {
                counters.Count(environment.Id, call.Source, identity.Fault.Kind, isNew: false);
            }

            return identity.Fault;
        }

        return new VerifiedCall(environment, app, identity.Value);
    }

    private async Task<Outcome<VerifiedIdentity>> AskAsync(
        EnvironmentEntry environment, ThirdPartyCall call, SignInStory story, Func<Task<Fault?>>? beforeAsking, CancellationToken cancellation)
    {
        var kind = (SourceKind)call.Source;
        if (!_verifiers.TryGetValue(kind, out var verifier) || (call.Foreign && kind is not (SourceKind.Facebook or SourceKind.Twitter or SourceKind.Apple or SourceKind.Google)))
        {
            return FaultKind.UnknownSource;
        }

        if (sources.Any(environment.Id, kind, SourceRules.IsByApp(kind) ? call.AppKey ?? "" : "") is not { } source)
        {
            return SourceFaults.NotSetUp(kind);
        }

        if (!source.Enabled || environment.Policies.WithheldSources.Contains(call.Source))
        {
            return SourceFaults.SwitchedOff(kind);
        }

        if (beforeAsking is not null && await beforeAsking() is { } refused)
        {
            return refused;
        }

        var started = clock.GetTimestamp();
        var answer = await verifier.VerifyAsync(source, call.Claim, trace: null, cancellation);
        story.Asked(answer, clock.GetElapsedTime(started));
        return answer is Verification.Verified(var identity) ? identity : SourceFaults.Of(kind, answer);
    }
}

/// <summary>A call whose third party vouched for the identity.</summary>
public sealed record VerifiedCall(EnvironmentEntry Environment, AppEntry? App, VerifiedIdentity Identity);

/// <summary>5.1.1's answer.</summary>
public sealed record Registration(User? User);
