namespace FederationConsole.Features.Sandbox.Vendors;

/// <summary>WeChat (upstreams A1): 200 always, and <c>errcode</c> says what it was.</summary>
public sealed class WeChatSandbox() : Vendor("wechat", 4)
{
    private const string AppId = "wxsandbox00000001";
    private const string AppSecret = "demo-wechat-secret";

    public override IReadOnlyList<Credential> Credentials { get; } = [Credential.Token, Credential.Code];

    // It compares open_id and token itself, and never says for which app a token is.
    protected override IReadOnlyList<VendorBehaviour> Impossible { get; } = [VendorBehaviour.OtherUser, VendorBehaviour.OtherApp];

    public override StandardAnswer Answer(VendorQuestion question) => question.Path switch
    {
        "/sns/auth" => OfPair(question, _ => new { errcode = 0, errmsg = "ok" }),
        "/sns/userinfo" => OfPair(question, person => new
        {
            openid = person.OpenId, nickname = NicknameOf(person), sex = 0, headimgurl = "", privilege = Array.Empty<string>(), unionid = "union-" + person.OpenId,
        }),
        "/sns/oauth2/access_token" when question["appid"] != AppId => Fault(40013, "invalid appid"),
        "/sns/oauth2/access_token" when question["secret"] != AppSecret => Fault(40001, "invalid credential"),
        "/sns/oauth2/access_token" => Take(question["code"], Credential.Code, (person, _) => Say(new
        {
            access_token = Book.HandToken("wechat-token-", person.OpenId), expires_in = 7200, refresh_token = "wechat-refresh-" + Hex(16), openid = person.OpenId,
            scope = "snsapi_userinfo", unionid = "union-" + person.OpenId,
        })),
        _ => NotFound,
    };

    protected override string NewOpenId() => "o6sb_" + Hex(23);

    protected override StandardAnswer Refuse(No why) => why switch
    {
        No.Unknown => Fault(40014, "invalid access_token"),
        No.Refused => Fault(40029, "invalid code"),
        No.Expired => Fault(42001, "access_token expired"),
        No.Spent => Fault(40163, "code been used"),
    };

    private StandardAnswer OfPair(VendorQuestion question, Func<VendorPerson, object> yes) => Take(
        question["access_token"], Credential.Token, (person, _) => person.OpenId == question["openid"] ? Say(yes(person)) : Fault(40003, "invalid openid"));

    private static StandardAnswer Fault(int errcode, string text) => Say(new { errcode, errmsg = $"{text}, rid: {Hex(16)}" });
}
