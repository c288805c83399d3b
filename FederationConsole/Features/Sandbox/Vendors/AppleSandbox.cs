using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace FederationConsole.Features.Sandbox.Vendors;

/// <summary>Apple (upstreams A7): the client secret is a JWT, which it checks by the public half of the demo project's key; booleans are text.</summary>
public sealed class AppleSandbox() : OidcSandbox("apple", 12, "com.example.sandbox")
{
    // Of the pair whose private half seeds/demo.json publishes: good for nothing but the sandbox.
    private const string PublicKey = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEQ1xFv74M75WzRQDYeEiQV9W4upW05x/iKHrWKmLBjhgysi6Xnx+7xRGme+0AWfsPRwjVJqcgSPKI2qdCR3s0pQ==";

    protected override string TokenPath => "/auth/token";

    protected override string KeysPath => "/auth/keys";

    protected override string NewOpenId() => $"001{Digits(3)}.{Hex(32)}.{Digits(4)}";

    protected override JsonObject ClaimsOf(VendorPerson person) => new()
    {
        ["iss"] = "https://appleid.apple.com", ["email"] = "person@example.com", ["email_verified"] = "true", ["is_private_email"] = "true", ["nonce_supported"] = true,
    };

    protected override StandardAnswer Refuse(No why) => Fault("invalid_grant", why switch
    {
        No.Unknown or No.Refused => "The code is invalid.",
        No.Expired => "The code has expired or has been revoked.",
        No.Spent => "The code has already been used.",
    });

    protected override StandardAnswer? RefuseClient(VendorQuestion question)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(PublicKey), out _);
        var good = question["client_id"] == ClientId
            && question["client_secret"].Split('.') is [var head, var body, var sign] && Base64Url.IsValid(sign)
            && key.VerifyData(Encoding.ASCII.GetBytes($"{head}.{body}"), Base64Url.DecodeFromChars(sign), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return good ? null : Fault("invalid_client", "");
    }
}
