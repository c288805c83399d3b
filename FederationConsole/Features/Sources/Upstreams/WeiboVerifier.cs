using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Sources.Upstreams;

/// <summary>
/// Source 6 (upstreams A3). A uid is the same for every app: without the check of <c>appkey</c> any app's token would open
/// any account.
/// </summary>
internal sealed class WeiboVerifier(OutboundCalls calls) : UpstreamVerifier(SourceKind.Weibo, calls)
{
    private const string Own = "https://api.weibo.com";

    protected override async Task<Verification> AskAsync(Conversation talk)
    {
        if (!talk.ByCode)
        {
            var info = await talk.AskAsync(
                "token_info",
                Question.Post(talk.At(Own, "/oauth2/get_token_info"), ("access_token", talk.Claim.AccessToken)),
                answer => Error(answer)
                    ?? CompareApp(talk, Answers.Id(answer.Body, "appkey"))
                    // The name has changed between revisions; both mean the seconds that are left.
                    ?? ((Answers.Number(answer.Body, "expire_in") ?? Answers.Number(answer.Body, "expires_in")) > 0 ? null : new Verification.Refused(Refusal.Expired, null))
                    ?? Compare(talk, Answers.Id(answer.Body, "uid")));
            return info.Otherwise ?? await ProfileAsync(talk, talk.Claim.AccessToken);
        }

        var exchanged = await talk.AskAsync(
            "token",
            Question.Post(
                talk.At(Own, "/oauth2/access_token"),
                ("client_id", talk.Setting("appId")), ("client_secret", talk.Secret("appSecret")), ("grant_type", "authorization_code"),
                ("code", talk.Claim.AccessToken), ("redirect_uri", talk.Source.Setting("redirectUri"))),
            answer => Error(answer)
                ?? Compare(talk, Answers.Id(answer.Body, "uid"))
                ?? (Answers.Text(answer.Body, "access_token") is null ? Unreadable("access_token") : null));
        return exchanged.Otherwise ?? await ProfileAsync(talk, Answers.Text(exchanged.Body, "access_token")!);
    }

    private async Task<Verification> ProfileAsync(Conversation talk, string accessToken)
    {
        var profile = await talk.AskAsync(
            "profile",
            Question.Get(talk.At(Own, "/2/users/show.json"), ("access_token", accessToken), ("uid", talk.Claim.OpenId)),
            answer => Error(answer) ?? Compare(talk, Answers.Id(answer.Body, "idstr") ?? Answers.Id(answer.Body, "id")));

        // Who it is has been proved; a profile that does not come costs nobody the login.
        var known = profile.Otherwise is null ? profile.Body : default;
        return new Verification.Verified(Identity("", talk.Claim.OpenId) with
        {
            Nickname = Answers.Nickname(known, "screen_name", "name"),
            AvatarUrl = Answers.Avatar(known, "avatar_large", "profile_image_url"),
        });
    }

    private static Verification.Refused? Error(Answer answer) => (Answers.Id(answer.Body, "error_code") ?? Answers.Id(answer.Body, "error")) is { } code
        ? new Verification.Refused(code, Answers.Cut(Answers.Text(answer.Body, "error_description") ?? Answers.Text(answer.Body, "error"), 200))
        : null;
}
