using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Sources.Upstreams;

/// <summary>Source 5 (upstreams A2). The token's own <c>client_id</c> proves the audience.</summary>
internal sealed class QQVerifier(OutboundCalls calls) : UpstreamVerifier(SourceKind.QQ, calls)
{
    private const string Own = "https://graph.qq.com";
    private const string NoUnionId = "100048";

    protected override async Task<Verification> AskAsync(Conversation talk)
    {
        if (!talk.ByCode)
        {
            return await ByTokenAsync(talk, talk.Claim.AccessToken);
        }

        var exchanged = await talk.AskAsync(
            "token",
            Question.Get(
                talk.At(Own, "/oauth2.0/token"),
                ("grant_type", "authorization_code"), ("client_id", talk.Setting("appId")), ("client_secret", talk.Secret("appSecret")),
                ("code", talk.Claim.AccessToken), ("redirect_uri", talk.Source.Setting("redirectUri"))) with { Read = Answers.JsonpOrForm },
            answer => Error(answer) ?? (Answers.Text(answer.Body, "access_token") is null ? Unreadable("access_token") : null));
        return exchanged.Otherwise ?? await ByTokenAsync(talk, Answers.Text(exchanged.Body, "access_token")!);
    }

    private async Task<Verification> ByTokenAsync(Conversation talk, string accessToken)
    {
        var me = await MeAsync(talk, accessToken, unionId: "1");
        if (me.Otherwise is Verification.Refused { Code: NoUnionId })
        {
            // An app without that right gets no openid either: the whole answer is the error.
            me = await MeAsync(talk, accessToken, unionId: null);
        }

        if (me.Otherwise is { } otherwise)
        {
            return otherwise;
        }

        var profile = await talk.AskAsync(
            "profile",
            Question.Get(
                talk.At(Own, "/user/get_user_info"),
                ("access_token", accessToken), ("oauth_consumer_key", talk.Setting("appId")), ("openid", talk.Claim.OpenId)),
            answer => Answers.Id(answer.Body, "ret") switch
            {
                "0" => null,
                null => Unreadable("ret"),
                var code => new Verification.Refused(code, Answers.Cut(Answers.Text(answer.Body, "msg"), 200)),
            });

        // Who it is has been proved; a profile that does not come costs nobody the login.
        var known = profile.Otherwise is null ? profile.Body : default;
        return new Verification.Verified(Identity(talk.Setting("appId"), talk.Claim.OpenId) with
        {
            UnionId = Answers.Text(me.Body, "unionid") is { Length: <= Answers.MaxId } id ? id : null,
            Nickname = Answers.Nickname(known, "nickname"),
            AvatarUrl = Answers.Avatar(known, "figureurl_qq_2", "figureurl_qq_1", "figureurl_2"),
        });
    }

    private static Task<Said> MeAsync(Conversation talk, string accessToken, string? unionId) => talk.AskAsync(
        "me",
        Question.Get(talk.At(Own, "/oauth2.0/me"), ("access_token", accessToken), ("unionid", unionId), ("fmt", "json")) with { Read = Answers.Jsonp },
        answer => Error(answer)
            ?? CompareApp(talk, Answers.Id(answer.Body, "client_id"))
            ?? Compare(talk, Answers.Text(answer.Body, "openid")));

    /// <summary><c>error</c> in JSON, <c>code</c> in a form; a number or text.</summary>
    private static Verification.Refused? Error(Answer answer) =>
        (Answers.Id(answer.Body, "error") ?? Answers.Id(answer.Body, "code")) is { } code and not "0"
            ? new Verification.Refused(code, Answers.Cut(Answers.Text(answer.Body, "error_description") ?? Answers.Text(answer.Body, "msg"), 200))
            : null;
}
