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

    /// <summary>Whether it is a zone, or none was given: then <see cref="DefaultZone"/> counts.</summary>
    public static bool IsZone(string? zone) =>
        string.IsNullOrEmpty(zone) || (zone.StartsWith('+') && zone.Length is >= 2 and <= 5 && zone.AsSpan(1).ContainsOnlyDigits() && zone[1] != '0');

    public override string ToString() => Platform.Mask.Of(E164);
}

internal static class Digits
{
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
