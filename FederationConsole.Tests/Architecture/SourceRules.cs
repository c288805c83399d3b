using System.Text.RegularExpressions;
using FederationConsole.Platform;

namespace FederationConsole.Tests.Architecture;

/// <summary>A file of the source tree, its path counted from the repository's top.</summary>
internal sealed record SourceFile(string Path, string Text);

/// <summary>The rules that a compiled assembly no longer shows. Each answers one line a fault.</summary>
internal static partial class SourceRules
{
    // Put together, so that this file does not break its own rule.
    private static readonly string[] Unfinished = ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Exception"];

    public static IEnumerable<string> UnfinishedWork(SourceFile file) =>
        Unfinished.Where(word => Regex.IsMatch(file.Text, $@"\b{word}\b", RegexOptions.None, RegexTimeout))
            .Select(word => $"{file.Path}: {word}");

    /// <param name="file">A product's source.</param>
    /// <param name="allowed">Path and rule of what may be silenced, as <c>path: RULE</c>.</param>
    public static IEnumerable<string> SilencedAnalyzers(SourceFile file, IReadOnlySet<string> allowed) =>
        Silencer().Matches(file.Text)
            .SelectMany(match => RuleId().Matches(match.Groups["rules"].Value).Select(rule => rule.Value).DefaultIfEmpty("every rule"))
            .Select(rule => $"{file.Path}: {rule}")
            .Where(fault => !allowed.Contains(fault));

    /// <summary>A wire code written twice is a code that can be changed in one place and forgotten in the other.</summary>
    public static IEnumerable<string> RepeatedWireCodes(IEnumerable<SourceFile> face) =>
        face.SelectMany(file => WireCode().Matches(WithoutComments(file.Text)).Select(match => (Code: match.Value, file.Path)))
            .GroupBy(use => use.Code)
            .Where(uses => uses.Count() > 1)
            .Select(uses => $"{uses.Key}: {string.Join(", ", uses.Select(use => use.Path))}");

    /// <summary>
    /// One file of a face maps every <see cref="FaultKind"/> by name, and leaves no arm for the rest: the compiler (CS8509) then
    /// stops a build that forgets a new kind.
    /// </summary>
    public static IEnumerable<string> UnmappedFaults(string face, IReadOnlyCollection<SourceFile> files)
    {
        if (files.Count == 0)
        {
            return [$"{face}: no source maps {nameof(FaultKind)}"];
        }

        var best = files
            .Select(file => (file.Path, Text: WithoutComments(file.Text)))
            .Select(file => (file.Path, file.Text, Kinds: FaultName().Matches(file.Text).Select(match => match.Groups["kind"].Value).ToHashSet()))
            .MaxBy(file => file.Kinds.Count);
        var missing = Enum.GetNames<FaultKind>().Where(kind => !best.Kinds.Contains(kind)).Select(kind => $"{best.Path}: no row for {kind}");
        return DefaultArm().IsMatch(best.Text) ? missing.Append($"{best.Path}: has a default arm") : missing;
    }

    private static string WithoutComments(string text) => Comment().Replace(text, "");

    private static readonly TimeSpan RegexTimeout = TimeSpan.FromSeconds(10);

    [GeneratedRegex(@"#pragma\s+warning\s+disable(?<rules>[^\r\n]*)|\[[^\]\r\n]*(?:Unconditional)?SuppressMessage(?:Attribute)?\((?<rules>[^)]*)\)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Silencer();

    [GeneratedRegex(@"\b[A-Z]{2,}[0-9]{3,5}\b", RegexOptions.None, 10_000)]
    private static partial Regex RuleId();

    [GeneratedRegex(@"(?<![\w.])[0-9]{7}(?![\w.])", RegexOptions.None, 10_000)]
    private static partial Regex WireCode();

    [GeneratedRegex(@"\bFaultKind\.(?<kind>\w+)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex FaultName();

    [GeneratedRegex(@"\b_\s*=>|\bdefault\s*:", RegexOptions.None, 10_000)]
    private static partial Regex DefaultArm();

    // "//" after a colon is an address and not a comment.
    [GeneratedRegex(@"(?<!:)//[^\r\n]*|/\*.*?\*/", RegexOptions.Singleline, 10_000)]
    private static partial Regex Comment();
}
