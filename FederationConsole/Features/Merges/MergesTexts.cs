using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Merges;

/// <summary>Marks MergesTexts.resx (Chinese) and MergesTexts.en.resx. Sources stand there by their number as <c>Source_10</c>.</summary>
public sealed class MergesTexts;

internal static class MergeWords
{
    public static string Source(this IStringLocalizer<MergesTexts> texts, int source) => texts[$"Source_{source}"];
}
