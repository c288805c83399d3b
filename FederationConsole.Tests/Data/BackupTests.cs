using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Data;

/// <summary>A copy of one database brings back what it held, also into the other kind.</summary>
public sealed class BackupTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite, DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Sqlite, DatabaseKind.PostgreSql)]
    [InlineData(DatabaseKind.PostgreSql, DatabaseKind.Sqlite)]
    public async Task A_copy_of_a_running_host_is_whole_and_restores(DatabaseKind from, DatabaseKind to)
    {
        using var copy = new MemoryStream();
        Login login;
        string corpId;
        await using (var world = await World.CreateAsync(from))
        {
            login = await world.LoginAsync("o-1", """{"nickname":"李清华 '\" \\"}""");
            corpId = world.Development.CorpId;
            var writing = Task.WhenAll(Enumerable.Range(0, 30).Select(i => world.LoginAsync($"during-{i}")));
            Assert.True(await world.Get<Backup>().WriteAsync(copy) > 10);
            await writing;
        }

        await using var target = await TestHost.StartAsync(new TestHostOptions { Database = to, Settings = new Dictionary<string, string> { ["Seed:Files:0"] = "" } });
        copy.Position = 0;
        var (backup, store) = (target.Services.GetRequiredService<Backup>(), target.Services.GetRequiredService<Store>());
        Assert.True(await backup.ReadAsync(copy, replace: true) > 10);
        await target.Services.GetRequiredService<Signals>().PublishAsync(Signal.Reset);

        // Every user of the copy came with their identity: it is of one moment.
        var environment = target.Services.GetRequiredService<FederationConsole.Features.Projects.ProjectCatalog>().ByCorpId(corpId)!;
        var (users, identities) = await store.ReadAsync(environment.Scope, async db => (await db.Set<User>().CountAsync(), await db.Set<Identity>().CountAsync()));
        Assert.Equal(users, identities);
        Assert.True(target.Services.GetRequiredService<SourceCatalog>().Find(environment.Id, SourceKind.Standard) is { } source && source.Secret("token") is not null);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/v2/user/{login.UserId}", UriKind.Relative)) { Headers = { { "Access-Token", login.AccessToken } } };
        using var profile = await target.Http.SendAsync(request);
        Assert.Contains("李清华 '", await profile.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_or_is_no_backup_is_said_and_not_thrown()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var commands = world.Get<BackupCommands>();
        await using var output = new StringWriter();
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        Assert.Equal(1, await commands.BackupAsync(output, Path.Combine(folder, "copy")));
        Assert.Equal(1, await commands.RestoreAsync(output, Path.Combine(Repository.Top, "seeds", "demo.json"), replace: true));

        var lines = output.ToString().Split(Environment.NewLine);
        Assert.StartsWith(Path.Combine(folder, "copy") + ": ", lines[0], StringComparison.Ordinal);
        Assert.Contains("demo.json is no whole backup: ", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_with_projects_is_not_replaced_unasked_and_a_broken_file_changes_nothing()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await world.LoginAsync("o-1");
        using var copy = new MemoryStream();
        var backup = world.Get<Backup>();
        await backup.WriteAsync(copy);

        copy.Position = 0;
        Assert.Equal(-1, await backup.ReadAsync(copy, replace: false));
        using var nonsense = new MemoryStream("nonsense"u8.ToArray());
        await Assert.ThrowsAnyAsync<InvalidDataException>(() => backup.ReadAsync(nonsense, replace: true));
        Assert.Equal(1, await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<User>().CountAsync()));
    }
}
