using System.Text.Json;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Messages;

/// <summary>A channel as the console shows it: which secrets are set, never what they are.</summary>
/// <param name="Provider">Null: none was set up; in development the inbox takes its messages.</param>
/// <param name="Version">0: none was set up.</param>
public sealed record MessageDetails(
    MessageChannel Channel, MessageProvider? Provider, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> SecretsSet, int Version, MessageUsage Usage);

/// <summary>What an administrator saves. A secret that is absent or null stays as it is, unless the provider is another.</summary>
/// <param name="Version">What the form was filled from; 0 for a channel not set up yet.</param>
public sealed record MessageEdit(
    MessageChannel Channel, MessageProvider Provider, IReadOnlyDictionary<string, string> Settings, IReadOnlyDictionary<string, string?> Secrets, int Version);

/// <summary>What a test send brought, step by step.</summary>
public sealed record MessageTrial(IReadOnlyList<DeliveryStep> Steps, Delivery Result);

/// <summary>A line of the inbox.</summary>
public sealed record InboxRow(long Id, MessageChannel Channel, string Target, string? Subject, string Text, byte[]? Picture, DateTimeOffset At);

/// <param name="Target">The beginning of a phone number or mail address.</param>
/// <param name="Page">From 1.</param>
public sealed record InboxQuery(string? Target = null, MessageChannel? Channel = null, int Page = 1)
{
    public const int PageSize = 50;
}

public sealed record InboxPage(IReadOnlyList<InboxRow> Rows, int Total);

/// <summary>Sets up who sends text messages and mails, tries them, and shows what the inbox kept.</summary>
public sealed class MessageService(Store store, ProjectCatalog projects, SecretBox secrets, MessageDelivery delivery)
{
    private const int MaxPage = 10_000;

