using FederationConsole.Data;
using FederationConsole.Features.ProjectFiles;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Features.ProjectFiles;

/// <summary>How tests of the import say what they mean.</summary>
internal static class Imports
{
    public static readonly string Demo = File.ReadAllText(Example.InRepository("seeds/demo.json"));

    /// <summary>A host without the seed of Development.</summary>
    public static Task<TestHost> EmptyHostAsync(DatabaseKind database) =>
        TestHost.StartAsync(new TestHostOptions { Database = database, Settings = new Dictionary<string, string> { ["Seed:Files:0"] = "" } });

    public static T Get<T>(this TestHost host)
        where T : notnull => host.Services.GetRequiredService<T>();

    public static async Task<ImportReport> ImportAsync(this TestHost host, string json)
    {
        var result = await host.Get<ProjectFileImport>().ImportAsync(Actor.Host, json);
        Assert.Null(result.Fault);
        return Assert.IsType<ImportResult.Done>(result.Value).Report;
    }

    /// <summary>The faults of an import, as <c>path: message</c> without the message.</summary>
    public static async Task<IReadOnlyList<string>> RefusedAsync(this TestHost host, string json)
    {
        var result = await host.Get<ProjectFileImport>().ImportAsync(Actor.Host, json);
        Assert.Null(result.Fault);
        return [.. Assert.IsType<ImportResult.Refused>(result.Value).Faults.Select(f => f.Path)];
    }

    public static async Task<string> ExportAsync(this TestHost host, string code)
    {
        var file = await host.Get<ProjectFileExport>().ExportAsync(Actor.Host, code);
        Assert.Null(file.Fault);
        return file.Value!;
    }

    public static Task<T> ReadAsync<T>(this TestHost host, Func<ConsoleDb, Task<T>> read) => host.Get<Store>().ReadAsync(Scope.Host, read);

    public static Task<List<AuditLine>> AuditAsync(this TestHost host) => host.ReadAsync(db => db.Set<AuditLine>().OrderBy(l => l.Id).ToListAsync());

    /// <summary>Everything that an import writes, in words: the same before and after means that nothing was written.</summary>
    public static async Task<string> EverythingAsync(this TestHost host) => await host.ReadAsync(async db =>
    {
        var counts = new[]
        {
            await db.Set<FederationConsole.Features.Projects.App>().CountAsync(),
            await db.Set<FederationConsole.Features.Projects.AppSecret>().CountAsync(),
            await db.Set<KeptSection>().CountAsync(),
            await db.Set<AuditLine>().CountAsync(),
        };
        var rows = await ProjectRows.ReadAsync(db, new([.. (await db.Set<FederationConsole.Features.Projects.Project>().ToListAsync()).Select(p => p.Code)], [], []));
        return rows.Stamp + "|" + string.Join(',', counts);
    });

    public static Actor Administrator(params Grant[] grants) => new(ActorKind.Administrator, "7", "li", null, null) { Grants = grants };
}
