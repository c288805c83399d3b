using System.Text.Json;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Sources.Upstreams;

/// <summary>Source 13 (upstreams A8), one an app. The claimed open_id is not looked at: seed 002 says that the code alone counts.</summary>
internal sealed class GoogleVerifier(OutboundCalls calls, IdTokens tokens) : UpstreamVerifier(SourceKind.Google, calls)
{
    private static readonly string[] Issuers = ["https://accounts.google.com", "accounts.google.com"];

    protected override async Task<Verification> AskAsync(Conversation talk)
    {
        var clientId = talk.Setting("clientId");
        var exchanged = await talk.AskAsync(
            "token",
            Question.Post(
                talk.At("https://oauth2.googleapis.com", "/token"),
                // Apps pass codes on as they stand in an address, where 4/0A… is 4%2F0A…
                ("code", Uri.UnescapeDataString(talk.Claim.AccessToken)), ("client_id", clientId), ("client_secret", talk.Secret("clientSecret")),
                // Empty for a mobile app whose web client has none (upstreams A8).
                ("redirect_uri", talk.Source.Setting("redirectUri") ?? ""), ("grant_type", "authorization_code")),
            OAuthError);
        if (exchanged.Otherwise is { } otherwise)
        {
            return otherwise;
        }

        var token = await tokens.CheckAsync(
            talk, Answers.Text(exchanged.Body, "id_token"), new(talk.At("https://www.googleapis.com", "/oauth2/v3/certs"), Issuers, clientId));
        return token.Otherwise ?? new Verification.Verified(Identity("", token.Subject) with
        {
            Nickname = Answers.Nickname(token.Claims, "name"),
            AvatarUrl = Answers.Avatar(token.Claims, "picture"),
            Email = Email(token.Claims),
        });
    }

    /// <summary>Google vouches for its own addresses and for those of a domain that it hosts, not for others that were once verified.</summary>
    private static string? Email(JsonElement claims) =>
        Answers.IsTrue(claims, "email_verified") && Answers.Email(claims, "email") is { } email
            && (email.EndsWith("@gmail.com", StringComparison.Ordinal) || Answers.Text(claims, "hd") is not null) ? email : null;
}
