using System.Text.Json;
using System.Text.Json.Nodes;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Promotion;
using FederationConsole.Features.Sources;
using FederationConsole.Platform;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>Where a source stands in a project.</summary>
internal readonly record struct SourcePlace(EnvironmentKind Environment, SourceKind Source, string PluginId);

/// <summary>A source of a file, parted into what is shown and what is sealed.</summary>
internal sealed record SourceParts(bool Enabled, SortedDictionary<string, string> Settings, SortedDictionary<string, string> Secrets)
{
    private static readonly HashSet<string> NoSettings = ["source", "enabled", "pluginId"];

    public static Dictionary<SourcePlace, SourceParts> In(JsonObject? project) => KeptSections.Environments
        .SelectMany(e => (project?["environments"]?[e.Key]?["sources"] as JsonArray ?? []).Select(s => (e.Value, Source: s!.AsObject())))
        .ToDictionary(s => new SourcePlace(s.Value, (SourceKind)(int)s.Source["source"]!, (string?)s.Source["pluginId"] ?? ""), s => Of(s.Source));

    private static SourceParts Of(JsonObject source)
    {
        var secrets = SourceRules.Forms[(SourceKind)(int)source["source"]!].Secrets;
        var values = source.Where(p => p.Value is not null && !NoSettings.Contains(p.Key)).ToLookup(p => secrets.Contains(p.Key), p => KeyValuePair.Create(p.Key, (string)p.Value!));
        return new((bool?)source["enabled"] ?? false, Sorted(values[false]), Sorted(values[true]));
    }

    private static SortedDictionary<string, string> Sorted(IEnumerable<KeyValuePair<string, string>> values) => new(values.ToDictionary(), StringComparer.Ordinal);
}

/// <summary>Where a receiver of events stands in a project.</summary>
internal readonly record struct ReceiverPlace(EnvironmentKind Environment, string Url);

/// <summary>A receiver of a file.</summary>
/// <param name="Secret">Null: the file tells none, and there is none yet.</param>
internal sealed record ReceiverParts(bool Enabled, IReadOnlyList<string> Events, string? Secret)
{
    public static Dictionary<ReceiverPlace, ReceiverParts> In(JsonObject? project) => KeptSections.Environments
        .SelectMany(e => (project?["environments"]?[e.Key]?["webhooks"] as JsonArray ?? []).Select(w => (e.Value, Webhook: w!.AsObject())))
        .ToDictionary(w => new ReceiverPlace(w.Value, (string)w.Webhook["url"]!), w => Of(w.Webhook));

    private static ReceiverParts Of(JsonObject webhook) => new(
        (bool?)webhook["enabled"] ?? true, [.. (webhook["events"] as JsonArray ?? []).Select(e => (string)e!)], (string?)webhook["secret"]);
}

