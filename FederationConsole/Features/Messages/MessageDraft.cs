namespace FederationConsole.Features.Messages;

/// <summary>A channel's set-up as it is being edited, by the fields of its provider's <see cref="MessageForm"/>. A secret that is not typed stays as it is.</summary>
public sealed class MessageDraft
{
    private MessageDetails _from;

    public MessageDraft(MessageDetails from)
    {
        _from = from;
        Provider = from.Provider ?? MessageProvider.Inbox;
        Settings = new(from.Settings, StringComparer.Ordinal);
    }

    public MessageProvider Provider { get; set; }

    /// <summary>Of every provider that was looked at: going back and forth loses nothing.</summary>
    public Dictionary<string, string> Settings { get; }

    public Dictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    public int Version => _from.Version;

    public MessageForm Form => MessageRules.Forms[Provider];

    public IEnumerable<string> Texts => MessageRules.TextsOf(_from.Channel);

    /// <summary>Nothing saved yet is something to save, whatever stands in the form: also the inbox is chosen.</summary>
    public bool IsDirty => _from.Provider is { } saved
        ? Provider != saved || Secrets.Values.Any(v => v.Length > 0) || Form.AllSettings.Concat(Texts).Any(name => Value(name) != (_from.Settings.GetValueOrDefault(name) ?? ""))
        : Provider != MessageProvider.Inbox || Secrets.Values.Any(v => v.Length > 0) || Settings.Values.Any(v => v.Length > 0);

    public bool IsSet(string secret) => Provider == _from.Provider && _from.SecretsSet.Contains(secret);

    public string Value(string name) => Settings.GetValueOrDefault(name, "");

    /// <summary>To be saved over somebody else's, who has been read.</summary>
    public void PutOver(MessageDetails theirs) => _from = theirs;

    /// <summary>What stands saved once this has been.</summary>
    public MessageDraft Saved()
    {
        var edit = ToEdit();
        var given = edit.Secrets.Where(s => !string.IsNullOrEmpty(s.Value)).Select(s => s.Key);
        var kept = Provider == _from.Provider ? _from.SecretsSet : [];
        return new(_from with { Provider = Provider, Settings = edit.Settings, SecretsSet = [.. kept.Union(given, StringComparer.Ordinal)], Version = Version + 1 });
    }

    public MessageEdit ToEdit() => new(
        _from.Channel, Provider,
        Form.AllSettings.Concat(Texts).Where(name => Value(name).Trim().Length > 0).ToDictionary(name => name, name => Value(name).Trim()),
        Secrets.Where(s => Form.AllSecrets.Contains(s.Key)).ToDictionary(s => s.Key, string? (s) => s.Value), Version);
}
