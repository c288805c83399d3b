using System.Collections.Frozen;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.VendorAccounts;

/// <summary>A vendor as it is set up for one app in one environment, the secret open: lives in memory alone.</summary>
/// <param name="TokenUrl">Absolute.</param>
/// <param name="UserInfoUrl">Absolute.</param>
/// <param name="Version">Of the saved set-up.</param>
public sealed record VendorEntry(
    EnvironmentId EnvironmentId, AppId AppId, bool Enabled, string TokenUrl, string UserInfoUrl, string ClientId, string ClientSecret,
    TokenMethod TokenMethod, IReadOnlyDictionary<string, string> Fields, bool MobileVerified, int Version)
{
    /// <summary>Who shares a bulkhead and a breaker: nobody but this app's vendor.</summary>
    public string Partition { get; } = PartitionOf(EnvironmentId, AppId);

    // The app stands before the kind, which becomes the tag of a metric.
    public static string PartitionOf(EnvironmentId environment, AppId app) => $"env {environment}/{app} vendor";

    /// <summary>The vendor's name for a field of seed 003 (<see cref="VendorField"/>).</summary>
    public string Name(string field) => Fields.GetValueOrDefault(field, field);

    /// <summary>Never the secret.</summary>
    public override string ToString() => Partition;
}

/// <summary>The vendors of all environments in memory; read anew before a write that changed one is answered.</summary>
public sealed class VendorCatalog(Store store, Signals signals, ProjectCatalog projects, SecretBox secrets, OwnAddress own)
    : SignalledCatalog(signals, Topic, ProjectCatalog.Topic)
{
    /// <summary>The signal's topic; its environment is the one whose vendors changed.</summary>
    public const string Topic = "vendor-accounts";

    private FrozenDictionary<(EnvironmentId, AppId), VendorEntry> _entries = FrozenDictionary<(EnvironmentId, AppId), VendorEntry>.Empty;

    /// <summary>Also one that is switched off; null when none is set up.</summary>
    public VendorEntry? Find(EnvironmentId environment, AppId app) => _entries.GetValueOrDefault((environment, app));

    protected override async Task LoadAsync()
    {
        var entries = new List<VendorEntry>();
        foreach (var environment in projects.Environments)
        {
            var rows = await store.ReadAsync(environment.Scope, db => db.Set<VendorAccount>().ToListAsync());
            entries.AddRange(rows.Select(v => new VendorEntry(
                environment.Id, v.AppId, v.Enabled, own.Resolve(v.TokenUrl), own.Resolve(v.UserInfoUrl), v.ClientId, secrets.Open(v.ClientSecret),
                v.TokenMethod, v.Fields, v.MobileVerified, v.Version)));
        }

        _entries = entries.ToFrozenDictionary(e => (e.EnvironmentId, e.AppId));
    }
}
