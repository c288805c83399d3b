using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Attributes;
using FederationConsole.Features.Events;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Features.QrLogin;
using FederationConsole.Features.Sources;
using FederationConsole.Features.VendorAccounts;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>What a file is about, so that only this is read: its projects, and the names that must be nobody else's.</summary>
internal sealed record ProjectQuestion(IReadOnlyList<string> Codes, IReadOnlyList<string> CorpIds, IReadOnlyList<string> AppKeys)
{
    /// <summary>Whether the meetings are read at all: their codes may be a hundred thousand, and most files name none.</summary>
    public bool Meetings { get; private init; } = true;

    public IReadOnlyList<string> MeetingIds { get; private init; } = [];

    public static ProjectQuestion Of(ProjectFile file)
    {
        var projects = file.Projects ?? [];
        var environments = projects.SelectMany(p => Both(p.Environments)).ToList();
        return new(
            [.. projects.Select(p => p.Code)],
            [.. environments.Select(e => e.CorpId).OfType<string>()],
            [.. projects.SelectMany(p => p.Apps ?? []).SelectMany(a => Both(a.Credentials)).Select(c => c.AppKey).OfType<string>()])
        {
            Meetings = environments.Any(e => e.Meetings is not null),
            MeetingIds = [.. environments.SelectMany(e => e.Meetings ?? []).Select(m => m.Id).OfType<string>()],
        };
    }

    private static IEnumerable<T> Both<T>(PerEnvironment<T>? both)
        where T : class => new[] { both?.Development, both?.Production }.OfType<T>();
}

/// <summary>The rows behind some projects. In a write they are tracked, and what is set on them is what is written.</summary>
internal sealed class ProjectRows
{
    public required List<Project> Projects { get; init; }
    public required List<ProjectEnvironment> Environments { get; init; }
    public required List<App> Apps { get; init; }
    public required List<AppCredential> Credentials { get; init; }

    /// <summary>The active ones, the oldest first.</summary>
    public required ILookup<long, AppSecret> Secrets { get; init; }

    public required List<KeptSection> Kept { get; init; }
    public required List<SourceSetting> Sources { get; init; }
    public required List<EventReceiver> Receivers { get; init; }
    public required List<MessageSetting> Messages { get; init; }
    public required List<VendorAccount> Vendors { get; init; }
    public required List<AttributeSchema> Schemas { get; init; }
    public required List<TenantCard> Tenants { get; init; }
    public required List<QrPolicy> QrPolicies { get; init; }
    public required MeetingRows Meetings { get; init; }

    /// <summary>Who has the corp ids and app keys of the question now.</summary>
    public required Dictionary<string, EnvironmentId> CorpIds { get; init; }
    public required Dictionary<string, (AppId App, EnvironmentId Environment)> AppKeys { get; init; }

