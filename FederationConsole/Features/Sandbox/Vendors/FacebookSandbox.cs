using System.Security.Cryptography;
using System.Text;

namespace FederationConsole.Features.Sandbox.Vendors;

/// <summary>Facebook (upstreams A5): a token that is not good is 200 with <c>is_valid</c> false; <c>/me</c> wants the proof.</summary>
public sealed class FacebookSandbox() : Vendor("facebook", 7)
{
    private const string AppId = "100000000000001";
    private const string AppSecret = "demo-facebook-secret";

    public override IReadOnlyList<Credential> Credentials { get; } = [Credential.Token];

    public override StandardAnswer Answer(VendorQuestion question) => question.Path switch
    {
        "/debug_token" when question["access_token"] != $"{AppId}|{AppSecret}" => Fault(190, "Invalid OAuth access token signature."),
        "/debug_token" => Take(question["input_token"], Credential.Token, (person, _) => Say(new
        {
            data = new { app_id = Told(person, AppId), type = "USER", application = "Sandbox", expires_at = 0, is_valid = true, scopes = new[] { "public_profile" }, user_id = Told(person) },
        })),
        "/me" when question["appsecret_proof"] != Proof(question["access_token"]) => Fault(100, "Invalid appsecret_proof provided in the API argument"),
        "/me" => Take(question["access_token"], Credential.Token, (person, _) => Say(new { id = person.OpenId, name = NicknameOf(person) })),
        _ => Fault(2500, "Unknown path components"),
    };

    protected override string NewOpenId() => "10" + Digits(14);

    protected override StandardAnswer Refuse(No why) => why switch
    {
        No.Unknown => Invalid("Invalid OAuth access token - Cannot parse access token", null),
        No.Refused => Invalid("Error validating access token: The user has not authorized application.", 458),
        No.Expired => Invalid("Error validating access token: Session has expired", 463),
        No.Spent => Invalid("Error validating access token: This is not a code.", null),
    };

    private static StandardAnswer Invalid(string message, int? subcode) => Say(new
    {
        data = new { error = new { code = 190, message, subcode }, is_valid = false, scopes = Array.Empty<string>() },
    });

    private static StandardAnswer Fault(int code, string message) => Say(new { error = new { message, type = "OAuthException", code, fbtrace_id = Hex(11) } }, 400);

    private static string Proof(string token) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(AppSecret), Encoding.UTF8.GetBytes(token)));
}
