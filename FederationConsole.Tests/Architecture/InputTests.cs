using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Architecture;

/// <summary>How components take what is typed.</summary>
public sealed class InputTests
{
    /// <summary>
    /// An input whose value we set and whose keys we hear is bound (<c>@bind:get</c>, <c>@bind:set</c>): else the answer to one key puts back
    /// what stood there then, and takes away what was typed meanwhile.
    /// </summary>
    [Fact]
    public void What_is_typed_is_not_taken_back_by_an_answer_to_an_earlier_key()
    {
        var product = Path.Combine(Repository.Top, "FederationConsole");
        var components = Directory.EnumerateFiles(product, "*.razor", SearchOption.AllDirectories).ToArray();

        Assert.NotEmpty(components);
        Assert.Empty(
            from file in components
            from element in File.ReadAllText(file).Split('<')
            where element.StartsWith("input ", StringComparison.Ordinal) || element.StartsWith("textarea ", StringComparison.Ordinal)
            where element.Contains(" value=\"@", StringComparison.Ordinal) && element.Contains("@oninput=", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(product, file)}: {element.Trim()}");
    }
}
