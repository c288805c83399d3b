using System.Collections.Frozen;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Messages;

/// <summary>Who sends the messages of one channel in one environment, secrets open: lives in memory alone.</summary>
public sealed record ChannelEntry(
    EnvironmentId EnvironmentId, MessageChannel Channel, MessageProvider Provider, IReadOnlyDictionary<string, string> Settings, IReadOnlyDictionary<string, string> Secrets)
{
    /// <summary>Who shares a bulkhead and a breaker.</summary>
    public string Partition { get; } = $"env {EnvironmentId} {(Channel == MessageChannel.Sms ? "sms" : "mail")}";

    public string? Setting(string name) => Settings.GetValueOrDefault(name);

    public string? Secret(string name) => Secrets.GetValueOrDefault(name);

    public string Text(string name) => Setting(name) ?? MessageRules.DefaultText(name);

    /// <summary>Never the secrets.</summary>
    public override string ToString() => Partition;
}

/// <summary>The providers of all environments in memory; read anew before a write that changed one is answered.</summary>
public sealed class MessageCatalog(Store store, Signals signals, ProjectCatalog projects, SecretBox secrets)
    : SignalledCatalog(signals, Topic, ProjectCatalog.Topic)
{
    /// <summary>The signal's topic; its environment is the one whose provider changed.</summary>
    public const string Topic = "messages";

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    private FrozenDictionary<(EnvironmentId, MessageChannel), ChannelEntry> _entries =
        FrozenDictionary<(EnvironmentId, MessageChannel), ChannelEntry>.Empty;

    /// <summary>
    /// Null when none is set up in production, where a message that reaches nobody must not look like one that was sent. In
    /// development the inbox takes it.
    /// </summary>
    public ChannelEntry? Find(EnvironmentEntry environment, MessageChannel channel) =>
        _entries.GetValueOrDefault((environment.Id, channel)) ??
        (environment.Kind == EnvironmentKind.Development ? new(environment.Id, channel, MessageProvider.Inbox, Nothing, Nothing) : null);

    protected override async Task LoadAsync()
    {
        var entries = new List<ChannelEntry>();
        foreach (var environment in projects.Environments)
        {
            var settings = await store.ReadAsync(environment.Scope, db => db.Set<MessageSetting>().ToListAsync());
            entries.AddRange(settings.Select(s => new ChannelEntry(environment.Id, s.Channel, s.Provider, s.Settings, secrets.OpenAll(s.Secrets))));
        }

        _entries = entries.ToFrozenDictionary(e => (e.EnvironmentId, e.Channel));
    }
}
