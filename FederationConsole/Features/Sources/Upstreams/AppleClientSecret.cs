using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FederationConsole.Features.Sources.Upstreams;

/// <summary>
/// The client secret that Apple wants in place of one: a JWT that our key signs with ES256 (RFC 7518 3.4). Good for an hour
/// (Apple allows 15 777 000 s), made anew ten minutes before that, and kept by the set-up that it was made of.
/// </summary>
internal sealed class AppleClientSecret(TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);
    private static readonly TimeSpan Reserve = TimeSpan.FromMinutes(10);

    private readonly ConditionalWeakTable<SourceEntry, Made> _made = [];

    /// <summary>Null when <c>privateKey</c> is no elliptic key.</summary>
    public string? For(SourceEntry source)
    {
        var now = clock.GetUtcNow();
        if (_made.TryGetValue(source, out var made) && made.Until - Reserve > now)
        {
            return made.Jwt;
        }

        using var key = PemKeys.EcPrivate(source.Secret("privateKey")!);
        if (key is null)
        {
            return null;
        }

        var signed = string.Join('.', Part(new { alg = "ES256", kid = source.Setting("keyId") }), Part(new
        {
            iss = source.Setting("teamId"),
            iat = now.ToUnixTimeSeconds(),
            exp = (now + Life).ToUnixTimeSeconds(),
            aud = AppleVerifier.Issuer,
            sub = source.Setting("clientId"),
        }));
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        var jwt = $"{signed}.{Base64Url.EncodeToString(signature)}";
        _made.AddOrUpdate(source, new(jwt, now + Life));
        return jwt;
    }

    private static string Part<T>(T part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private sealed record Made(string Jwt, DateTimeOffset Until);
}
