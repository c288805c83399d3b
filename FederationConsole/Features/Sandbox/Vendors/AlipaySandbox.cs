using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FederationConsole.Features.Sandbox.Vendors;

/// <summary>
/// Alipay (upstreams A4): one gateway, both sides sign. Its key is the published one of <c>sandbox-only.pem</c>, and so is the
/// demo project's: what it signs is worth nothing, and it must be the same at every start because the set-up keeps it.
/// </summary>
public sealed class AlipaySandbox() : Vendor("alipay", 9), IDisposable
{
    private const string AppId = "2021000000000001";

    private readonly RSA key = ReadKey();

    public override IReadOnlyList<Credential> Credentials { get; } = [Credential.Code];

    // Another app's code is no code here.
    protected override IReadOnlyList<VendorBehaviour> Impossible { get; } = [VendorBehaviour.OtherApp];

    public void Dispose() => key.Dispose();

    public override StandardAnswer Answer(VendorQuestion question) => question switch
    {
        { Path: not "/gateway.do" } or { Method: not "POST" } => NotFound,
        _ when question["app_id"] != AppId => Fault("isv.invalid-app-id"),
        _ when !IsSigned(question) => Fault("isv.invalid-signature"),
        _ when question["method"] == "alipay.system.oauth.token" => Take(question["code"], Credential.Code, (person, _) => Signed("alipay_system_oauth_token_response", new
        {
            access_token = Book.HandToken("alipay-token-", person.OpenId), user_id = Told(person), expires_in = 1296000, re_expires_in = 2592000, refresh_token = "alipay-refresh-" + Hex(16),
        })),
        _ when question["method"] == "alipay.user.info.share" => Take(question["auth_token"], Credential.Token, (person, _) => Signed("alipay_user_info_share_response", new
        {
            code = "10000", msg = "Success", user_id = person.OpenId, nick_name = NicknameOf(person), avatar = "",
        })),
        _ => Fault("isv.invalid-method"),
    };

    protected override string NewOpenId() => "2088" + Digits(12);

    protected override StandardAnswer Refuse(No why) => Fault(why switch
    {
        No.Unknown or No.Spent => "isv.code-invalid",
        No.Refused => "aop.invalid-auth-token",
        No.Expired => "aop.auth-token-time-out",
    });

    private static RSA ReadKey()
    {
        using var file = typeof(AlipaySandbox).Assembly.GetManifestResourceStream("sandbox-only.pem") ?? throw new FileNotFoundException("sandbox-only.pem is not embedded.");
        using var reader = new StreamReader(file);
        var rsa = RSA.Create();
        rsa.ImportFromPem(reader.ReadToEnd());
        return rsa;
    }

    private bool IsSigned(VendorQuestion question)
    {
        var signed = string.Join('&', question.Parameters.Where(p => p.Key != "sign" && p.Value.Length > 0).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));
        var signature = new byte[question["sign"].Length];
        return Convert.TryFromBase64String(question["sign"], signature, out var length)
            && key.VerifyData(Encoding.UTF8.GetBytes(signed), signature.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private StandardAnswer Fault(string subCode) =>
        Signed("error_response", new { code = "40002", msg = "Invalid Arguments", sub_code = subCode, sub_msg = "sandbox" });

    /// <summary>The signature is over the very bytes of the inner object.</summary>
    private StandardAnswer Signed(string member, object content)
    {
        var inner = JsonSerializer.Serialize(content, StandardAnswer.Plain);
        var sign = Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(inner), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        return new(200, Encoding.UTF8.GetBytes($$"""{"{{member}}":{{inner}},"sign":"{{sign}}"}"""), "text/html;charset=utf-8");
    }
}
