using System.Security.Cryptography;
using System.Text;
using FederationConsole.Data;
using FederationConsole.Features.Attributes;
using FederationConsole.Platform;
using FederationConsole.Platform.StrictJson;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>
/// Imports the seed files before the host is ready, each once: what an admin changed since is not undone by the next start. A
/// file that changed is a new one. A faulty file stops the start with every fault.
/// </summary>
internal sealed class SeedOnStart(
    Store store, DatabaseOptions database, Signals signals, ProjectFileImport import, AttributeLibrary library, IOptions<SeedOptions> options, IHostEnvironment environment, ILogger<SeedOnStart> logger) : IHostedService
{
    private static readonly Actor Seeder = Actor.Host with { Name = "seed" };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var files = new List<(string Name, string Hash, string Json)>();
        foreach (var (name, path) in options.Value.Paths(environment.ContentRootPath))
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            files.Add((name, Convert.ToHexStringLower(SHA256.HashData(bytes)), Encoding.UTF8.GetString(bytes)));
        }

        // All are read before the first is imported: what can be known without the database stops everything.
        Refuse(files.SelectMany(f => ProjectFileReader.Read(f.Json, library) is ProjectFileReading.Refused refused ? refused.Faults.Select(fault => $"{f.Name}: {fault}") : []));
        foreach (var (name, hash, json) in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await SeedAsync(name, hash, json);
        }

        if (files.Count > 0 && database.Provider is DatabaseProvider.PostgreSql)
        {
            // Guards against a login that is refused: another node may have imported them after this one read its catalogs, and its word be still under way.
            await signals.PublishAsync(Signal.Reset);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task SeedAsync(string name, string hash, string json)
    {
        if (await store.ReadAsync(Scope.Host, db => db.Set<SeededFile>().AnyAsync(f => f.Hash == hash)))
        {
            Log.SeedKnown(logger, name);
            return;
        }

        // App secrets that the file leaves out are not made: nobody would see them, and an admin can add one.
        var result = await import.ImportAsync(Seeder, json, makeSecrets: false);
        Refuse(result switch
        {
            { Value: ImportResult.Refused refused } => refused.Faults.Select(fault => $"{name}: {fault}"),
            { Fault: { } fault } => [$"{name}: {fault.Kind}"],
            _ => [],
        });
        await store.WriteAsync(Scope.Host, async db =>
        {
            // Two nodes that start together may both have imported it; the second import was empty.
            if (!await db.Set<SeededFile>().AnyAsync(f => f.Hash == hash))
            {
                db.Add(new SeededFile { Hash = hash, Name = name[..Math.Min(name.Length, 256)], At = db.Now });
            }

            return Outcome.Done;
        });
        Log.Seeded(logger, name);
    }

    private static void Refuse(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        if (all.Count > 0)
        {
            throw new InvalidDataException(string.Join('\n', all));
        }
    }
}
