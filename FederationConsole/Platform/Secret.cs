using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FederationConsole.Platform;

/// <summary>
/// A raw secret on its way in. It never prints itself: not in a record's ToString, not in a debugger, and as JSON it is always
/// <c>null</c>. Only <see cref="Reveal"/> gives it away, so a search for that word finds every place that can leak one.
/// </summary>
[DebuggerDisplay(Mask)]
[JsonConverter(typeof(SecretJson))]
public sealed class Secret(string? value) : IEquatable<Secret>
{
    public const string Mask = "•••";

    /// <summary>What a JSON <c>null</c> means where a secret is expected: one is set, or will be; leave it as it is.</summary>
    public static readonly Secret AsItIs = new(null);

    public bool IsAsItIs => value is null;

    /// <exception cref="InvalidOperationException">There is nothing to reveal: <see cref="IsAsItIs"/>.</exception>
    public string Reveal() => value ?? throw new InvalidOperationException("A secret that is left as it is has no value here.");

    /// <summary>In a time that does not depend on where the two differ.</summary>
    public bool Equals(Secret? other) =>
        other is not null && IsAsItIs == other.IsAsItIs &&
        (IsAsItIs || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Reveal()), Encoding.UTF8.GetBytes(other.Reveal())));

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => string.GetHashCode(value, StringComparison.Ordinal);

    public override string ToString() => Mask;

    private sealed class SecretJson : JsonConverter<Secret>
    {
        // Without this a null in the file would be the same as no key at all.
        public override bool HandleNull => true;

        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? AsItIs : new Secret(reader.GetString());

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteNullValue();
    }
}
