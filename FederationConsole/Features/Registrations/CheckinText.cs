using System.Text;
using System.Text.RegularExpressions;

namespace FederationConsole.Features.Registrations;

/// <summary>What a desk is given: a check-in code as it was typed or scanned, or the address of a ticket.</summary>
public static partial class CheckinText
{
    /// <summary>As much as a scanner may send; more is no code.</summary>
    public const int MaxLength = 2000;

    /// <summary>The code in it; null where there is none. An input method may have made full-width signs of it, and people put blanks between digits.</summary>
    public static string? Read(string? text)
    {
        if (text is null || text.Length > MaxLength)
        {
            return null;
        }

        var plain = new string([.. text.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c) && c != '-' && !char.IsControl(c))]);
        return CheckInService.IsCode(plain) ? plain
            : Ticket().Match(plain) is { Success: true } match ? match.Groups["code"].Value
            : null;
    }

    [GeneratedRegex(@"/m/ticket/(?<code>[0-9]{19})(?:[/?#].*)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ticket();
}
