using FederationConsole.Features.ProjectFiles;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Tests.Features.ProjectFiles;

public sealed class ProjectFileKeysPageTests
{
    private static readonly string Path = Example.InRepository("FederationConsole/Features/ProjectFiles/KEYS.md");

    /// <summary>After a change of the table: WRITE_PAGES=1 dotnet test --filter KeysPage.</summary>
    [Fact]
    public void KEYS_md_says_what_the_table_says()
    {
        var page = ShapePage.Write("Keys of the project file", Example.Shape.Root);
        if (Environment.GetEnvironmentVariable("WRITE_PAGES") == "1")
        {
            File.WriteAllText(Path, page);
        }

        Assert.Equal(page, File.ReadAllText(Path));
    }
}
