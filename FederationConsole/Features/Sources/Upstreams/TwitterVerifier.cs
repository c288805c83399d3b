using System.Buffers;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Sources.Upstreams;

/// <summary>
/// Source 8 (upstreams A6). OAuth 1.0a: the question that the client signed is put as it is, because the secrets are the
/// client's; it names the user but not the token's owner, hence the check of the token's prefix. OAuth 2.0: the token is
/// asked whose it is, and nothing says for which app it was issued.
/// </summary>
internal sealed class TwitterVerifier(OutboundCalls calls) : UpstreamVerifier(SourceKind.Twitter, calls)
{
    private const string Own = "https://api.twitter.com";

    // RFC 6750 2.1: anything else is no bearer token, and might be no header either.
    private static readonly SearchValues<char> BearerCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    protected override Task<Verification> AskAsync(Conversation talk) =>
        talk.Claim.OAuth1 is { } proof ? ReplayAsync(talk, proof) : ByBearerAsync(talk);

    /// <summary>Asked once: a nonce is good for one use, and another one would need the client's signature.</summary>
    private async Task<Verification> ReplayAsync(Conversation talk, OAuth1Proof proof)
    {
        var (openId, token) = (talk.Claim.OpenId, talk.Claim.AccessToken);
        if (proof.ConsumerKey != talk.Setting("appId"))
        {
            return new Verification.Refused(Refusal.OtherApp, "oauth_consumer_key");
        }

        // users/show answers for anybody's token; that of its owner begins with the owner's id.
        if (!openId.All(char.IsAsciiDigit) || !token.StartsWith(openId + "-", StringComparison.Ordinal))
        {
            return new Verification.Refused(Refusal.OtherUser, "oauth_token");
        }

        var signature = Uri.UnescapeDataString(proof.Signature);
        talk.Hide(signature);
        var shown = await talk.AskAsync(
            "show",
            Question.Get(talk.At(Own, "/1.1/users/show.json"), ("user_id", openId)) with { Authorization = Authorization(proof, token, signature) },
            answer => Error(answer) ?? Compare(talk, Answers.Text(answer.Body, "id_str")));
        return shown.Otherwise ?? new Verification.Verified(Identity("", openId) with
        {
            Nickname = Answers.Nickname(shown.Body, "name", "screen_name"),
            AvatarUrl = Answers.Avatar(shown.Body, "profile_image_url_https"),
        });
    }

    private async Task<Verification> ByBearerAsync(Conversation talk)
    {
        if (talk.Claim.AccessToken.AsSpan().ContainsAnyExcept(BearerCharacters))
        {
            return new Verification.Refused(Refusal.Malformed, null);
        }

        var me = await talk.AskAsync(
            "me",
            Question.Get(talk.At(Own, "/2/users/me"), ("user.fields", "profile_image_url")) with { Authorization = $"Bearer {talk.Claim.AccessToken}" },
            answer => Error(answer) ?? Compare(talk, Answers.Object(answer.Body, "data") is { } user ? Answers.Id(user, "id") : null));
        return me.Otherwise ?? new Verification.Verified(Identity("", talk.Claim.OpenId) with
        {
            Nickname = Answers.Nickname(me.Body.GetProperty("data"), "name", "username"),
            AvatarUrl = Answers.Avatar(me.Body.GetProperty("data"), "profile_image_url"),
        });
    }

    /// <summary>Each value encoded once: clients send the signature in either form.</summary>
    private static string Authorization(OAuth1Proof proof, string token, string signature) => "OAuth " + string.Join(", ", new (string Name, string Value)[]
    {
        ("oauth_consumer_key", proof.ConsumerKey), ("oauth_nonce", proof.Nonce), ("oauth_signature", signature), ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", proof.Timestamp), ("oauth_token", token), ("oauth_version", "1.0"),
    }.Select(p => $"{p.Name}=\"{Uri.EscapeDataString(p.Value)}\""));

    /// <summary>1.1: <c>{"errors":[{"code":32,"message":"…"}]}</c>; 2: <c>{"title":"Unauthorized","status":401,"detail":"…"}</c>.</summary>
    private static Verification.Refused? Error(Answer answer)
    {
        if (answer.Body.TryGetProperty("errors", out var errors) && errors.ValueKind == System.Text.Json.JsonValueKind.Array && errors.GetArrayLength() > 0)
        {
            return new Verification.Refused(Answers.Id(errors[0], "code") ?? Answers.Id(errors[0], "title") ?? "errors", Answers.Cut(Answers.Text(errors[0], "message"), 200));
        }

        return Answers.Number(answer.Body, "status") is >= 400 and var status
            ? new Verification.Refused($"{status}", Answers.Cut(Answers.Text(answer.Body, "detail"), 200))
            : null;
    }
}
