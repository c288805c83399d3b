using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using FederationConsole.Platform;

namespace FederationConsole.Features.QrLogin;

/// <summary>
/// What a page of a QR code holds. The auth_code is an HMAC of the ticket under the secret: the page's browser alone can be given
/// it, by whatever node, and the database holds nothing that it could be made of.
/// </summary>
public readonly record struct TicketKeys(string Ticket, string Secret)
{
    /// <summary>128 bits as base64url: an address that is short enough for a QR code which every camera reads.</summary>
    private const int TicketBytes = 16;

    public const int TicketLength = 22;

    private const string Purpose = "auth_code:";

    public static TicketKeys New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TicketBytes)), Tokens.New());

    /// <summary>What does not even have the form costs no database read.</summary>
    public static bool IsTicket(string? text) => text is { Length: TicketLength } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>43 characters of base64url: 256 bits.</summary>
    public string AuthCode() => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(Purpose + Ticket)));

    /// <summary>Never the texts.</summary>
    public override string ToString() => "keys of a ticket";
}
