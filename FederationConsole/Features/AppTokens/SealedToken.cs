using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.AspNetCore.DataProtection;

namespace FederationConsole.Features.AppTokens;

/// <summary>What the box of an app's token says.</summary>
/// <param name="ExpiresAt">Unix seconds.</param>
/// <param name="SecretHash">Of the secret that bought it.</param>
/// <param name="Family">Of a refresh token (<see cref="AppTokenFamily"/>); 0 in an access token.</param>
internal sealed record SealedToken(AppId App, EnvironmentId Environment, long ExpiresAt, long Family, int Generation, byte[] SecretHash)
{
    /// <summary>A token is some 250 characters; what is longer is not looked at.</summary>
    private const int MaxLength = 512;

    // App, environment, expiry, family, generation, big-endian; then the hash of the secret.
    private const int EnvironmentAt = sizeof(long);
    private const int ExpiryAt = 2 * sizeof(long);
    private const int FamilyAt = 3 * sizeof(long);
    private const int GenerationAt = 4 * sizeof(long);
    private const int SecretAt = GenerationAt + sizeof(int);
    private const int Bytes = SecretAt + Tokens.HashBytes;

    public string Seal(IDataProtector box)
    {
        var content = new byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(content, App.Value);
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(EnvironmentAt), Environment.Value);
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(ExpiryAt), ExpiresAt);
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(FamilyAt), Family);
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(GenerationAt), Generation);
        SecretHash.CopyTo(content, SecretAt);
        return Base64Url.EncodeToString(box.Protect(content));
    }

    /// <summary>Null for what we never sealed.</summary>
    public static SealedToken? Open(IDataProtector box, string token)
    {
        if (token.Length > MaxLength)
        {
            return null;
        }

        try
        {
            return box.Unprotect(Base64Url.DecodeFromChars(token)) is { Length: Bytes } content
                ? new(
                    AppId.Of(BinaryPrimitives.ReadInt64BigEndian(content)), EnvironmentId.Of(BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(EnvironmentAt))),
                    BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(ExpiryAt)), BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(FamilyAt)),
                    BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(GenerationAt)), content[SecretAt..])
                : null;
        }
        catch (Exception forged) when (forged is FormatException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The app, if the secret still is one of its own. Looks at every active one, so that time does not tell which it was.</summary>
    public AppEntry? FindApp(ProjectCatalog catalog)
    {
        if (catalog.App(App, Environment) is not { } app)
        {
            return null;
        }

        var found = false;
        foreach (var hash in app.SecretHashes)
        {
            found |= CryptographicOperations.FixedTimeEquals(hash, SecretHash);
        }

        return found ? app : null;
    }
}
