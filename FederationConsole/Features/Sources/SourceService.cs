using System.Text.Json;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Sources;

/// <summary>A source as the console shows it: which secrets are set, never what they are.</summary>
public sealed record SourceDetails(
    SourceKind Source, string PluginId, bool Enabled, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> SecretsSet, int Version);

/// <summary>What an administrator saves. A secret that is absent or null stays as it is.</summary>
/// <param name="Version">What the form was filled from; 0 for a source not set up yet.</param>
public sealed record SourceEdit(
    SourceKind Source, string PluginId, bool Enabled, IReadOnlyDictionary<string, string> Settings, IReadOnlyDictionary<string, string?> Secrets, int Version);

/// <summary>What a trial login against a third party brought, step by step.</summary>
public sealed record SourceTrial(IReadOnlyList<VerificationStep> Steps, Verification Result);

/// <summary>The sign-ins by one source in one hour (UTC, by its beginning).</summary>
public sealed record SourceHour(SourceKind Source, DateTimeOffset Hour, long Succeeded, long Failed);

/// <summary>How much sources are used. Whoever counts sign-ins says it: sources know nothing of them.</summary>
public interface ISourceUse
{
    /// <summary>Hours with at least one sign-in, in no order.</summary>
    Task<IReadOnlyList<SourceHour>> ReadAsync(Scope environment, DateTimeOffset since);
}

/// <summary>Sets up third-party sources and tries them.</summary>
public sealed class SourceService(Store store, ProjectCatalog projects, SourceCatalog catalog, SecretBox secrets, OutboundCalls calls, ISourceUse use, TimeProvider clock, IEnumerable<ISourceVerifier> verifiers)
{
    /// <summary>A day: what the page's charts show.</summary>
    public const int UseHours = 24;

    private readonly Dictionary<SourceKind, ISourceVerifier> _verifiers = verifiers.ToDictionary(v => v.Source);

    /// <summary>The sources that this build can ask; others may stand in a project file and are kept.</summary>
    public IReadOnlyCollection<SourceKind> Supported => _verifiers.Keys;

