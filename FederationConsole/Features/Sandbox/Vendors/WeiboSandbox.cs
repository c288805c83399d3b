using System.Globalization;

namespace FederationConsole.Features.Sandbox.Vendors;

/// <summary>Weibo (upstreams A3): ids as numbers, faults with 400.</summary>
public sealed class WeiboSandbox() : Vendor("weibo", 6)
{
    private const string AppKey = "1000000001";
    private const string AppSecret = "demo-weibo-secret";
    private const int Left = 157_679_999;

    public override IReadOnlyList<Credential> Credentials { get; } = [Credential.Token, Credential.Code];

    public override StandardAnswer Answer(VendorQuestion question) => (question.Method, question.Path) switch
    {
        ("POST", "/oauth2/get_token_info") => Take(question["access_token"], Credential.Token, (person, _) => Say(new
        {
            uid = Number(Told(person)), appkey = Number(Told(person, AppKey)), create_at = question.Now.ToUnixTimeSeconds(), expire_in = Left,
        })),
        ("GET", "/2/users/show.json") => Take(question["access_token"], Credential.Token, (person, _) => Say(new
        {
            id = Number(person.OpenId), idstr = person.OpenId, screen_name = NicknameOf(person), name = NicknameOf(person), profile_image_url = "",
        })),
        ("POST", "/oauth2/access_token") when question["client_id"] != AppKey || question["client_secret"] != AppSecret => Fault("invalid_client", 21324),
        ("POST", "/oauth2/access_token") => Take(question["code"], Credential.Code, (person, _) => Say(new
        {
            access_token = Book.HandToken("weibo-token-", person.OpenId), remind_in = $"{Left}", expires_in = Left, uid = Told(person),
        })),
        _ => Fault("request api not found", 10020, 404),
    };

    protected override string NewOpenId() => "1" + Digits(9);

    protected override StandardAnswer Refuse(No why) => why switch
    {
        No.Unknown => Fault("invalid_access_token", 21332),
        No.Refused => Fault("access_denied", 21330),
        No.Expired => Fault("expired_token", 21327),
        No.Spent => Fault("invalid_grant", 21325),
    };

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);

    private static StandardAnswer Fault(string error, int code, int status = 400) => Say(new { error, error_code = code, request = "/sandbox/weibo" }, status);
}
