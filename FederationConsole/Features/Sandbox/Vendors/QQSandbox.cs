using System.Text;

namespace FederationConsole.Features.Sandbox.Vendors;

/// <summary>QQ (upstreams A2): JSONP unless JSON was asked for, form-encoded tokens.</summary>
public sealed class QQSandbox() : Vendor("qq", 5)
{
    private const string AppId = "101000001";
    private const string AppSecret = "demo-qq-secret";
    private const string Page = "text/html; charset=utf-8";

    public override IReadOnlyList<Credential> Credentials { get; } = [Credential.Token, Credential.Code];

    public override StandardAnswer Answer(VendorQuestion question) => question.Path switch
    {
        "/oauth2.0/me" => Wrapped(
            question, Take(question["access_token"], Credential.Token, (person, _) => Say(new { client_id = Told(person, AppId), openid = Told(person), unionid = "UID_" + person.OpenId }))),
        "/user/get_user_info" => Take(question["access_token"], Credential.Token, (person, _) => person.OpenId == question["openid"]
            ? Say(new { ret = 0, msg = "", is_lost = 0, nickname = NicknameOf(person), figureurl_qq_1 = "", figureurl_qq_2 = "" })
            : Say(new { ret = -1, msg = "client request's parameters are invalid, invalid openid" })),
        "/oauth2.0/token" when question["client_id"] != AppId => Form("code=100008&msg=client_id+is+not+found"),
        "/oauth2.0/token" when question["client_secret"] != AppSecret => Form("code=100009&msg=client+secret+is+illegal"),
        "/oauth2.0/token" => Take(
            question["code"], Credential.Code, (person, _) => Form($"access_token={Book.HandToken("qq-token-", person.OpenId)}&expires_in=7776000&refresh_token=qq-refresh-{Hex(16)}")),
        _ => NotFound,
    };

    protected override string NewOpenId() => Hex(32).ToUpperInvariant();

    protected override StandardAnswer Refuse(No why) => why switch
    {
        No.Unknown => Fault(100016, "access token check failed"),
        No.Refused => Fault(100030, "user has not granted the api"),
        No.Expired => Fault(100014, "access token expired"),
        No.Spent => Fault(100020, "code is reused error"),
    };

    private static StandardAnswer Fault(int error, string description) => Say(new { error, error_description = description });

    private static StandardAnswer Form(string text) => new(200, Encoding.ASCII.GetBytes(text), Page);

    /// <summary>What is an answer of this vendor's at all is wrapped; what goes wrong out there is not.</summary>
    private static StandardAnswer Wrapped(VendorQuestion question, StandardAnswer answer) =>
        question["fmt"] == "json" || answer.Status != 200 || answer == StandardAnswer.Html ? answer : answer with { Body = [.. "callback( "u8, .. answer.Body, .. " );\n"u8], ContentType = Page };
}
