using System.Net;
using System.Text;
using FederationConsole.Platform;

namespace FederationConsole.Faces.OAuth;

/// <summary>Who calls, as RFC 6749 2.3.1 has it: HTTP Basic with both parts form-encoded, or both in the body; never in both ways.</summary>
/// <param name="Id">The app key.</param>
internal sealed record ClientCredentials(string Id, string Secret)
{
    private const string ClientId = "client_id";
    private const string ClientSecret = "client_secret";
    private const string Scheme = "Basic ";

    // A secret that is refused inside the parts ("%zz") must throw nothing: bytes that are no UTF-8 are simply wrong.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Faults: <see cref="FaultKind.UnknownApp"/> where there are none to read, <see cref="FaultKind.Invalid"/> where there are two.</summary>
    public static Outcome<ClientCredentials> Read(FormFields form, string? authorization)
    {
        var (id, secret) = (form[ClientId], form[ClientSecret]);
        if (string.IsNullOrEmpty(authorization))
        {
            return id is null || secret is null ? FaultKind.UnknownApp : new ClientCredentials(id, secret);
        }

        if (secret is not null)
        {
            return new Fault(FaultKind.Invalid, ClientSecret);
        }

        return OfBasic(authorization) is not { } basic ? FaultKind.UnknownApp
            : id is not null && id != basic.Id ? new Fault(FaultKind.Invalid, ClientId)
            : basic;
    }

    private static ClientCredentials? OfBasic(string authorization)
    {
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var encoded = authorization.AsSpan(Scheme.Length).Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var written))
        {
            return null;
        }

        var pair = Utf8.GetString(bytes, 0, written);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon <= 0 ? null : new(WebUtility.UrlDecode(pair[..colon]), WebUtility.UrlDecode(pair[(colon + 1)..]));
    }
}
