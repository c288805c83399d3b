using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FederationConsole.Features.Sources.Upstreams;

/// <summary>Alipay's RSA2 (SHA-256 with RSA, PKCS#1 v1.5), in both directions.</summary>
internal static class AlipaySignature
{
    /// <summary>Over every parameter that is not empty, sorted by name, as <c>k=v</c> with raw values. Null when the key is none.</summary>
    public static string? Sign(IEnumerable<(string Name, string? Value)> parameters, string privateKey)
    {
        using var key = PemKeys.RsaPrivate(privateKey);
        var text = string.Join('&', parameters.Where(p => !string.IsNullOrEmpty(p.Value)).OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}={p.Value}"));
        return key is null ? null : Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>Whether Alipay's key signed the member <paramref name="name"/> of an answer, byte by byte as it was sent.</summary>
    public static bool IsGood(Answer answer, string name, string publicKey)
    {
        using var key = PemKeys.RsaPublic(publicKey);
        var content = RawMember(answer.Raw.Span, name);
        var sign = Answers.Text(answer.Body, "sign") ?? "";
        var signature = new byte[sign.Length];
        if (key is null || content.IsEmpty || !Convert.TryFromBase64String(sign, signature, out var length))
        {
            return false;
        }

        return Verify(content) || (content.IndexOf("\\/"u8) >= 0 && Verify(Unescaped(content)));

        bool Verify(ReadOnlySpan<byte> data) => key.VerifyData(data, signature.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    /// <summary>Alipay signs before its gateway escapes slashes; its own SDK tries both forms as well.</summary>
    private static byte[] Unescaped(ReadOnlySpan<byte> content) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content).Replace("\\/", "/", StringComparison.Ordinal));

    private static ReadOnlySpan<byte> RawMember(ReadOnlySpan<byte> body, string name)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { AllowTrailingCommas = true });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (found)
            {
                return body[start..(int)reader.BytesConsumed];
            }
        }

        return default;
    }
}
