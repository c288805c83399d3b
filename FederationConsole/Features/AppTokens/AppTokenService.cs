using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.AspNetCore.DataProtection;

namespace FederationConsole.Features.AppTokens;

/// <summary>A token as its buyer gets it.</summary>
/// <param name="ExpiresIn">Seconds.</param>
public sealed record AppToken(string AccessToken, int ExpiresIn);

/// <summary>
/// Tokens of apps themselves, bought with their secret (RFC 6749 4.4). Nothing is stored of one: it is a box that Data Protection
/// seals with the keys that all nodes share, and <see cref="ProjectCatalog"/>, in memory, tells whether the secret that bought it
/// still is one. So a check reads no database, and a token dies with its secret.
/// </summary>
public sealed class AppTokenService(ProjectCatalog catalog, IDataProtectionProvider protection, TimeProvider clock)
{
    public const int LifeSeconds = 7200;

    /// <summary>A token is some 230 characters; what is longer is not looked at.</summary>
    private const int MaxLength = 512;

    // App, environment, expiry as 64-bit numbers, big-endian; then the hash of the secret.
    private const int ExpiryAt = 2 * sizeof(long);
    private const int SecretAt = 3 * sizeof(long);
    private const int BoxBytes = SecretAt + Tokens.HashBytes;

    private readonly IDataProtector _box = protection.CreateProtector("FederationConsole.AppTokens.v1");

    /// <summary>
    /// A token for the app that has this key and secret. Faults: <see cref="FaultKind.UnknownApp"/> for an unknown key and a wrong
    /// secret alike, <see cref="FaultKind.AppNotEnabled"/>.
    /// </summary>
    public Outcome<AppToken> Issue(string appKey, string secret)
    {
        if (secret.Length > Tokens.MaxLength || catalog.App(appKey) is not { } app || !app.HasSecret(secret))
        {
            return FaultKind.UnknownApp;
        }

        if (!app.ServiceEnabled)
        {
            return FaultKind.AppNotEnabled;
        }

        var content = new byte[BoxBytes];
        BinaryPrimitives.WriteInt64BigEndian(content, app.Id.Value);
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(sizeof(long)), app.Environment.Id.Value);
        BinaryPrimitives.WriteInt64BigEndian(content.AsSpan(ExpiryAt), clock.GetUtcNow().ToUnixTimeSeconds() + LifeSeconds);
        Tokens.Hash(secret).CopyTo(content, SecretAt);
        return new AppToken(Base64Url.EncodeToString(_box.Protect(content)), LifeSeconds);
    }

    /// <summary>
    /// The app whose token this is, in the environment that it is for. Faults: <see cref="FaultKind.TokenMissing"/>,
    /// <see cref="FaultKind.TokenUnknown"/> (also once the secret is retired), <see cref="FaultKind.TokenExpired"/>,
    /// <see cref="FaultKind.AppNotEnabled"/>.
    /// </summary>
    public Outcome<AppEntry> Check(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return FaultKind.TokenMissing;
        }

        if (token.Length > MaxLength || Open(token) is not { Length: BoxBytes } content)
        {
            return FaultKind.TokenUnknown;
        }

        var (id, environment) = (AppId.Of(BinaryPrimitives.ReadInt64BigEndian(content)), EnvironmentId.Of(BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(sizeof(long)))));
        if (catalog.App(id, environment) is not { } app || !IsActive(app, content.AsSpan(SecretAt)))
        {
            return FaultKind.TokenUnknown;
        }

        return clock.GetUtcNow().ToUnixTimeSeconds() >= BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(ExpiryAt)) ? FaultKind.TokenExpired
            : !app.ServiceEnabled ? FaultKind.AppNotEnabled
            : app;
    }

    /// <summary>Looks at every active secret, so that time does not tell which one it was.</summary>
    private static bool IsActive(AppEntry app, ReadOnlySpan<byte> bought)
    {
        var found = false;
        foreach (var hash in app.SecretHashes)
        {
            found |= CryptographicOperations.FixedTimeEquals(hash, bought);
        }

        return found;
    }

    /// <summary>Null for what we never sealed.</summary>
    private byte[]? Open(string token)
    {
        try
        {
            return _box.Unprotect(Base64Url.DecodeFromChars(token));
        }
        catch (Exception forged) when (forged is FormatException or CryptographicException)
        {
            return null;
        }
    }
}

public static class AppTokenRegistration
{
    public static void AddAppTokens(this IServiceCollection services) => services.AddSingleton<AppTokenService>();
}
