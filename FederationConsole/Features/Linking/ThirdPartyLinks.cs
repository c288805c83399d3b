using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.SignIn;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;

namespace FederationConsole.Features.Linking;

/// <summary>
/// Seed 002, 4.5 to 4.7: a signed-in user binds a third party's account to theirs, and parts from it. The third party is asked
/// as for a login, in the same order of checks; then one write binds or, at any fault, leaves nothing.
/// </summary>
public sealed class ThirdPartyLinks(ThirdPartySignIn signIn, ProjectCatalog projects, UserIdentities identities, Store store)
{
    /// <summary>
    /// 5.1.6 and 5.1.7. Beside what asking the third party may meet: <see cref="FaultKind.AlreadyBound"/>,
    /// <see cref="FaultKind.BoundToAnother"/> and its sisters, <see cref="FaultKind.UnknownUser"/>, <see cref="FaultKind.UserDisabled"/>.
    /// </summary>
    /// <param name="call">Its corp is the session's: <see cref="CorpOf"/>.</param>
    public async Task<Outcome> BindAsync(CheckedSession session, ThirdPartyCall call, Actor actor, CancellationToken cancellation)
    {
        var verified = await signIn.VerifyAsync(call, cancellation);
        if (!verified.Ok)
        {
            return verified.Fault;
        }

        var (environment, _, identity) = verified.Value;
        var bound = await store.WriteAsync(environment.Scope, db => identities.BindAsync(db, session.UserId, identity, actor));
        return bound.Fault is { Kind: FaultKind.BoundToAnother } ? BoundToAnother((SourceKind)identity.Source) : bound;
    }

    /// <summary>5.1.8. Faults as <see cref="UserIdentities.UnbindAsync"/>; a number that is no source is bound to nobody.</summary>
    public Task<Outcome> UnbindAsync(CheckedSession session, int source, Actor actor) => store.WriteAsync(
        projects.Environment(session.EnvironmentId)!.Scope, db => UserIdentities.UnbindAsync(db, session.UserId, source, actor));

    /// <summary>Which corp a signed-in user's call is in: it follows from the token.</summary>
    public string CorpOf(CheckedSession session) => projects.Environment(session.EnvironmentId)!.CorpId;

    /// <summary>faces.md: 4001125 other, 4001126 QQ, 4001127 WeChat, 4001128 Weibo.</summary>
    private static FaultKind BoundToAnother(SourceKind source) => source switch
    {
        SourceKind.QQ => FaultKind.QQBoundToAnother,
        SourceKind.WeChat => FaultKind.WeChatBoundToAnother,
        SourceKind.Weibo => FaultKind.WeiboBoundToAnother,
        SourceKind.Facebook or SourceKind.Twitter or SourceKind.Alipay or SourceKind.Standard or SourceKind.Apple or SourceKind.Google => FaultKind.BoundToAnother,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
