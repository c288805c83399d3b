using System.Collections.Frozen;
using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Attributes;

/// <summary>The schemas of all environments in memory; read anew before a write that changed one is answered.</summary>
public sealed class AttributeCatalog(Store store, Signals signals) : IHostedService
{
    /// <summary>The signal's topic.</summary>
    public const string Topic = "attributes";

    private FrozenDictionary<EnvironmentId, SchemaInForce> _schemas = FrozenDictionary<EnvironmentId, SchemaInForce>.Empty;
    private IDisposable? _listening;

    public SchemaInForce Of(EnvironmentId environment) => _schemas.GetValueOrDefault(environment, SchemaInForce.Empty);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _listening = signals.Listen(async signal =>
        {
            if (signal.Topic == Topic || signal == Signal.Reset)
            {
                await LoadAsync();
            }
        });
        await LoadAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _listening?.Dispose();
        return Task.CompletedTask;
    }

    private async Task LoadAsync()
    {
        var rows = await store.ReadAsync(Scope.Host, db => db.Set<AttributeSchema>().ToListAsync());
        _schemas = rows.ToFrozenDictionary(s => s.EnvironmentId, s => new SchemaInForce(s.Number, s.Attributes));
    }
}
