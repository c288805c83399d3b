namespace FederationConsole.Tests.Support;

/// <summary>Where the tests stand: the source tree that they were built from.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution, which is also the product's content root.</summary>
    public static string Top { get; } = FindTop();

    /// <summary>The product as built along with these tests, in the same configuration.</summary>
    public static string ProductAssembly { get; } = FindProduct();

    /// <summary>Where a failed test leaves what helps to understand it. Git ignores it.</summary>
    public static string TestResults => Directory.CreateDirectory(Path.Combine(Top, "TestResults")).FullName;

    private static string FindTop()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FederationConsole.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No FederationConsole.sln above {AppContext.BaseDirectory}: run the tests from a source tree.");
    }

    private static string FindProduct()
    {
        // .../FederationConsole.Tests/bin/{configuration}/{framework}/
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Top, "FederationConsole", "bin", framework.Parent!.Name, framework.Name, "FederationConsole.dll");
    }
}
