using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FederationConsole.Tests.Support.Upstreams;

/// <summary>Apple (upstreams A7): it checks the client secret as its documentation says, and sends booleans as text.</summary>
internal sealed class AppleParty : OidcParty
{
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public override int Source => 12;

    public override Dictionary<string, string> Settings => new()
    {
        ["clientId"] = "com.example.shop", ["teamId"] = "TEAM123456", ["keyId"] = "KEY1234567", ["apiBase"] = Address,
    };

    public override Dictionary<string, string?> Secrets { get; } = new() { ["privateKey"] = Key.ExportPkcs8PrivateKeyPem() };

    /// <summary>Every client secret that was good.</summary>
    public HashSet<string> ClientSecrets { get; } = [];

    protected override string KeysPath => "/auth/keys";

    protected override string TokenPath => "/auth/token";

    protected override string UsedCode => "The code has already been used.";

    public override string IdOf(int number) => $"001438.a1b2c3d4e5f6.{number:D4}";

    protected override JsonObject ClaimsOf(string openId) => new()
    {
        ["iss"] = "https://appleid.apple.com", ["email"] = $"{openId[^4..]}@Example.com", ["email_verified"] = "true", ["is_private_email"] = "false",
        ["nonce_supported"] = true, ["real_user_status"] = 2,
    };

    protected override (string Error, string Says, int Status)? RefuseClient(IReadOnlyDictionary<string, string> asked)
    {
        // A native code was asked for without one; sending one is a mismatch.
        Check(!asked.ContainsKey("redirect_uri"), "redirect_uri");
        var parts = asked.GetValueOrDefault("client_secret")?.Split('.') ?? [];
        if (parts.Length != 3 || !Key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Decode(parts[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
        {
            return ("invalid_client", "", 400);
        }

        var (header, claims) = (JsonDocument.Parse(Decode(parts[0])).RootElement, JsonDocument.Parse(Decode(parts[1])).RootElement);
        var (now, issued, expires) = (Clock.GetUtcNow().ToUnixTimeSeconds(), claims.GetProperty("iat").GetInt64(), claims.GetProperty("exp").GetInt64());
        var good = header.GetProperty("alg").GetString() == "ES256" && header.GetProperty("kid").GetString() == Settings["keyId"]
            && claims.GetProperty("iss").GetString() == Settings["teamId"] && claims.GetProperty("sub").GetString() == Settings["clientId"]
            && claims.GetProperty("aud").GetString() == "https://appleid.apple.com"
            && issued <= now && expires > now && expires - issued <= 15_777_000 && asked.GetValueOrDefault("client_id") == Settings["clientId"];
        if (good)
        {
            ClientSecrets.Add(asked["client_secret"]);
        }

        return good ? null : ("invalid_client", "", 400);
    }
}