    public async Task<Outcome<IReadOnlyList<SourceDetails>>> ListAsync(Actor actor, EnvironmentId id)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var settings = await store.ReadAsync(environment.Value.Scope, db => db.Set<SourceSetting>().OrderBy(s => s.Source).ToListAsync());
        return Outcome.Of<IReadOnlyList<SourceDetails>>(settings.ConvertAll(Show));
    }

    /// <summary>Faults: a setting is missing or wrong (its field by the project file's name), somebody else saved in between.</summary>
    public async Task<Outcome> SaveAsync(Actor actor, EnvironmentId id, SourceEdit edit)
    {
        var environment = projects.For(actor, Role.Manager, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        if (CheckApp(id, edit) is { } wrongApp)
        {
            return wrongApp;
        }

        var before = await store.ReadAsync(environment.Value.Scope, db => FindAsync(db, edit));
        var secret = secrets.OpenAll(before?.Secrets).ToDictionary();
        foreach (var (name, value) in edit.Secrets.Where(s => !string.IsNullOrEmpty(s.Value)))
        {
            secret[name] = value!;
        }

        if (SourceRules.Check(edit.Source, edit.Settings, secret) is { } fault)
        {
            return fault;
        }

        // Sealed before the write, and only when it changed: a sealed text differs each time.
        var changed = edit.Secrets.Values.Any(v => !string.IsNullOrEmpty(v));
        var sealedSecrets = changed ? secrets.Seal(JsonSerializer.Serialize(secret)) : before?.Secrets;
        return await store.WriteAsync<Outcome>(environment.Value.Scope, async db =>
        {
            var setting = await FindAsync(db, edit);
            if ((setting?.Version ?? 0) != edit.Version)
            {
                return FaultKind.Changed;
            }

            var isNew = setting is null;
            if (setting is null)
            {
                setting = new() { Id = db.NextId(), Source = edit.Source, PluginId = edit.PluginId };
                db.Add(setting);
            }

            setting.Enabled = edit.Enabled;
            setting.Settings = Sorted(edit.Settings);
            setting.Secrets = sealedSecrets;
            setting.Version++;
            Record(db, actor, setting, isNew ? "source.created" : "source.updated");
            return Outcome.Done;
        });
    }

    /// <summary>The switch on the page. Off: the next login is refused (4041023).</summary>
    public async Task<Outcome> SwitchAsync(Actor actor, EnvironmentId id, SourceKind source, string pluginId, bool enabled)
    {
        var environment = projects.For(actor, Role.Manager, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        return await store.WriteAsync<Outcome>(environment.Value.Scope, async db =>
        {
            if (await db.Set<SourceSetting>().FirstOrDefaultAsync(s => s.Source == source && s.PluginId == pluginId) is not { } setting)
            {
                return FaultKind.SourceNotSetUp;
            }

            setting.Enabled = enabled;
            setting.Version++;
            Record(db, actor, setting, enabled ? "source.enabled" : "source.disabled");
            return Outcome.Done;
        });
    }

    /// <summary>Asks the third party for real and shows each step with secrets masked. Makes no user and no session.</summary>
    public async Task<Outcome<SourceTrial>> TryAsync(Actor actor, EnvironmentId id, SourceKind source, string pluginId, SourceClaim claim, CancellationToken cancellation)
    {
        var environment = projects.For(actor, Role.Operator, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        if (claim.AccessToken.Length == 0)
        {
            return new Fault(FaultKind.Missing, "access_token");
        }

        if (catalog.Any(id, source, pluginId) is not { } entry || !_verifiers.TryGetValue(source, out var verifier))
        {
            return FaultKind.SourceNotSetUp;
        }

        var steps = new List<VerificationStep>();
        var result = await verifier.VerifyAsync(entry, claim, steps, cancellation);
        return new SourceTrial(steps, result);
    }

    /// <summary>How the third party has been doing, as this node saw it; all apps of the environment together.</summary>
    public OutboundHealth Health(EnvironmentId environment, SourceKind source) => calls.Health(SourceEntry.PartitionOf(environment, source));

    /// <summary>The sign-ins of the last <see cref="UseHours"/> hours by source, oldest hour first, an hour without any included.</summary>
    public async Task<Outcome<IReadOnlyDictionary<SourceKind, IReadOnlyList<SourceHour>>>> UseAsync(Actor actor, EnvironmentId id)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var hour = TimeSpan.FromHours(1);
        var last = new DateTimeOffset(clock.GetUtcNow().UtcTicks / hour.Ticks * hour.Ticks, TimeSpan.Zero);
        var found = (await use.ReadAsync(environment.Value.Scope, last - (UseHours - 1) * hour)).ToDictionary(h => (h.Source, h.Hour));
        return Outcome.Of<IReadOnlyDictionary<SourceKind, IReadOnlyList<SourceHour>>>(SourceRules.Forms.Keys.ToDictionary(
            kind => kind,
            IReadOnlyList<SourceHour> (kind) => [.. Enumerable.Range(1 - UseHours, UseHours)
                .Select(back => last + (back * hour)).Select(at => found.GetValueOrDefault((kind, at)) ?? new SourceHour(kind, at, 0, 0))]));
    }

    /// <summary>Apple and Google are set up by app, the others for the whole environment.</summary>
    private Fault? CheckApp(EnvironmentId id, SourceEdit edit) => (SourceRules.IsByApp(edit.Source), edit.PluginId.Length) switch
    {
        (true, 0) => new Fault(FaultKind.Missing, "pluginId"),
        (true, _) => projects.App(edit.PluginId, id).Fault is { Kind: FaultKind.UnknownApp } unknown ? unknown with { Field = "pluginId" } : null,
        (false, 0) => null,
        (false, _) => new Fault(FaultKind.Invalid, "pluginId"),
    };

    private static Task<SourceSetting?> FindAsync(ConsoleDb db, SourceEdit edit) =>
        db.Set<SourceSetting>().FirstOrDefaultAsync(s => s.Source == edit.Source && s.PluginId == edit.PluginId);

    private static void Record(ConsoleDb db, Actor actor, SourceSetting setting, string action)
    {
        db.Audit(actor, action, "source", setting.PluginId.Length == 0 ? $"{(int)setting.Source}" : $"{(int)setting.Source}:{setting.PluginId}");
        db.Signal(SourceCatalog.Topic, setting.Id);
    }

    private static SortedDictionary<string, string> Sorted(IReadOnlyDictionary<string, string> settings) =>
        new(settings.Where(s => s.Value.Length > 0).ToDictionary(), StringComparer.Ordinal);

    private SourceDetails Show(SourceSetting setting) => new(
        setting.Source, setting.PluginId, setting.Enabled, setting.Settings, [.. secrets.OpenAll(setting.Secrets).Keys.Order(StringComparer.Ordinal)], setting.Version);
}