    /// <summary>The same at two times if nothing of all this changed in between.</summary>
    public string Stamp => string.Join(';',
    [
        .. Projects.Select(p => Text($"p{p.Id}:{p.Version}")),
        .. Environments.Select(e => Text($"e{e.Id}:{e.Version}")),
        .. Apps.Select(a => Text($"a{a.Id}:{a.Version}")),
        .. Credentials.Select(c => Text($"c{c.Id}:{c.Version}")),
        .. Credentials.SelectMany(c => Secrets[c.Id]).Select(s => Text($"s{s.Id}")),
        .. Kept.Select(k => Text($"k{k.Id}:{k.Version}")),
        .. Sources.Select(s => Text($"t{s.Id}:{s.Version}")),
        .. Receivers.Select(r => Text($"r{r.Id}:{r.Version}")),
        .. Messages.Select(m => Text($"m{m.Id}:{m.Version}")),
        .. Vendors.Select(v => Text($"v{v.Id}:{v.Version}")),
        .. Tenants.Select(t => Text($"n{t.ProjectId}:{t.Version}")),
        .. QrPolicies.Select(q => Text($"q{q.AppId}:{q.EnvironmentId}:{q.Version}")),
        .. Schemas.Select(a => Text($"u{a.EnvironmentId}:{a.Version}")),
        .. Meetings.Stamps,
        .. CorpIds.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}"),
        .. AppKeys.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => $"{k.Key}={k.Value}"),
    ]);

    public static async Task<ProjectRows> ReadAsync(ConsoleDb db, ProjectQuestion question)
    {
        var projects = await db.Set<Project>().Where(p => question.Codes.Contains(p.Code)).OrderBy(p => p.Id).ToListAsync();
        var ids = projects.ConvertAll(p => p.Id);
        var apps = await db.Set<App>().Where(a => ids.Contains(a.ProjectId)).OrderBy(a => a.Id).ToListAsync();
        var appIds = apps.ConvertAll(a => a.Id);
        var credentials = await db.Set<AppCredential>().Where(c => appIds.Contains(c.AppId)).OrderBy(c => c.Id).ToListAsync();
        var credentialIds = credentials.ConvertAll(c => c.Id);
        var environments = await db.Set<ProjectEnvironment>().Where(e => ids.Contains(e.ProjectId)).OrderBy(e => e.Id).ToListAsync();
        var (sources, receivers, messages, vendors, codes) = await OfEnvironmentsAsync(db, environments);
        return new()
        {
            Projects = projects,
            Environments = environments,
            Apps = apps,
            Credentials = credentials,
            Secrets = (await db.Set<AppSecret>().Where(s => credentialIds.Contains(s.CredentialId) && s.RetiredAt == null).OrderBy(s => s.Id).ToListAsync()).ToLookup(s => s.CredentialId),
            Kept = await db.Set<KeptSection>().Where(k => ids.Contains(k.ProjectId) && KeptSections.Names.Contains(k.Section)).OrderBy(k => k.Id).ToListAsync(),
            CorpIds = await db.Set<ProjectEnvironment>().Where(e => question.CorpIds.Contains(e.CorpId)).ToDictionaryAsync(e => e.CorpId, e => e.Id),
            AppKeys = await db.Set<AppCredential>().Where(c => question.AppKeys.Contains(c.AppKey)).ToDictionaryAsync(c => c.AppKey, c => (c.AppId, c.EnvironmentId)),
            Sources = sources,
            Receivers = receivers,
            Messages = messages,
            Vendors = vendors,
            QrPolicies = codes,
            Meetings = await MeetingRows.ReadAsync(db, environments, question),
            Tenants = await db.Set<TenantCard>().Where(t => ids.Contains(t.ProjectId)).OrderBy(t => t.ProjectId).ToListAsync(),
            Schemas = await db.Set<AttributeSchema>().Where(s => ids.Contains(s.ProjectId)).OrderBy(s => s.EnvironmentId).ToListAsync(),
        };
    }

    public Project? Project(string code) => Projects.FirstOrDefault(p => p.Code == code);

    public ProjectEnvironment? Environment(ProjectId? project, EnvironmentKind kind) => Environments.FirstOrDefault(e => e.ProjectId == project && e.Kind == kind);

    public App? App(ProjectId? project, string code) => Apps.FirstOrDefault(a => a.ProjectId == project && a.Code == code);

    public VendorAccount? Vendor(AppId? app, EnvironmentId? environment) => Vendors.FirstOrDefault(v => v.AppId == app && v.EnvironmentId == environment);

    public QrPolicy? QrPolicy(AppId? app, EnvironmentId? environment) => QrPolicies.FirstOrDefault(p => p.AppId == app && p.EnvironmentId == environment);

    public TenantCard? Tenant(ProjectId project) => Tenants.FirstOrDefault(t => t.ProjectId == project);

    public AppCredential? Credential(AppId? app, EnvironmentId? environment) => Credentials.FirstOrDefault(c => c.AppId == app && c.EnvironmentId == environment);

    /// <summary>Each environment is walked into: the wall between them stands for an import too.</summary>
    private static async Task<(List<SourceSetting>, List<EventReceiver>, List<MessageSetting>, List<VendorAccount>, List<QrPolicy>)> OfEnvironmentsAsync(
        ConsoleDb db, IEnumerable<ProjectEnvironment> environments)
    {
        var (sources, receivers, messages, vendors, codes) = (new List<SourceSetting>(), new List<EventReceiver>(), new List<MessageSetting>(), new List<VendorAccount>(), new List<QrPolicy>());
        foreach (var environment in environments)
        {
            await db.EnterAsync(new Scope(environment.Id, environment.ProjectId));
            sources.AddRange(await db.Set<SourceSetting>().OrderBy(s => s.Source).ThenBy(s => s.PluginId).ToListAsync());
            receivers.AddRange(await db.Set<EventReceiver>().OrderBy(r => r.Id).ToListAsync());
            messages.AddRange(await db.Set<MessageSetting>().OrderBy(s => s.Channel).ToListAsync());
            vendors.AddRange(await db.Set<VendorAccount>().OrderBy(v => v.Id).ToListAsync());
            codes.AddRange(await db.Set<QrPolicy>().OrderBy(p => p.AppId).ToListAsync());
        }

        return (sources, receivers, messages, vendors, codes);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
