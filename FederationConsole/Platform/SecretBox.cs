using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace FederationConsole.Platform;

/// <summary>A secret as it lies in the database: encrypted. Only a <see cref="SecretBox"/> opens it, and it prints as nothing.</summary>
public readonly record struct SealedText(string Ciphertext)
{
    public override string ToString() => "•••";
}

/// <summary>Encrypts secrets at rest with ASP.NET Core Data Protection, whose keys lie in the database.</summary>
public sealed class SecretBox(IDataProtectionProvider provider)
{
    private readonly IDataProtector _protector = provider.CreateProtector("FederationConsole.Secrets.v1");

    public SealedText Seal(string plain) => new(_protector.Protect(plain));

    public string Open(SealedText text) => _protector.Unprotect(text.Ciphertext);

    /// <summary>The secrets of a set-up by their names, sealed together as one JSON object; none where none is set.</summary>
    public IReadOnlyDictionary<string, string> OpenAll(SealedText? text) =>
        text is { } sealedText ? JsonSerializer.Deserialize<Dictionary<string, string>>(Open(sealedText)) ?? [] : new Dictionary<string, string>();
}
