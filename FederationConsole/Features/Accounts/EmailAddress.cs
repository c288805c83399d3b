using System.Net.Mail;

namespace FederationConsole.Features.Accounts;

/// <summary>An e-mail address in the one form in which it is kept and compared.</summary>
public static class EmailAddress
{
    /// <summary>RFC 5321, 4.5.3.1.3: a path has 256 octets, two of them brackets.</summary>
    public const int MaxLength = 254;

    /// <summary>Lower case; null when it is none: no blanks, quotes or display name, a domain with a dot.</summary>
    public static string? Parse(string? text)
    {
        var address = text?.Trim().ToLowerInvariant() ?? "";
        return address.Length is >= 3 and <= MaxLength && address.All(c => c is > ' ' and not ('"' or '<' or '>' or '\x7f')) &&
            MailAddress.TryCreate(address, out var mail) && mail.Address == address && mail.Host.Contains('.', StringComparison.Ordinal)
            ? address
            : null;
    }
}
