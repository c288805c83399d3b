using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;

namespace FederationConsole.Features.Sources.Upstreams;

/// <summary>
/// The keys that third parties sign id_tokens with (RFC 7517), by the address where they publish them. Kept for an hour,
/// and fetched anew for a key that is not among them, at most once a minute: keys rotate, and a made-up one must not make
/// us ask for ever.
/// </summary>
internal sealed class SigningKeys(TimeProvider clock)
{
    private const int LeastModulusBytes = 256;
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);
    private static readonly TimeSpan BetweenFetches = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, KeySet> _sets = new(StringComparer.Ordinal);

    /// <summary>The key, or why there is none; neither when the third party has no such key.</summary>
    public async Task<(RSAParameters? Key, Verification? Otherwise)> FindAsync(Conversation talk, string url, string kid)
    {
        var now = clock.GetUtcNow();
        if (_sets.TryGetValue(url, out var known) && now - known.At < Life)
        {
            if (known.Keys.TryGetValue(kid, out var key))
            {
                return (key, null);
            }

            if (now - known.At < BetweenFetches)
            {
                return (null, null);
            }
        }

        var said = await talk.AskAsync("keys", Question.Get(url), answer => HasKeys(answer.Body) ? null : new Verification.NotAsked(null, "no keys in the answer"));
        if (said.Otherwise is { } otherwise)
        {
            return (null, otherwise);
        }

        var fetched = new KeySet(now, Read(said.Body));
        _sets[url] = fetched;
        return (fetched.Keys.TryGetValue(kid, out var found) ? found : null, null);
    }

    private static bool HasKeys(JsonElement body) => body.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array;

    private static Dictionary<string, RSAParameters> Read(JsonElement body)
    {
        var keys = new Dictionary<string, RSAParameters>(StringComparer.Ordinal);
        foreach (var key in body.GetProperty("keys").EnumerateArray())
        {
            // Others (elliptic, for encryption, too short) may stand beside them; they are not ours to use.
            if (Answers.Text(key, "kty") == "RSA" && Answers.Text(key, "use") is null or "sig" && Answers.Text(key, "alg") is null or IdTokens.Algorithm
                && Answers.Text(key, "kid") is { } kid && Bytes(key, "n") is { Length: >= LeastModulusBytes } modulus && Bytes(key, "e") is { } exponent)
            {
                keys[kid] = new() { Modulus = modulus, Exponent = exponent };
            }
        }

        return keys;
    }

    private static byte[]? Bytes(JsonElement key, string name) =>
        Answers.Text(key, name) is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;

    private sealed record KeySet(DateTimeOffset At, IReadOnlyDictionary<string, RSAParameters> Keys);
}
