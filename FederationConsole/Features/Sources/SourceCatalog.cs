using System.Collections.Frozen;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Sources;

/// <summary>A third party as it is set up in one environment, secrets open: lives in memory alone.</summary>
public sealed record SourceEntry(
    EnvironmentId EnvironmentId, SourceKind Source, string PluginId, bool Enabled,
    IReadOnlyDictionary<string, string> Settings, IReadOnlyDictionary<string, string> Secrets)
{
    /// <summary>Who shares a bulkhead and a breaker.</summary>
    public string Partition { get; } = PartitionOf(EnvironmentId, Source);

    public static string PartitionOf(EnvironmentId environment, SourceKind source) => $"env {environment} source {(int)source}";

    public string? Setting(string name) => Settings.GetValueOrDefault(name);

    public string? Secret(string name) => Secrets.GetValueOrDefault(name);

    /// <summary>Never the secrets.</summary>
    public override string ToString() => Partition;
}

/// <summary>The sources of all environments in memory; read anew before a write that changed one is answered.</summary>
public sealed class SourceCatalog(Store store, Signals signals, ProjectCatalog projects, SecretBox secrets, OwnAddress own)
    : SignalledCatalog(signals, Topic, ProjectCatalog.Topic)
{
    /// <summary>The signal's topic; its environment is the one whose sources changed.</summary>
    public const string Topic = "sources";

    private FrozenDictionary<(EnvironmentId, SourceKind, string), SourceEntry> _entries =
        FrozenDictionary<(EnvironmentId, SourceKind, string), SourceEntry>.Empty;

    /// <summary>Null when it is not set up or switched off.</summary>
    public SourceEntry? Find(EnvironmentId environment, SourceKind source, string pluginId = "") =>
        Any(environment, source, pluginId) is { Enabled: true } entry ? entry : null;

    /// <summary>Also one that is switched off, for trying it.</summary>
    public SourceEntry? Any(EnvironmentId environment, SourceKind source, string pluginId = "") =>
        _entries.GetValueOrDefault((environment, source, pluginId));

    protected override async Task LoadAsync()
    {
        var entries = new List<SourceEntry>();
        foreach (var environment in projects.Environments)
        {
            var settings = await store.ReadAsync(environment.Scope, db => db.Set<SourceSetting>().ToListAsync());
            entries.AddRange(settings.Select(s => new SourceEntry(environment.Id, s.Source, s.PluginId, s.Enabled, own.Resolve(s.Settings), secrets.OpenAll(s.Secrets))));
        }

        _entries = entries.ToFrozenDictionary(e => (e.EnvironmentId, e.Source, e.PluginId));
    }
}
