using System.Text;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Events;

/// <summary>The beginning of a receiver's answer, fit to be shown and kept.</summary>
internal static class AnswerExcerpt
{
    /// <summary>Null for an empty answer. A receiver that says its secret back finds it masked.</summary>
    public static string? Of(OutboundResult.Answered answer, string secret)
    {
        // Hidden before it is cut: a secret that the cut divides would not be found.
        var text = Encoding.UTF8.GetString(answer.Body.Span).Replace(secret, Secret.Mask, StringComparison.Ordinal);
        var shown = string.Concat(text.EnumerateRunes().Where(rune => !Rune.IsControl(rune) || rune.Value is '\n' or '\t').TakeWhile(Fits(EventTry.MaxExcerpt)));
        return shown.Length == 0 ? null : shown;
    }

    /// <summary>Counts UTF-16 units, and never takes half of a sign.</summary>
    private static Func<Rune, bool> Fits(int most)
    {
        var length = 0;
        return rune => (length += rune.Utf16SequenceLength) <= most;
    }
}
