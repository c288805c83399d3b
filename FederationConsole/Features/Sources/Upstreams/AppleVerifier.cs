using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Sources.Upstreams;

/// <summary>Source 12 (upstreams A7), one an app: the code is exchanged for an id_token, whose subject is the user.</summary>
internal sealed class AppleVerifier(OutboundCalls calls, AppleClientSecret secrets, IdTokens tokens) : UpstreamVerifier(SourceKind.Apple, calls)
{
    /// <summary>As the token's issuer and the client secret's audience; <c>apiBase</c> moves the questions, not the name.</summary>
    public const string Issuer = "https://appleid.apple.com";

    protected override async Task<Verification> AskAsync(Conversation talk)
    {
        if (secrets.For(talk.Source) is not { } secret)
        {
            return new Verification.NotAsked(null, "privateKey is no elliptic key");
        }

        talk.Hide(secret);
        var clientId = talk.Setting("clientId");
        var exchanged = await talk.AskAsync(
            "token",
            Question.Post(
                talk.At(Issuer, "/auth/token"),
                ("client_id", clientId), ("client_secret", secret), ("code", talk.Claim.AccessToken), ("grant_type", "authorization_code"),
                // Only where the authorisation request had one: a native app's has none.
                ("redirect_uri", talk.Source.Setting("redirectUri"))),
            OAuthError);
        if (exchanged.Otherwise is { } otherwise)
        {
            return otherwise;
        }

        var token = await tokens.CheckAsync(talk, Answers.Text(exchanged.Body, "id_token"), new(talk.At(Issuer, "/auth/keys"), [Issuer], clientId));
        // A relayed address is nobody's key: it differs from app to app, and the person can switch it off.
        var isMail = Answers.IsTrue(token.Claims, "email_verified") && !Answers.IsTrue(token.Claims, "is_private_email");
        return token.Otherwise ?? Compare(talk, token.Subject) ?? new Verification.Verified(Identity(talk.Setting("teamId"), token.Subject) with
        {
            Email = isMail ? Answers.Email(token.Claims, "email") : null,
        });
    }
}
