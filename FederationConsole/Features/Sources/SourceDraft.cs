using FederationConsole.Platform;

namespace FederationConsole.Features.Sources;

/// <summary>A source's set-up as it is being edited, by the fields of its <see cref="SourceForm"/>. A secret that is not typed stays as it is.</summary>
/// <param name="kind">Decides the form.</param>
/// <param name="pluginId">The app that it is set up for; empty where it is for all.</param>
/// <param name="from">What it is filled from; null for a source not set up yet.</param>
public sealed class SourceDraft(SourceKind kind, string pluginId, SourceDetails? from)
{
    private readonly SourceForm _form = SourceRules.Forms[kind];
    private SourceDetails? _from = from;

    public Dictionary<string, string> Settings { get; } = new(from?.Settings ?? new Dictionary<string, string>(), StringComparer.Ordinal);

    public Dictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    public int Version => _from?.Version ?? 0;

    public bool IsDirty =>
        Secrets.Values.Any(v => v.Length > 0) || Fields.Any(name => Value(name) != (_from?.Settings.GetValueOrDefault(name) ?? ""));

    /// <summary>Settings that are shown, those that may be absent last.</summary>
    public IEnumerable<string> Fields => _form.Settings.Concat(_form.Optional);

    /// <summary>Where the third party is asked: for sandboxes and proxies, and nobody else's business.</summary>
    public static bool IsAdvanced(string name) => name == "apiBase";

    /// <summary>A choice between two and not a text.</summary>
    public static bool IsMode(string name) => name == SourceRules.Mode;

    public IEnumerable<string> SecretFields => _form.Secrets;

    /// <summary>What clients send; absent means tokens.</summary>
    public string Mode => Value(SourceRules.Mode) is { Length: > 0 } mode ? mode : SourceRules.TokenMode;

    /// <summary>Tokens are what is meant when nothing is said.</summary>
    public static string ToSetting(string? mode) => mode == SourceRules.CodeMode ? mode : "";

    public bool IsOptional(string name) => _form.Optional.Contains(name);

    public bool IsSet(string secret) => _from?.SecretsSet.Contains(secret) == true;

    public string Value(string name) => Settings.GetValueOrDefault(name, "");

    /// <summary>What the service would say to it; a secret that is set already counts as given.</summary>
    public Fault? Check() => SourceRules.Check(
        kind, Settings, _form.Secrets.ToDictionary(name => name, name => IsSet(name) ? Secret.Mask : Secrets.GetValueOrDefault(name, "")));

    /// <summary>To be saved over somebody else's, who has been read.</summary>
    public void PutOver(SourceDetails? theirs) => _from = theirs;

    /// <summary>What stands saved once this has been.</summary>
    public SourceDraft Saved()
    {
        var edit = ToEdit();
        var given = edit.Secrets.Where(s => !string.IsNullOrEmpty(s.Value)).Select(s => s.Key);
        return new(kind, pluginId, new(kind, pluginId, edit.Enabled, edit.Settings, [.. (_from?.SecretsSet ?? []).Union(given, StringComparer.Ordinal)], Version + 1));
    }

    /// <summary>The switch stands beside the form and keeps its place.</summary>
    public SourceEdit ToEdit() => new(
        kind, pluginId, _from is { Enabled: true }, Settings.ToDictionary(s => s.Key, s => s.Value.Trim()), Secrets.ToDictionary(s => s.Key, string? (s) => s.Value), Version);
}
