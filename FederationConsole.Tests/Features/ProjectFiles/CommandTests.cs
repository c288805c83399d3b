using System.Diagnostics;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.ProjectFiles;

/// <summary>The command line as people use it: a process of its own.</summary>
public sealed class CommandTests
{
    private static readonly string DemoFile = Example.InRepository("seeds/demo.json");

    [Theory, BothDatabases]
    public async Task Imports_says_what_changed_and_exports_the_file_alone(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);

        var dry = await RunAsync(database, "import", DemoFile, "--dry-run");
        Assert.Equal(0, dry.Code);
        Assert.Contains("$.projects[demo].code", dry.Output, StringComparison.Ordinal);
        Assert.Equal((1, "demo: NotFound"), await TrimmedAsync("export", "demo"));

        Assert.Equal(0, (await RunAsync(database, "import", DemoFile)).Code);
        var again = await RunAsync(database, "import", DemoFile);
        Assert.Equal(0, again.Code);
        Assert.DoesNotContain("$.projects", again.Output, StringComparison.Ordinal);

        var export = await RunAsync(database, "export", "demo");
        Assert.Equal("demo", Example.Accepted(export.Output).File.Projects!.Single().Code);
        Assert.DoesNotContain("demo-standard-token", dry.Output + again.Output + export.Output, StringComparison.Ordinal);

        async Task<(int, string)> TrimmedAsync(params string[] args)
        {
            var run = await RunAsync(database, args);
            return (run.Code, run.Output.Trim());
        }
    }

    [Fact]
    public async Task A_refusal_names_its_paths_and_a_wrong_use_its_form()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """{ "projects": [{ "code": "demo", "name": "a", "environments": { "development": { "sources": [{ "source": 10, "url": "https://a.example/", "token": null }] } } }] }""");
            var refused = await RunAsync(database, "import", file);
            Assert.Equal(1, refused.Code);
            Assert.StartsWith("$.projects[demo].environments.development.sources[10].token: ", refused.Output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Equal(1, (await RunAsync(database, "import", "/nowhere/at-all.json")).Code);
        Assert.Equal(2, (await RunAsync(database, "import")).Code);
        Assert.Equal(2, (await RunAsync(database, "import", DemoFile, "--dryrun")).Code);
    }

    [Theory]
    [InlineData("Database:Provider is Foo; it must be one of Sqlite, PostgreSql.", "--Database:Provider", "Foo")]
    [InlineData("'Outbound:AllowPrivateNetworks'", "--Outbound:AllowPrivateNetworks", "perhaps")]
    [InlineData("Seed:Files: /nowhere.json is no file", "--Seed:Files:0", "/nowhere.json")]
    public async Task A_wrong_setting_stops_the_start_with_a_line_that_names_it(string said, params string[] setting)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var run = await RunAsync(database, [.. setting, "--urls", "http://127.0.0.1:0"]);
        Assert.Equal(1, run.Code);
        var line = run.Log.TrimEnd().Split('\n')[^1];
        Assert.StartsWith("Not started: ", line, StringComparison.Ordinal);
        Assert.Contains(said, line, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task A_host_that_runs_sees_the_import_within_two_seconds(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var host = await ProductProcess.StartAsync(database, new Dictionary<string, string> { ["Seed:Files:0"] = "" });
        var unknown = await AskAsync();

        Assert.Equal(0, (await RunAsync(database, "import", DemoFile)).Code);
        var waited = Stopwatch.StartNew();
        var known = unknown;
        while (known == unknown && waited.Elapsed < TimeSpan.FromSeconds(10))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
            known = await AskAsync();
        }

        Assert.NotEqual(unknown, known);
        Assert.True(waited.Elapsed < TimeSpan.FromSeconds(2), $"It took {waited.Elapsed}.");

        // A corp id that the host does not know is refused otherwise than one that it knows.
        async Task<string> AskAsync()
        {
            using var body = new StringContent("""{"corp_id":"1007d2ad1f8c4e00","plugin_id":"demo-shop-dev","source":10,"open_id":"nobody","access_token":"none"}""", System.Text.Encoding.UTF8, "application/json");
            using var answer = await host.Http.PostAsync(new Uri("/v2/user/third/register_check", UriKind.Relative), body);
            return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
        }
    }

    private static async Task<(int Code, string Output, string Log)> RunAsync(TestDatabase database, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.ProductAssembly, "--contentRoot", Repository.Top, .. args])
        {
            WorkingDirectory = Repository.Top,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (key, value) in database.Settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var process = Process.Start(start)!;
        var log = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await log);
    }
}