/// <summary>
/// All that the write needs for one project, made before it: sealing may store a new key of Data Protection, and a write on
/// PostgreSQL may run twice. What is the same as before is not sealed anew, since a sealed text differs each time.
/// </summary>
/// <param name="Entry">The project as it is to be.</param>
/// <param name="Version">What production becomes of what promotion carries; null: it stays.</param>
/// <param name="Sources">Its sources as they are to be.</param>
/// <param name="Sealed">The secrets of those whose secrets change.</param>
/// <param name="Receivers">Its receivers of events as they are to be.</param>
/// <param name="Signing">The secrets of those that are new or whose secret changes, told by the file or made here.</param>
/// <param name="Messages">Who sends its messages, as it is to be.</param>
/// <param name="SealedMessages">The secrets of those whose secrets change; null: there is none any more.</param>
/// <param name="Vendors">Its apps' vendors as they are to be; one that is not among them is taken away.</param>
/// <param name="SealedVendors">The secrets of those whose secret changes.</param>
/// <param name="Kept">The kept sections that change; null: taken away.</param>
/// <param name="Secrets">App secrets to add, told by the file or made here, by app code.</param>
internal sealed record ImportOrder(
    ProjectEntry Entry,
    FileVersion? Version,
    IReadOnlyDictionary<SourcePlace, SourceParts> Sources,
    IReadOnlyDictionary<SourcePlace, SealedText> Sealed,
    IReadOnlyDictionary<ReceiverPlace, ReceiverParts> Receivers,
    IReadOnlyDictionary<ReceiverPlace, SealedText> Signing,
    IReadOnlyDictionary<MessagePlace, MessageParts> Messages,
    IReadOnlyDictionary<MessagePlace, SealedText?> SealedMessages,
    IReadOnlyDictionary<VendorPlace, VendorParts> Vendors,
    IReadOnlyDictionary<VendorPlace, SealedText> SealedVendors,
    IReadOnlyDictionary<KeptPlace, SealedText?> Kept,
    IReadOnlyDictionary<(string App, EnvironmentKind Environment), Secret> Secrets)
{
    /// <param name="plan">What is to be done.</param>
    /// <param name="versions">What production becomes, by project; one that stays is left out.</param>
    /// <param name="box">Seals.</param>
    /// <param name="made">Takes the app secrets that are made; null makes none, where nobody would see them.</param>
    public static IReadOnlyList<ImportOrder> Prepare(ImportPlan plan, IReadOnlyDictionary<string, FileVersion> versions, SecretBox box, List<NewAppSecret>? made)
    {
        var current = Projects(plan.Current).ToDictionary(p => (string)p["code"]!);
        return [.. Projects(plan.Result).Zip(plan.Result.File.Projects!, (node, entry) => Of(entry, versions.GetValueOrDefault(entry.Code), node, current.GetValueOrDefault(entry.Code), box, made))];
    }

    private static ImportOrder Of(ProjectEntry entry, FileVersion? version, JsonObject result, JsonObject? current, SecretBox box, List<NewAppSecret>? made)
    {
        var (before, sources) = (SourceParts.In(current), SourceParts.In(result));
        var (told, receivers) = (ReceiverParts.In(current), ReceiverParts.In(result));
        var (said, messages) = (MessageParts.In(current), MessageParts.In(result));
        var (knew, vendors) = (VendorParts.In(current), VendorParts.In(result));
        var (had, kept) = (KeptSections.In(current ?? []), KeptSections.In(result));
        return new(
            entry,
            version,
            sources,
            sources.Where(s => !before.TryGetValue(s.Key, out var old) || !old.Secrets.SequenceEqual(s.Value.Secrets))
                .ToDictionary(s => s.Key, s => box.Seal(JsonSerializer.Serialize(s.Value.Secrets))),
            receivers,
            receivers.Where(r => told.GetValueOrDefault(r.Key)?.Secret is not { } old || old != r.Value.Secret)
                .ToDictionary(r => r.Key, r => box.Seal(r.Value.Secret ?? Tokens.New())),
            messages,
            messages.Where(m => !said.TryGetValue(m.Key, out var old) || !old.Secrets.SequenceEqual(m.Value.Secrets))
                .ToDictionary(m => m.Key, m => m.Value.Secrets.Count == 0 ? (SealedText?)null : box.Seal(JsonSerializer.Serialize(m.Value.Secrets))),
            vendors,
            vendors.Where(v => knew.GetValueOrDefault(v.Key)?.Secret != v.Value.Secret).ToDictionary(v => v.Key, v => box.Seal(v.Value.Secret)),
            had.Keys.Union(kept.Keys).Where(place => !JsonNode.DeepEquals(had.GetValueOrDefault(place), kept.GetValueOrDefault(place)))
                .ToDictionary(place => place, place => kept.TryGetValue(place, out var json) ? box.Seal(json.ToJsonString()) : (SealedText?)null),
            AppSecrets(entry, current, made));
    }

    private static Dictionary<(string, EnvironmentKind), Secret> AppSecrets(ProjectEntry project, JsonObject? current, List<NewAppSecret>? made)
    {
        var secrets = new Dictionary<(string, EnvironmentKind), Secret>();
        foreach (var app in project.Apps ?? [])
        {
            var before = (current?["apps"] as JsonArray ?? []).FirstOrDefault(a => (string)a!["code"]! == app.Code);
            foreach (var (name, kind) in KeptSections.Environments)
            {
                var told = (kind == EnvironmentKind.Development ? app.Credentials?.Development : app.Credentials?.Production)?.AppSecret;
                if (told is { IsAsItIs: false })
                {
                    secrets[(app.Code, kind)] = told;
                }
                else if (made is not null && before?["credentials"]?[name] is null)
                {
                    var secret = secrets[(app.Code, kind)] = new Secret(Tokens.New());
                    made.Add(new(ImportPaths.AppSecret(project.Code, app.Code, name), secret));
                }
            }
        }

        return secrets;
    }

    private static IEnumerable<JsonObject> Projects(ProjectFileTree tree) => (tree.Named["projects"] as JsonArray ?? []).Select(p => p!.AsObject());
}
