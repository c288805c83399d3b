using System.Security.Cryptography;
using System.Text;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Sources.Upstreams;

/// <summary>
/// Source 7 (upstreams A5). <c>debug_token</c> says whose token it is and for which app; the proof on <c>/me</c> is a second
/// check of the same. Facebook's e-mail is nobody's word that it is the person's, so it is not even asked for.
/// </summary>
internal sealed class FacebookVerifier(OutboundCalls calls) : UpstreamVerifier(SourceKind.Facebook, calls)
{
    private const string Own = "https://graph.facebook.com";

    protected override async Task<Verification> AskAsync(Conversation talk)
    {
        var (appId, secret, token) = (talk.Setting("appId"), talk.Secret("appSecret"), talk.Claim.AccessToken);
        var inspected = await talk.AskAsync(
            "debug_token",
            Question.Get(talk.At(Own, "/debug_token"), ("input_token", token), ("access_token", $"{appId}|{secret}")),
            answer => Error(answer) ?? JudgeToken(talk, answer));
        if (inspected.Otherwise is { } otherwise)
        {
            return otherwise;
        }

        var proof = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(token)));
        talk.Hide(proof);
        var me = await talk.AskAsync(
            "me",
            Question.Get(talk.At(Own, "/me"), ("fields", "id,name"), ("access_token", token), ("appsecret_proof", proof)),
            answer => Error(answer) ?? Compare(talk, Answers.Id(answer.Body, "id")));
        return me.Otherwise ?? new Verification.Verified(Identity(appId, talk.Claim.OpenId) with { Nickname = Answers.Nickname(me.Body, "name") });
    }

    private static Verification? JudgeToken(Conversation talk, Answer answer)
    {
        if (Answers.Object(answer.Body, "data") is not { } data)
        {
            return Unreadable("data");
        }

        if (!Answers.IsTrue(data, "is_valid"))
        {
            return Answers.Object(data, "error") is { } said
                ? new Verification.Refused(Code(said), Answers.Cut(Answers.Text(said, "message"), 200))
                : new Verification.Refused("is_valid", null);
        }

        return CompareApp(talk, Answers.Id(data, "app_id")) ?? Compare(talk, Answers.Id(data, "user_id"));
    }

    private static Verification.Refused? Error(Answer answer) => Answers.Object(answer.Body, "error") is { } error
        ? new Verification.Refused(Code(error), Answers.Cut(Answers.Text(error, "message"), 200))
        : null;

    /// <summary>debug_token calls it subcode, everything else error_subcode.</summary>
    private static string Code(System.Text.Json.JsonElement error) =>
        (Answers.Id(error, "code") ?? "error") + ((Answers.Id(error, "error_subcode") ?? Answers.Id(error, "subcode")) is { } sub ? $"/{sub}" : "");
}
