using System.Text.RegularExpressions;
using System.Xml.Linq;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Architecture;

/// <summary>Every text in a resource file, in both languages, and none that is asked for and missing.</summary>
public sealed partial class TextsTests
{
    private static readonly string Product = Path.Combine(Repository.Top, "FederationConsole");

    /// <summary>Each XTexts.resx, by the name of its class.</summary>
    public static TheoryData<string> Chinese => [.. Files("*Texts.resx").Select(Relative)];

    public static TheoryData<string> Written => [.. Files("*.razor").Concat(Files("*.razor.cs")).Select(Relative)];

    [Theory]
    [MemberData(nameof(Chinese))]
    public void Both_languages_have_the_same_keys_and_places(string path)
    {
        var chinese = Read(path);
        var english = Read(Path.ChangeExtension(path, ".en.resx"));

        Assert.Equal(chinese.Keys.Order(StringComparer.Ordinal), english.Keys.Order(StringComparer.Ordinal));
        Assert.All(chinese.Concat(english), text => Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key));
        Assert.All(chinese, text => Assert.Equal(Places(text.Value), Places(english[text.Key])));
    }

    [Theory]
    [MemberData(nameof(Chinese))]
    public void English_is_english(string path) =>
        Assert.Empty(Read(Path.ChangeExtension(path, ".en.resx"))
            .Where(text => Han().IsMatch(text.Value) && !text.Key.StartsWith("Language.", StringComparison.Ordinal))
            .Select(text => $"{text.Key}: {text.Value}"));

    [Theory]
    [MemberData(nameof(Written))]
    public void Every_key_that_is_asked_for_exists(string path)
    {
        var source = File.ReadAllText(Path.Combine(Product, path));
        var markup = Path.Combine(Product, Regex.Replace(path, @"\.cs$", "", RegexOptions.None, Limit));
        var whole = source + (markup.EndsWith(".razor", StringComparison.Ordinal) && File.Exists(markup + ".cs") ? File.ReadAllText(markup + ".cs") : "") +
            (File.Exists(markup) ? File.ReadAllText(markup) : "");
        // The name that a localizer is injected under, and the class of its texts.
        var localizers = Localizer().Matches(whole).Select(m => (Name: m.Groups["name"].Value, Texts: m.Groups["texts"].Value)).Distinct();

        Assert.Empty(
            from localizer in localizers
            let known = Read(Files($"{localizer.Texts}.resx").Select(Relative).Single())
            from Match use in Regex.Matches(source, $@"\b{localizer.Name}\[(?<asked>[^\]]*)\]", RegexOptions.ExplicitCapture, Limit)
            from Match key in Key().Matches(use.Groups["asked"].Value)
            where !known.ContainsKey(key.Groups["key"].Value)
            select $"{path}: {key.Groups["key"].Value} is not in {localizer.Texts}");
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void No_text_stands_in_a_component(string path)
    {
        var written = Comment().Replace(File.ReadAllText(Path.Combine(Product, path)), "");
        Assert.Empty(written.Split('\n').Where(line => Han().IsMatch(line)).Select(line => $"{path}: {line.Trim()}"));
    }

    [Fact]
    public void The_navigation_has_words_and_icons()
    {
        var known = Read(Relative(Files("ShellTexts.resx").Single()));
        foreach (var group in FederationConsole.Shell.Navigation.Groups)
        {
            Assert.True(group.Text is null || known.ContainsKey(group.Text), group.Text);
            Assert.All(group.Entries, entry =>
            {
                Assert.True(known.ContainsKey(entry.Text), entry.Text);
                Assert.NotEmpty(FederationConsole.Shell.Components.Icons.Path(entry.Icon));
            });
        }
    }

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Product, pattern, SearchOption.AllDirectories)
            .Where(file => !Relative(file).StartsWith("obj", StringComparison.Ordinal) && !Relative(file).StartsWith("bin", StringComparison.Ordinal));

    private static string Relative(string file) => Path.GetRelativePath(Product, file);

    private static Dictionary<string, string> Read(string path) =>
        XDocument.Load(Path.Combine(Product, path)).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static string Places(string text) => string.Join(',', Place().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"IStringLocalizer<(?<texts>\w+)>\s+(?<name>\w+)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Localizer();

    // A key is a whole literal that begins the index, or an arm of a condition in it; an interpolated one is its own test's.
    [GeneratedRegex(@"(?<![$\w])""(?<key>[A-Za-z][\w.]*)""", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Key();

    [GeneratedRegex(@"\{[0-9]+", RegexOptions.None, 10_000)]
    private static partial Regex Place();

    [GeneratedRegex(@"[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]", RegexOptions.None, 10_000)]
    private static partial Regex Han();

    [GeneratedRegex(@"(?<!:)//[^\r\n]*|/\*.*?\*/|@\*.*?\*@|<!--.*?-->", RegexOptions.Singleline, 10_000)]
    private static partial Regex Comment();
}
