using System.Security.Cryptography;

namespace FederationConsole.Features.Sources.Upstreams;

/// <summary>
/// Keys as administrators have them: in PEM, in PEM whose line ends an input field has eaten, or the bare base64 that
/// Alipay's tools give. Null for what is no key of that kind; the caller disposes what it gets.
/// </summary>
internal static class PemKeys
{
    public static ECDsa? EcPrivate(string text) => Import<ECDsa>(text, ECDsa.Create, (key, der) => key.ImportPkcs8PrivateKey(der, out _), (key, der) => key.ImportECPrivateKey(der, out _));

    public static RSA? RsaPrivate(string text) => Import<RSA>(text, RSA.Create, (key, der) => key.ImportPkcs8PrivateKey(der, out _), (key, der) => key.ImportRSAPrivateKey(der, out _));

    public static RSA? RsaPublic(string text) => Import<RSA>(text, RSA.Create, (key, der) => key.ImportSubjectPublicKeyInfo(der, out _), (key, der) => key.ImportRSAPublicKey(der, out _));

    private delegate void Importer<in T>(T key, ReadOnlySpan<byte> der);

    private static T? Import<T>(string text, Func<T> create, params ReadOnlySpan<Importer<T>> forms)
        where T : AsymmetricAlgorithm
    {
        // What stands between two runs of dashes is PEM's label and no part of the key.
        var base64 = string.Concat(text.Split("-----").Where(part => !part.StartsWith("BEGIN ", StringComparison.Ordinal) && !part.StartsWith("END ", StringComparison.Ordinal)));
        var der = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, der, out var length))
        {
            return null;
        }

        foreach (var form in forms)
        {
            var key = create();
            try
            {
                form(key, der.AsSpan(0, length));
                return key;
            }
            catch (CryptographicException)
            {
                // Not this form of a key; the next one is tried, and null says that none fits.
                key.Dispose();
            }
        }

        return null;
    }
}
