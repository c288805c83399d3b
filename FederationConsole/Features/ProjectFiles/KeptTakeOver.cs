using System.Text.Json.Nodes;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>
/// At the first start of a version in which the feature of a kept section exists: imports what was kept, as the file that it once stood
/// in, and deletes it. Done again by another node, or after a crash in between, it changes nothing.
/// </summary>
internal sealed class KeptTakeOver(Store store, SecretBox secrets, ProjectFileImport import, ILogger<KeptTakeOver> logger) : IHostedService
{
    private static readonly Actor Host = Actor.Host with { Name = "upgrade" };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var project in await ProjectsAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await TakeOverAsync(project);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task<List<ProjectId>> ProjectsAsync() =>
        store.ReadAsync(Scope.Host, db => Grown(db).Select(k => k.ProjectId).Distinct().ToListAsync());

    private async Task TakeOverAsync(ProjectId id)
    {
        var (code, json) = await store.ReadMomentAsync(Scope.Host, db => FileAsync(db, id));
        var result = await import.ImportAsync(Host, json, makeSecrets: false);
        if (result.Value is not ImportResult.Done)
        {
            // What was kept stays: an administrator can import it again, and the host must start meanwhile.
            var faults = result.Value is ImportResult.Refused refused ? string.Join("; ", refused.Faults) : result.Fault?.Kind.ToString();
            Log.NotTakenOver(logger, code, faults ?? "");
            return;
        }

        await store.WriteAsync(Scope.Of(id), async db =>
        {
            var rows = await Grown(db).Where(k => k.ProjectId == id).ToListAsync();
            if (rows.Count > 0)
            {
                db.RemoveRange(rows);
                db.Audit(Host, "project.imported", "project", code);
            }

            return Outcome.Done;
        });
    }

    /// <summary>The least file that the sections can stand in.</summary>
    private async Task<(string Code, string Json)> FileAsync(ConsoleDb db, ProjectId id)
    {
        var project = await db.Set<Project>().SingleAsync(p => p.Id == id);
        var environments = await db.Set<ProjectEnvironment>().Where(e => e.ProjectId == id).ToDictionaryAsync(e => e.Id, e => e.Kind);
        var apps = await db.Set<App>().Where(a => a.ProjectId == id).OrderBy(a => a.Id).ToListAsync();
        var node = new JsonObject
        {
            ["code"] = project.Code,
            ["name"] = project.Name,
            ["environments"] = new JsonObject(KeptSections.Environments.Keys.Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonObject()))),
            ["apps"] = new JsonArray([.. apps.Select(a => new JsonObject { ["code"] = a.Code, ["name"] = a.Name })]),
        };
        foreach (var kept in await Grown(db).Where(k => k.ProjectId == id).OrderBy(k => k.Id).ToListAsync())
        {
            var place = new KeptPlace(
                kept.Section, environments.TryGetValue(kept.EnvironmentId, out var kind) ? kind : null, apps.FirstOrDefault(a => a.Id == kept.AppId)?.Code);
            KeptSections.Put(node, place, JsonNode.Parse(secrets.Open(kept.Json))!);
        }

        return (project.Code, new JsonObject { ["projects"] = new JsonArray(node) }.ToJsonString());
    }

    private static IQueryable<KeptSection> Grown(ConsoleDb db) => db.Set<KeptSection>().Where(k => !KeptSections.Names.Contains(k.Section));
}
