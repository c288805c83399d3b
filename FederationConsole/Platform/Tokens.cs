using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace FederationConsole.Platform;

/// <summary>
/// Opaque tokens: 256 random bits as base64url (43 characters), kept only as their SHA-256. A fast hash is enough for a
/// value that nobody can guess; passwords are not hashed here.
/// </summary>
public static class Tokens
{
    public const int HashBytes = 32;

    /// <summary>A presented token longer than this is none of ours; it is not even hashed.</summary>
    public const int MaxLength = 128;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Constant time, so that an answer's delay does not tell how much of a guess was right.</summary>
    public static bool Matches(string token, ReadOnlySpan<byte> hash) =>
        CryptographicOperations.FixedTimeEquals(Hash(token), hash);
}
