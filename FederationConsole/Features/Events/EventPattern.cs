using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.Events;

/// <summary>What a receiver wants to be told: <c>*</c>, <c>user.*</c> or <c>user.created</c>.</summary>
public static class EventPattern
{
    public const int Most = 100;

    /// <summary>The project file's own form.</summary>
    public static bool IsValid(string pattern) => Texts.Events.Fits(pattern);

    /// <summary>No pattern at all wants everything.</summary>
    public static bool Wants(IReadOnlyList<string> patterns, string type) => patterns.Count == 0 || patterns.Any(pattern => Matches(pattern, type));

    private static bool Matches(string pattern, string type) =>
        pattern == "*" || (pattern.EndsWith(".*", StringComparison.Ordinal)
            ? type.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
            : pattern == type);
}
