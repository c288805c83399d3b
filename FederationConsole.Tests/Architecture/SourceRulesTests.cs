using FederationConsole.Platform;

namespace FederationConsole.Tests.Architecture;

/// <summary>Each rule over the text is able to fail, and lets pass what only looks alike.</summary>
public sealed class SourceRulesTests
{
    private static readonly string EveryKind = string.Join(", ", Enum.GetNames<FaultKind>().Select(kind => $"FaultKind.{kind} => 1"));

    [Theory]
    [InlineData("// TO" + "DO: later", 1)]
    [InlineData("throw new NotImplemented" + "Exception();", 1)]
    [InlineData("var mastodon = 1;", 0)]
    public void Unfinished_work(string text, int faults) => Assert.Equal(faults, SourceRules.UnfinishedWork(new("a.cs", text)).Count());

    [Theory]
    [InlineData("#pragma warning disable CA1031, MA0051 // why", "a.cs: CA1031|a.cs: MA0051")]
    [InlineData("#pragma warning disable", "a.cs: every rule")]
    [InlineData("[SuppressMessage(\"Design\", \"CA1031:Do not catch\")]", "a.cs: CA1031")]
    [InlineData("#pragma warning disable RS0030", "")]
    [InlineData("#pragma warning restore CA1031", "")]
    public void Silenced_analyzers(string text, string faults) =>
        Assert.Equal(faults, string.Join('|', SourceRules.SilencedAnalyzers(new("a.cs", text), new HashSet<string> { "a.cs: RS0030" })));

    [Theory]
    [InlineData("(4041023, 404)", "(4041023, 400)", 1)]
    [InlineData("(4041023, 404)", "// as 4041023 says\n(4041024, 404)", 0)]
    [InlineData("\"4041023\"", "{\"code\":4041023}", 1)]
    [InlineData("14041023", "40410231", 0)]
    public void Repeated_wire_codes(string one, string other, int faults) =>
        Assert.Equal(faults, SourceRules.RepeatedWireCodes([new("a.cs", one), new("b.cs", other)]).Count());

    [Fact]
    public void Unmapped_faults()
    {
        Assert.Empty(SourceRules.UnmappedFaults("Faces/A", [new("a.cs", EveryKind), new("b.cs", "_ => FaultKind.Invalid")]));
        Assert.Equal(
            ["a.cs: no row for TooMany"],
            SourceRules.UnmappedFaults("Faces/A", [new("a.cs", EveryKind.Replace("FaultKind.TooMany", "", StringComparison.Ordinal))]));
        Assert.Equal(["a.cs: has a default arm"], SourceRules.UnmappedFaults("Faces/A", [new("a.cs", $"{EveryKind}, _ => 2")]));
        Assert.Equal(["Faces/A: no source maps FaultKind"], SourceRules.UnmappedFaults("Faces/A", []));
    }
}
