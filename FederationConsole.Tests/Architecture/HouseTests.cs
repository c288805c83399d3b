namespace FederationConsole.Tests.Architecture;

/// <summary>The checker itself: each rule is able to fail, and fails nobody else (Sample.cs).</summary>
public sealed class HouseTests
{
    private const string Root = "FederationConsole.Tests.Architecture.Sample";

    private static readonly House Sample = new(Root, new Dictionary<string, string[]> { ["Projects"] = [], ["Accounts"] = ["Projects"] });

    [Fact]
    public void Finds_each_fault_and_no_other()
    {
        string[] expected =
        [
            "Data.KnowsFeature -> Features.Accounts.User",
            "Faces.Iot.KnowsComponent -> Features.Accounts.Page",
            "Faces.Iot.KnowsData -> Data.ConsoleDb",
            "Faces.Iot.KnowsOtherFace -> Faces.Scan.Reply",
            "Features.Accounts.PageUsesDatabase -> Data.ConsoleDb",
            "Features.Accounts.PageUsesHttp -> System.Net.Http.HttpClient",
            "Features.Accounts.PageUsesHttp -> System.Net.Http.IHttpClientFactory",
            "Features.Forgotten.NotInTheList",
            "Features.Projects.KnowsFaceByAttribute -> Faces.Iot.Reply",
            "Features.Projects.ServiceUsesShell -> Shell.Layout",
            "Features.Projects.UsesUnlistedFeatureInAsyncLambda -> Features.Accounts.User",
            "Platform.KnowsData -> Data.ConsoleDb",
            "Shell.KnowsFace -> Faces.Iot.Reply",
            "Utils.Junk",
        ];

        var found = Sample.Faults(typeof(HouseTests).Assembly)
            .Select(fault => fault[..fault.IndexOf(": ", StringComparison.Ordinal)].Replace($"{Root}.", "", StringComparison.Ordinal));
        Assert.Equal(expected, found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Finds_a_circle()
    {
        var round = new House(Root, new Dictionary<string, string[]> { ["A"] = ["B"], ["B"] = ["C"], ["C"] = ["B"] });
        Assert.Equal("A -> B -> C -> B", round.FindCircle());
        Assert.Null(Sample.FindCircle());
    }
}
