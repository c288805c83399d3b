using System.Text.Json;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Sources.Upstreams;

/// <summary>Source 4 (upstreams A1). A token proves no audience here; the exchange of a code does.</summary>
internal sealed class WeChatVerifier(OutboundCalls calls) : UpstreamVerifier(SourceKind.WeChat, calls)
{
    private const string Own = "https://api.weixin.qq.com";
    private const string NotInScope = "48001";

    protected override Task<Verification> AskAsync(Conversation talk) => talk.ByCode ? ByCodeAsync(talk) : ByTokenAsync(talk);

    private async Task<Verification> ByTokenAsync(Conversation talk)
    {
        var auth = await talk.AskAsync(
            "auth",
            Question.Get(talk.At(Own, "/sns/auth"), ("access_token", talk.Claim.AccessToken), ("openid", talk.Claim.OpenId)),
            // Here a yes says errcode too; without it the answer is not WeChat's.
            answer => ErrorCode(answer) ?? (Answers.Id(answer.Body, "errcode") is null ? Unreadable("errcode") : null));
        return auth.Otherwise ?? await ProfileAsync(talk, talk.Claim.AccessToken, null);
    }

    private async Task<Verification> ByCodeAsync(Conversation talk)
    {
        var exchanged = await talk.AskAsync(
            "token",
            Question.Get(
                talk.At(Own, "/sns/oauth2/access_token"),
                ("appid", talk.Setting("appId")), ("secret", talk.Secret("appSecret")), ("code", talk.Claim.AccessToken), ("grant_type", "authorization_code")),
            answer => ErrorCode(answer)
                ?? (Answers.Number(answer.Body, "is_snapshotuser") == 1 ? new Verification.Refused(Refusal.Throwaway, null) : null)
                ?? Compare(talk, Answers.Text(answer.Body, "openid"))
                ?? (Answers.Text(answer.Body, "access_token") is null ? Unreadable("access_token") : null));
        return exchanged.Otherwise ?? await ProfileAsync(talk, Answers.Text(exchanged.Body, "access_token")!, exchanged.Body);
    }

    /// <summary>The profile says the unionid, by which a person is found again; only one that the token's scope does not reach is done without.</summary>
    private async Task<Verification> ProfileAsync(Conversation talk, string accessToken, JsonElement? exchanged)
    {
        var openId = talk.Claim.OpenId;
        var profile = await talk.AskAsync(
            "profile",
            Question.Get(talk.At(Own, "/sns/userinfo"), ("access_token", accessToken), ("openid", openId), ("lang", "zh_CN")),
            answer => ErrorCode(answer) ?? Compare(talk, Answers.Text(answer.Body, "openid")));
        if (profile.Otherwise is not (null or Verification.Refused { Code: NotInScope }))
        {
            return profile.Otherwise;
        }

        return new Verification.Verified(Identity(talk.Setting("appId"), openId) with
        {
            UnionId = UnionId(profile.Body) ?? (exchanged is { } known ? UnionId(known) : null),
            Nickname = Answers.Nickname(profile.Body, "nickname"),
            AvatarUrl = Answers.Avatar(profile.Body, "headimgurl"),
        });
    }

    private static string? UnionId(JsonElement body) => Answers.Text(body, "unionid") is { Length: <= Answers.MaxId } id ? id : null;

    /// <summary>The number alone decides: the text beside it changes from day to day.</summary>
    private static Verification.Refused? ErrorCode(Answer answer) => Answers.Id(answer.Body, "errcode") is { } code and not "0"
        ? new(code, Answers.Cut(Answers.Text(answer.Body, "errmsg"), 200))
        : null;
}
