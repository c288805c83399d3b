using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FederationConsole.Features.Sandbox.Vendors;

/// <summary>What Apple and Google have in common: codes good for one use, and id_tokens signed by a key that is drawn at each start.</summary>
public abstract class OidcSandbox(string name, int source, string clientId) : Vendor(name, source), IDisposable
{
    private readonly Lazy<RSA> key = new(() => RSA.Create(2048));
    private readonly string kid = "sandbox-" + Hex(8);

    public override IReadOnlyList<Credential> Credentials { get; } = [Credential.Code];

    protected string ClientId => clientId;

    protected abstract string TokenPath { get; }

    protected abstract string KeysPath { get; }

    public override StandardAnswer Answer(VendorQuestion question) => question switch
    {
        _ when question.Path == KeysPath => Keys(),
        _ when question.Path != TokenPath || question.Method != "POST" => NotFound,
        _ when RefuseClient(question) is { } refused => refused,
        _ => Take(question["code"], Credential.Code, (person, _) => Say(new
        {
            access_token = $"{Name}-token-{Hex(32)}", token_type = "Bearer", expires_in = 3600, refresh_token = $"{Name}-refresh-{Hex(16)}", id_token = IdToken(person, question.Now),
        })),
    };

    public void Dispose()
    {
        if (key.IsValueCreated)
        {
            key.Value.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>The no to who asks; null when nothing is wrong with them.</summary>
    protected abstract StandardAnswer? RefuseClient(VendorQuestion question);

    /// <summary>What the id_token says beside subject, audience and times.</summary>
    protected abstract JsonObject ClaimsOf(VendorPerson person);

    protected static StandardAnswer Fault(string error, string description, int status = 400) => Say(new { error, error_description = description }, status);

    private StandardAnswer Keys()
    {
        var parameters = key.Value.ExportParameters(includePrivateParameters: false);
        return Say(new { keys = new[] { new { kty = "RSA", kid, use = "sig", alg = "RS256", n = Base64Url.EncodeToString(parameters.Modulus), e = Base64Url.EncodeToString(parameters.Exponent) } } });
    }

    private string IdToken(VendorPerson person, DateTimeOffset now)
    {
        var claims = ClaimsOf(person);
        claims["aud"] = Told(person, clientId);
        claims["sub"] = Told(person);
        claims["iat"] = now.ToUnixTimeSeconds();
        claims["exp"] = now.AddMinutes(10).ToUnixTimeSeconds();
        var text = $"{Part(new JsonObject { ["alg"] = "RS256", ["kid"] = kid, ["typ"] = "JWT" })}.{Part(claims)}";
        return $"{text}.{Base64Url.EncodeToString(key.Value.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Part(JsonObject part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
