using System.Collections.Frozen;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Events;

/// <summary>A receiver that is on, its secret open: lives in memory alone.</summary>
public sealed record ReceiverEntry(long Id, EnvironmentEntry Environment, Uri Url, string Secret, IReadOnlyList<string> Events, long Since)
{
    /// <summary>Its own bulkhead and breaker.</summary>
    public string Partition { get; } = PartitionOf(Environment.Id, Id);

    /// <summary>The metric's tag is what follows the environment: the same for all, since receivers are many.</summary>
    public static string PartitionOf(EnvironmentId environment, long receiver) => $"env {environment}/{receiver} webhook";

    /// <summary>Never the secret.</summary>
    public override string ToString() => Partition;
}

/// <summary>The receivers that are on, of all environments, in memory; read anew before a write that changed one is answered.</summary>
public sealed class ReceiverCatalog(Store store, Signals signals, ProjectCatalog projects, SecretBox secrets, EventInterest interest)
    : SignalledCatalog(signals, Topic, ProjectCatalog.Topic)
{
    /// <summary>The signal's topic; its environment is the one whose receivers changed.</summary>
    public const string Topic = "receivers";

    private FrozenDictionary<long, ReceiverEntry> _entries = FrozenDictionary<long, ReceiverEntry>.Empty;
    private ILookup<EnvironmentId, ReceiverEntry> _byEnvironment = Array.Empty<ReceiverEntry>().ToLookup(r => r.Environment.Id);

    public IReadOnlyCollection<ReceiverEntry> All => _entries.Values;

    /// <summary>Null when there is none, or it is off.</summary>
    public ReceiverEntry? Find(long id) => _entries.GetValueOrDefault(id);

    public IEnumerable<ReceiverEntry> Of(EnvironmentId environment) => _byEnvironment[environment];

    protected override async Task LoadAsync()
    {
        var entries = new List<ReceiverEntry>();
        foreach (var environment in projects.Environments)
        {
            var receivers = await store.ReadAsync(environment.Scope, db => db.Set<EventReceiver>().Where(r => r.Enabled).OrderBy(r => r.Id).ToListAsync());
            entries.AddRange(receivers.Select(r => new ReceiverEntry(r.Id, environment, new Uri(r.Url), secrets.Open(r.Secret), r.Events, r.Since)));
        }

        var byEnvironment = entries.ToLookup(e => e.Environment.Id);
        (_entries, _byEnvironment) = (entries.ToFrozenDictionary(e => e.Id), byEnvironment);
        interest.Set(byEnvironment.Select(group => KeyValuePair.Create<EnvironmentId, Func<string, bool>>(
            group.Key, type => group.Any(r => EventPattern.Wants(r.Events, type)))));
    }
}
