using System.Collections.Frozen;
using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Attributes;

/// <summary>The schemas of all environments in memory; read anew before a write that changed one is answered.</summary>
public sealed class AttributeCatalog(Store store, Signals signals)
    : SignalledCatalog(signals, Topic)
{
    /// <summary>The signal's topic.</summary>
    public const string Topic = "attributes";

    private FrozenDictionary<EnvironmentId, SchemaInForce> _schemas = FrozenDictionary<EnvironmentId, SchemaInForce>.Empty;

    public SchemaInForce Of(EnvironmentId environment) => _schemas.GetValueOrDefault(environment, SchemaInForce.Empty);

    protected override async Task LoadAsync()
    {
        var rows = await store.ReadAsync(Scope.Host, db => db.Set<AttributeSchema>().ToListAsync());
        _schemas = rows.ToFrozenDictionary(s => s.EnvironmentId, s => new SchemaInForce(s.Number, s.Attributes));
    }
}
