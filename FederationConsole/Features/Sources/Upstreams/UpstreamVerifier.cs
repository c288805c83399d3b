using FederationConsole.Features.Accounts;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Sources.Upstreams;

/// <summary>What the verifiers of the world's third parties have in common.</summary>
internal abstract class UpstreamVerifier(SourceKind source, OutboundCalls calls) : ISourceVerifier
{
    public SourceKind Source => source;

    public async Task<Verification> VerifyAsync(SourceEntry entry, SourceClaim claim, List<VerificationStep>? trace, CancellationToken cancellation)
    {
        var form = SourceRules.Forms[source];
        var missing = form.Settings.FirstOrDefault(name => string.IsNullOrEmpty(entry.Setting(name))) ?? form.Secrets.FirstOrDefault(name => string.IsNullOrEmpty(entry.Secret(name)));
        return missing is null
            ? await AskAsync(new(calls, entry, claim, trace, cancellation))
            : new Verification.NotAsked(null, $"{missing} is not set");
    }

    /// <summary>The form's settings and secrets are there.</summary>
    protected abstract Task<Verification> AskAsync(Conversation talk);

    protected static Verification Unreadable(string what) => new Verification.NotAsked(null, $"no {what} in the answer");

    /// <summary>The id that the third party gave is the one to be believed, and must be the one that was claimed.</summary>
    protected static Verification? Compare(Conversation talk, string? id) => id switch
    {
        null => Unreadable("user id"),
        _ when id == talk.Claim.OpenId && id.Length <= Answers.MaxId => null,
        _ => new Verification.Refused(Refusal.OtherUser, null),
    };

    /// <summary>The app that the third party issued the token to must be ours (<c>appId</c>).</summary>
    protected static Verification? CompareApp(Conversation talk, string? id) => id switch
    {
        null => Unreadable("app id"),
        _ when id == talk.Setting("appId") => null,
        _ => new Verification.Refused(Refusal.OtherApp, null),
    };

    protected VerifiedIdentity Identity(string issuer, string openId) => new((int)source, issuer, openId);

    /// <summary>RFC 6749 5.2: <c>{"error":"invalid_grant","error_description":"…"}</c>.</summary>
    protected static Verification? OAuthError(Answer answer) => Answers.Id(answer.Body, "error") is { } error
        ? new Verification.Refused(error, Answers.Cut(Answers.Text(answer.Body, "error_description"), 200))
        : null;
}
