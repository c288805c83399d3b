using FederationConsole.Features.Projects;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.Extensions.Options;

namespace FederationConsole.Tests.Features.ProjectFiles;

public sealed class SeedOnStartTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fc-seed-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, BothDatabases]
    public async Task The_demo_is_there_when_the_host_is(DatabaseKind database)
    {
        await using var host = await TestHost.StartAsync(database);
        Assert.True(host.Get<ProjectCatalog>().App("demo-shop-dev")!.HasSecret("demo-shop-dev-secret"));
    }

    [Fact]
    public async Task What_an_admin_changed_survives_the_next_start()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using (var first = await StartAsync(database, "seeds/demo.json"))
        {
            var environment = first.Projects.ByCorpId("1007d2ad1f8c4e00")!.Id;
            Assert.True((await first.Get<SourceService>().SwitchAsync(Actor.Host, environment, SourceKind.Standard, "", enabled: false)).Ok);
        }

        await using var second = await StartAsync(database, "seeds/demo.json");
        Assert.Null(second.Get<SourceCatalog>().Find(second.Projects.ByCorpId("1007d2ad1f8c4e00")!.Id, SourceKind.Standard));
    }

    [Fact]
    public async Task A_seed_that_changed_is_imported()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using (await StartAsync(database, Seed("a.json", Example.Text)))
        {
        }

        await using var second = await StartAsync(database, Seed("a.json", Example.With(("{dev}/policies/refreshTokenDays", "7"))));
        Assert.Equal(7, second.Projects.ByCorpId("1007d2ad1f8c4e00")!.Policies.RefreshTokenDays);
    }

    [Fact]
    public async Task A_faulty_seed_stops_the_start_with_every_path_and_leaves_nothing()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var (good, bad) = (Seed("good.json", Example.Text), Seed("bad.json", """{ "projects": [{ "code": "X", "name": "", "colour": 1 }] }"""));

        var stopped = await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync(database, good, bad));

        Assert.All(["bad.json: $.projects[0].code:", "bad.json: $.projects[0].name:", "bad.json: $.projects[0].colour:"], path => Assert.Contains(path, stopped.Message, StringComparison.Ordinal));
        await using var host = await StartAsync(database, "");
        Assert.Empty(host.Projects.Environments);
    }

    [Fact]
    public async Task A_seed_that_is_not_there_stops_the_start_with_its_key()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var stopped = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(database, "seeds/nowhere.json"));
        Assert.Contains("Seed:Files: seeds/nowhere.json", stopped.Message, StringComparison.Ordinal);
    }

    private string Seed(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A host on a database that outlives it.</summary>
    private static async Task<Running> StartAsync(TestDatabase database, params string[] files)
    {
        var settings = database.Settings.Concat(files.Select((file, index) => KeyValuePair.Create(FormattableString.Invariant($"Seed:Files:{index}"), file)));
        var app = Composition.Build(
        [
            "--applicationName", "FederationConsole", "--contentRoot", Repository.Top, "--environment", "Development", "--urls", "http://127.0.0.1:0",
            .. settings.SelectMany(s => new[] { $"--{s.Key}", s.Value }),
        ]);
        try
        {
            await app.StartAsync();
            return new(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private sealed class Running(Microsoft.AspNetCore.Builder.WebApplication app) : IAsyncDisposable
    {
        public ProjectCatalog Projects => Get<ProjectCatalog>();

        public T Get<T>()
            where T : notnull => Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<T>(app.Services);

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }
}
