using System.Globalization;
using FederationConsole.Features.Accounts;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Sources.Upstreams;

/// <summary>
/// Source 9 (upstreams A4): code mode alone. Our key signs the question, which binds the code to our app; Alipay's key must
/// have signed the answer.
/// </summary>
internal sealed class AlipayVerifier(OutboundCalls calls, TimeProvider clock) : UpstreamVerifier(SourceKind.Alipay, calls)
{
    private const string Own = "https://openapi.alipay.com";
    private const string Success = "10000";

    /// <summary>Alipay's clock knows no other zone, and China has had no other since 1991.</summary>
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    protected override async Task<Verification> AskAsync(Conversation talk)
    {
        if (Question(talk, "alipay.system.oauth.token", ("grant_type", "authorization_code"), ("code", talk.Claim.AccessToken)) is not { } exchange)
        {
            return new Verification.NotAsked(null, "privateKey is no RSA key");
        }

        var exchanged = await talk.AskAsync("token", exchange, answer => Judge(talk, answer, "alipay_system_oauth_token_response", IsAboutUser));
        if (exchanged.Otherwise is { } otherwise)
        {
            return otherwise;
        }

        var token = Answers.Object(exchanged.Body, "alipay_system_oauth_token_response")!.Value;
        var userId = UserId(token);
        if (Compare(talk, userId ?? Answers.Text(token, "open_id")) is { } no)
        {
            return no;
        }

        // Who it is has been proved; a profile that does not come (scope auth_base has none) costs nobody the login.
        var profile = Question(talk, "alipay.user.info.share", ("auth_token", Answers.Text(token, "access_token"))) is { } ask
            ? await talk.AskAsync("profile", ask, answer => Judge(talk, answer, "alipay_user_info_share_response", _ => true))
            : default;
        var known = profile.Otherwise is null ? Answers.Object(profile.Body, "alipay_user_info_share_response") ?? default : default;
        // A user_id is the same for every app, an open_id one an app.
        return new Verification.Verified(Identity(userId is null ? talk.Setting("appId") : "", talk.Claim.OpenId) with
        {
            Nickname = Answers.Nickname(known, "nick_name"),
            AvatarUrl = Answers.Avatar(known, "avatar"),
        });

        static bool IsAboutUser(System.Text.Json.JsonElement body) =>
            Answers.Text(body, "access_token") is not null && (UserId(body) ?? Answers.Text(body, "open_id")) is not null;
    }

    private static string? UserId(System.Text.Json.JsonElement body) => Answers.Id(body, "user_id");

    private Question? Question(Conversation talk, string method, params (string Name, string? Value)[] own)
    {
        (string Name, string? Value)[] parameters =
        [
            ("app_id", talk.Setting("appId")), ("method", method), ("format", "JSON"), ("charset", "utf-8"), ("sign_type", "RSA2"),
            ("timestamp", clock.GetUtcNow().ToOffset(Beijing).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)), ("version", "1.0"),
            .. own,
        ];
        return AlipaySignature.Sign(parameters, talk.Secret("privateKey")) is { } sign
            ? Upstreams.Question.Post(talk.At(Own, "/gateway.do"), [.. parameters, ("sign", sign)])
            : null;
    }

    /// <summary>A no need not be signed: for an unknown app Alipay has no key to sign with, and nobody gains by one.</summary>
    private static Verification? Judge(Conversation talk, Answer answer, string name, Func<System.Text.Json.JsonElement, bool> isWhole)
    {
        if ((Answers.Object(answer.Body, "error_response") ?? Answers.Object(answer.Body, name)) is not { } body)
        {
            return Unreadable(name);
        }

        var isError = answer.Body.TryGetProperty("error_response", out _);
        if (Answers.Id(body, "code") is { } code && (isError || code != Success))
        {
            return new Verification.Refused(Answers.Text(body, "sub_code") ?? code, Answers.Cut(Answers.Text(body, "sub_msg") ?? Answers.Text(body, "msg"), 200));
        }

        if (isError || !isWhole(body))
        {
            return Unreadable("user");
        }

        return AlipaySignature.IsGood(answer, name, talk.Setting("alipayPublicKey")) ? null : new Verification.Refused(Refusal.BadSignature, null);
    }
}