    public async Task<Outcome<IReadOnlyList<MessageDetails>>> ListAsync(Actor actor, EnvironmentId id)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return Outcome.Of<IReadOnlyList<MessageDetails>>(await store.ReadAsync(environment.Value.Scope, async db =>
        {
            var settings = await db.Set<MessageSetting>().ToDictionaryAsync(s => s.Channel);
            var all = new List<MessageDetails>();
            foreach (var channel in Enum.GetValues<MessageChannel>())
            {
                var setting = settings.GetValueOrDefault(channel);
                all.Add(new(
                    channel, setting?.Provider, setting?.Settings ?? new Dictionary<string, string>(),
                    [.. secrets.OpenAll(setting?.Secrets).Keys.Order(StringComparer.Ordinal)], setting?.Version ?? 0,
                    await MessageQuota.ReadAsync(db, environment.Value, channel)));
            }

            return all;
        }));
    }

    /// <summary>Faults: a setting is missing or wrong (its field by the project file's name), somebody else saved in between.</summary>
    public async Task<Outcome> SaveAsync(Actor actor, EnvironmentId id, MessageEdit edit)
    {
        var environment = projects.For(actor, Role.Manager, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        if (!MessageRules.Of(edit.Channel).Contains(edit.Provider))
        {
            return new Fault(FaultKind.Invalid, "provider");
        }

        var form = MessageRules.Forms[edit.Provider];
        var settings = Fitting(edit.Settings, form.AllSettings.Concat(MessageRules.TextsOf(edit.Channel)));
        var before = await store.ReadAsync(environment.Value.Scope, db => FindAsync(db, edit.Channel));
        // Another provider's secrets are none of this one's.
        var kept = before?.Provider == edit.Provider ? secrets.OpenAll(before.Secrets) : new Dictionary<string, string>();
        var secret = Fitting(kept, form.AllSecrets);
        foreach (var name in form.AllSecrets.Where(name => !string.IsNullOrEmpty(edit.Secrets.GetValueOrDefault(name))))
        {
            secret[name] = edit.Secrets[name]!;
        }

        if (form.OptionalSecrets.Contains("password") && !settings.ContainsKey("userName"))
        {
            secret.Remove("password");
        }

        if (MessageRules.Check(edit.Channel, edit.Provider, settings, secret) is { } fault)
        {
            return fault;
        }

        // Sealed before the write, and only when it changed: a sealed text differs each time.
        var same = before is not null && secret.SequenceEqual(new SortedDictionary<string, string>(kept.ToDictionary(), StringComparer.Ordinal));
        var sealedSecrets = secret.Count == 0 ? null : same ? before!.Secrets : secrets.Seal(JsonSerializer.Serialize(secret));
        return await store.WriteAsync<Outcome>(environment.Value.Scope, async db =>
        {
            var setting = await FindAsync(db, edit.Channel);
            if ((setting?.Version ?? 0) != edit.Version)
            {
                return FaultKind.Changed;
            }

            if (setting is null)
            {
                setting = new() { Id = db.NextId(), Channel = edit.Channel };
                db.Add(setting);
            }

            (setting.Provider, setting.Settings, setting.Secrets) = (edit.Provider, settings, sealedSecrets);
            setting.Version++;
            db.Audit(actor, "message_provider.saved", "message_provider", edit.Channel == MessageChannel.Sms ? "sms" : "mail");
            db.Signal(MessageCatalog.Topic);
            return Outcome.Done;
        });
    }

    /// <summary>
    /// Sends for real, by what is saved, a message that reads like any other, with a made-up code that opens nothing; shows each
    /// step with secrets masked. It costs what a message costs and counts against no limit.
    /// </summary>
    /// <param name="target">A phone number, +86 if it names no zone, or a mail address.</param>
    public async Task<Outcome<MessageTrial>> TryAsync(Actor actor, EnvironmentId id, MessageChannel channel, string? target, CancellationToken cancellation)
    {
        var environment = projects.For(actor, Role.Manager, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var parsed = channel == MessageChannel.Sms ? MessageTarget.Phone(target?.Trim()) : MessageTarget.Mail(target);
        if (parsed is not { } to)
        {
            return new Fault(string.IsNullOrWhiteSpace(target) ? FaultKind.Missing : FaultKind.Invalid, "target");
        }

        var steps = new List<DeliveryStep>();
        var sent = await delivery.SendAsync(environment.Value, to, "123456", TimeSpan.FromMinutes(2), steps, cancellation);
        return sent.Ok ? new MessageTrial(steps, sent.Value) : sent.Fault;
    }

    /// <summary>The newest first. Codes stand in it, so whoever only reads may not see it.</summary>
    public async Task<Outcome<InboxPage>> InboxAsync(Actor actor, EnvironmentId id, InboxQuery query, CancellationToken cancellation = default)
    {
        var environment = projects.For(actor, Role.Operator, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var page = Math.Clamp(query.Page, 1, MaxPage);
        return await store.ReadAsync<Outcome<InboxPage>>(environment.Value.Scope, async db =>
        {
            var messages = db.Set<InboxMessage>().AsQueryable();
            messages = query.Channel is { } channel ? messages.Where(m => m.Channel == channel) : messages;
            if (query.Target?.Trim().ToLowerInvariant() is { Length: > 0 } text)
            {
                var phone = MessageTarget.Phone(text)?.Text ?? text;
                messages = messages.Where(m => m.Target == text || m.Target == phone);
            }

            var total = await messages.Take(MaxPage).CountAsync(cancellation);
            var rows = await messages.OrderByDescending(m => m.Id).Skip((page - 1) * InboxQuery.PageSize).Take(InboxQuery.PageSize)
                .Select(m => new InboxRow(m.Id, m.Channel, m.Target, m.Subject, m.Text, m.Picture, m.At)).ToListAsync(cancellation);
            return new InboxPage(rows, total);
        });
    }

    private static Task<MessageSetting?> FindAsync(ConsoleDb db, MessageChannel channel) => db.Set<MessageSetting>().FirstOrDefaultAsync(s => s.Channel == channel);

    private static SortedDictionary<string, string> Fitting(IReadOnlyDictionary<string, string> values, IEnumerable<string> names) =>
        new(names.Where(name => values.GetValueOrDefault(name) is { Length: > 0 }).ToDictionary(name => name, name => values[name]), StringComparer.Ordinal);
}
