namespace FederationConsole.Features.Accounts;

/// <summary>A phone number as E.164 and its zone (<c>phone_zone</c>, default +86, and the national number).</summary>
public readonly record struct PhoneNumber
{
    public const string DefaultZone = "+86";

    private PhoneNumber(string zone, string e164) => (Zone, E164) = (zone, e164);

    public string Zone { get; }
    public string E164 { get; }
    public string National => E164[Zone.Length..];

    /// <summary>
    /// Null when it is none: the zone is + and 1 to 4 digits, the whole at most 15 digits (E.164); in the zone +86 the
    /// national number is a mobile one, 11 digits from 1.
    /// </summary>
    public static PhoneNumber? Parse(string? national, string? zone = null)
    {
        if (!IsZone(zone))
        {
            return null;
        }

        zone = string.IsNullOrEmpty(zone) ? DefaultZone : zone;

        // Senders write the zone into the number as well.
        var digits = national?.StartsWith(zone, StringComparison.Ordinal) == true ? national[zone.Length..] : national;
        var fits = digits is not null && digits.AsSpan().ContainsOnlyDigits() &&
            (zone == DefaultZone ? digits.Length == 11 && digits[0] == '1' : digits.Length is >= 4 && digits.Length + zone.Length - 1 <= 15);
        return fits ? new PhoneNumber(zone, zone + digits) : null;
    }

    /// <summary>
    /// Where one field holds the whole number: <c>13838383388</c> is one of <see cref="DefaultZone"/>; after <c>+</c> or <c>00</c> stands a
    /// country code of ITU-T E.164, which is told by its first digits. Blanks, hyphens and brackets between digits do not count.
    /// </summary>
    public static PhoneNumber? ParseWhole(string? text)
    {
        var digits = new string([.. (text ?? "").Trim().Where(c => c is not (' ' or '-' or '(' or ')'))]);
        var international = digits.StartsWith('+') ? digits[1..] : digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : null;
        if (international is null)
        {
            return Parse(digits);
        }

        var length = CountryCodeLength(international);
        return international.Length > length ? Parse(international[length..], "+" + international[..length]) : null;
    }

    /// <summary>No country code begins another. 1 and 7 stand alone; of the rest those of two digits are listed, all others have three.</summary>
    private static int CountryCodeLength(string digits) =>
        digits.StartsWith('1') || digits.StartsWith('7') ? 1
        : digits.Length >= 2 && TwoDigitCodes.Contains(digits[..2], StringComparer.Ordinal) ? 2
        : 3;

    private static readonly string[] TwoDigitCodes =
    [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49", "51", "52", "53", "54", "55", "56",
        "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
    ];

    /// <summary>Whether it is a zone, or none was given: then <see cref="DefaultZone"/> counts.</summary>
    public static bool IsZone(string? zone) =>
        string.IsNullOrEmpty(zone) || (zone.StartsWith('+') && zone.Length is >= 2 and <= 5 && zone.AsSpan(1).ContainsOnlyDigits() && zone[1] != '0');

    public override string ToString() => Platform.Mask.Of(E164);
}

internal static class Digits
{
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
