using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Architecture;

/// <summary>The house's habits that stand in the text and not in the assembly.</summary>
public sealed class SourceTests
{
    /// <summary>What the product may silence, as <c>path: RULE</c>; the reason stands beside it in that file.</summary>
    private static readonly HashSet<string> MaySilence =
    [
        // SQL put together of constants of ours.
        "FederationConsole/Data/SqliteWriter.cs: CA2100",
        "FederationConsole/Data/Backup.cs: CA2100",
        "FederationConsole/Data/PreparedCommand.cs: CA2100",
        // The seeds' own word for a type of attribute.
        "FederationConsole/Features/Attributes/AttributeDefinition.cs: CA1720",
        // Seed 002's signature is an MD5.
        "FederationConsole/Features/Sources/StandardVerifier.cs: CA5351",
        // The same formula, checked from the third party's side.
        "FederationConsole/Features/Sandbox/StandardSignature.cs: CA5351",
        // RFC 6238: authenticator apps speak HMAC-SHA-1.
        "FederationConsole/Features/Administrators/Totp.cs: CA5350",
    ];

    private static readonly string[] Written = [".cs", ".razor", ".css", ".js", ".sh", ".html"];

    private static readonly IReadOnlyList<SourceFile> All = Read(Repository.Top);

    private static IEnumerable<SourceFile> Product => All.Where(file => file.Path.StartsWith("FederationConsole/", StringComparison.Ordinal));

    [Fact]
    public void Nothing_is_left_for_later() => AssertNone(All.SelectMany(SourceRules.UnfinishedWork));

    [Fact]
    public void The_product_silences_no_analyzer() => AssertNone(Product.SelectMany(file => SourceRules.SilencedAnalyzers(file, MaySilence)));

    [Fact]
    public void What_may_be_silenced_is_still_silenced()
    {
        var silenced = Product.SelectMany(file => SourceRules.SilencedAnalyzers(file, new HashSet<string>())).ToHashSet();
        AssertNone(MaySilence.Where(allowed => !silenced.Contains(allowed)));
    }

    [Fact]
    public void A_wire_code_of_seed_002_stands_once() => AssertNone(SourceRules.RepeatedWireCodes(Below("FederationConsole/Faces/Iot/")));

    /// <summary>Documents is no face: it tells of them.</summary>
    [Fact]
    public void Every_face_maps_every_fault() =>
        AssertNone(Folders("Faces").Where(face => !face.EndsWith("/Documents", StringComparison.Ordinal)).SelectMany(face => SourceRules.UnmappedFaults(face, Below($"{face}/"))));

    [Fact]
    public void A_switch_that_forgets_a_fault_fails_the_build() =>
        Assert.Contains("dotnet_diagnostic.CS8509.severity = error", File.ReadAllLines(Path.Combine(Repository.Top, ".editorconfig")));

    [Fact]
    public void Every_feature_and_face_has_its_page() =>
        AssertNone(Folders("Features").Concat(Folders("Faces")).Where(folder => !File.Exists(Path.Combine(Repository.Top, folder, "README.md"))));

    [Theory]
    [InlineData("P:System.DateTime.Now")]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("P:System.DateTimeOffset.Now")]
    [InlineData("P:System.DateTimeOffset.UtcNow")]
    [InlineData("M:System.Guid.NewGuid")]
    [InlineData("M:System.Net.Http.HttpClient.#ctor")]
    [InlineData("M:System.Net.Http.HttpClient.#ctor(System.Net.Http.HttpMessageHandler)")]
    [InlineData("M:System.Net.Http.HttpClient.#ctor(System.Net.Http.HttpMessageHandler,System.Boolean)")]
    public void The_clock_the_keys_and_the_network_come_from_one_place(string symbol) =>
        Assert.Contains(File.ReadLines(Path.Combine(Repository.Top, "BannedSymbols.txt")), line => line.StartsWith($"{symbol};", StringComparison.Ordinal));

    private static List<SourceFile> Below(string folder) =>
        [.. All.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal) && file.Path.StartsWith(folder, StringComparison.Ordinal))];

    private static IEnumerable<string> Folders(string room)
    {
        var folder = new DirectoryInfo(Path.Combine(Repository.Top, "FederationConsole", room));
        return folder.Exists ? folder.EnumerateDirectories().Select(child => $"FederationConsole/{room}/{child.Name}") : [];
    }

    private static List<SourceFile> Read(string top)
    {
        // Built, fetched and generated files are nobody's writing.
        var skipped = new HashSet<string> { "bin", "obj", "_framework", "node_modules", "TestResults", ".git", "artifacts", "data" };
        return [.. new DirectoryInfo(top).EnumerateDirectories()
            .SelectMany(folder => skipped.Contains(folder.Name) ? [] : Files(folder, skipped))
            .Concat(new DirectoryInfo(top).EnumerateFiles())
            .Where(file => Written.Contains(file.Extension))
            .Select(file => new SourceFile(Path.GetRelativePath(top, file.FullName), File.ReadAllText(file.FullName)))];
    }

    private static IEnumerable<FileInfo> Files(DirectoryInfo folder, HashSet<string> skipped) =>
        folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(child => !skipped.Contains(child.Name)).SelectMany(child => Files(child, skipped)));

    private static void AssertNone(IEnumerable<string> faults)
    {
        var found = faults.ToList();
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }
}
