using Microsoft.Extensions.Localization;

namespace FederationConsole.Features.Audit;

/// <summary>Actions and subjects in words. One that has no words yet shows its code, which is a word too.</summary>
internal static class AuditWords
{
    public static string Action(this IStringLocalizer<AuditTexts> texts, string action) => Say(texts, $"Action_{action}", action);

    public static string Kind(this IStringLocalizer<AuditTexts> texts, string kind) => Say(texts, $"Kind_{kind}", kind);

    /// <summary>Codes and words that begin with <paramref name="prefix"/>, to choose from.</summary>
    public static IEnumerable<(string Code, string Word)> All(this IStringLocalizer<AuditTexts> texts, string prefix) =>
        texts.GetAllStrings(includeParentCultures: true)
            .Where(text => text.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(text => (text.Name[prefix.Length..], text.Value))
            .OrderBy(text => text.Item1, StringComparer.Ordinal);

    private static string Say(IStringLocalizer<AuditTexts> texts, string key, string code) =>
        texts[key] is { ResourceNotFound: false } found ? found.Value : code;
}
