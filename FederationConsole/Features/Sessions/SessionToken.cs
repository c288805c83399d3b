using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using FederationConsole.Platform;

namespace FederationConsole.Features.Sessions;

/// <summary>
/// An opaque token: the session's key, which is no secret and finds the row, then 256 random bits, of which the row holds
/// the SHA-256 alone. What does not even have the form costs no database read.
/// </summary>
public readonly record struct SessionToken(SessionId Session, string Text)
{
    private const int Bytes = 8 + 32;

    /// <summary>Characters of base64url.</summary>
    public const int Length = 54;

    public static SessionToken New(SessionId session)
    {
        Span<byte> raw = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(raw, session.Value);
        RandomNumberGenerator.Fill(raw[8..]);
        return new(session, Base64Url.EncodeToString(raw));
    }

    public static bool TryParse(string? text, out SessionToken token)
    {
        token = default;
        Span<byte> raw = stackalloc byte[Bytes];
        // Not TryDecodeFromChars, which throws at signs that are no base64url.
        if (text is not { Length: Length } || Base64Url.DecodeFromChars(text, raw, out _, out var written) != OperationStatus.Done || written != Bytes)
        {
            return false;
        }

        token = new(SessionId.Of(BinaryPrimitives.ReadInt64BigEndian(raw)), text);
        return true;
    }

    public byte[] Hash() => Tokens.Hash(Text);

    public bool Matches(ReadOnlySpan<byte> hash) => Tokens.Matches(Text, hash);

    /// <summary>Never the text: a token must not reach a log by being printed.</summary>
    public override string ToString() => $"token of session {Session}";
}
