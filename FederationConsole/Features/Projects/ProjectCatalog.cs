using System.Collections.Frozen;
using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Projects;

/// <summary>An environment as the faces see it: read at every call, so kept in memory.</summary>
public sealed record EnvironmentEntry(EnvironmentId Id, EnvironmentKind Kind, ProjectId ProjectId, string ProjectCode, string ProjectName, string CorpId, Policies Policies)
{
    public Scope Scope => new(Id, ProjectId);

    /// <summary>Where autoLogin may return to (<see cref="Projects.ReturnUrls"/>).</summary>
    public IReadOnlyList<string> ReturnUrls { get; init; } = [];

    /// <summary>Host names of its own (seed 000's table of hosts).</summary>
    public Hosts Hosts { get; init; } = new();

    /// <summary>
    /// What every way in with accounts of ours asks once it knows the environment: <see cref="FaultKind.WayNotOffered"/> where the
    /// project uses its vendor's accounts alone (seed 003); null where ours are good as well.
    /// </summary>
    public Fault? RefuseOwnAccounts() => Policies.OwnAccounts ? null : FaultKind.WayNotOffered;
}

/// <summary>An app in one environment, with the hashes of its active secrets.</summary>
public sealed record AppEntry(
    AppId Id, string Code, string Name, string AppKey, EnvironmentEntry Environment, bool ServiceEnabled,
    IReadOnlyList<string> RedirectUris, IReadOnlyList<string> Origins, IReadOnlyList<byte[]> SecretHashes)
{
    /// <summary>Tries every active secret, so that time does not tell which one matched.</summary>
    public bool HasSecret(string secret) => SecretHashes.Aggregate(false, (found, hash) => Tokens.Matches(secret, hash) | found);
}

/// <summary>
/// Projects, environments and apps in memory: which environment a call is in follows from what it presents, at no read.
/// Loaded at start, read anew when a write says that something changed, before that write is answered.
/// </summary>
public sealed class ProjectCatalog(Store store, Signals signals)
    : SignalledCatalog(signals, Topic)
{
    /// <summary>The signal's topic; its id is the project's, 0 for all.</summary>
    public const string Topic = "projects";

    private Snapshot _now = Snapshot.Empty;

    public IReadOnlyCollection<EnvironmentEntry> Environments => _now.ById.Values;

    public EnvironmentEntry? ByCorpId(string corpId) => _now.ByCorpId.GetValueOrDefault(corpId);

    public EnvironmentEntry? Environment(EnvironmentId id) => _now.ById.GetValueOrDefault(id);

    /// <summary>The environment, if the actor holds the role for its project: what a service asks first.</summary>
    public Outcome<EnvironmentEntry> For(Actor actor, Role role, EnvironmentId id) =>
        Environment(id) is not { } environment ? FaultKind.NotFound
        : actor.Require(role, environment.ProjectId.Value).Fault is { } fault ? fault
        : environment;

    public EnvironmentEntry? Environment(string projectCode, EnvironmentKind kind) =>
        _now.ById.Values.FirstOrDefault(e => e.Kind == kind && e.ProjectCode == projectCode);

    /// <summary>The apps of one environment, in no order.</summary>
    public IEnumerable<AppEntry> Apps(EnvironmentId environment) => _now.Apps.Values.Where(a => a.Environment.Id == environment);

    /// <summary>By app key alone, for what presents only that; the entry tells the environment.</summary>
    public AppEntry? App(string appKey) => _now.Apps.GetValueOrDefault(appKey);

    public AppEntry? App(AppId id, EnvironmentId environment) => _now.AppsById.GetValueOrDefault((id, environment));

    /// <summary>The neighbour environment's key is as unknown as one that does not exist.</summary>
    public Outcome<AppEntry> App(string appKey, EnvironmentId environment) => App(appKey) switch
    {
        { } app when app.Environment.Id == environment => app.ServiceEnabled ? app : FaultKind.AppNotEnabled,
        _ => FaultKind.UnknownApp,
    };

    protected override async Task LoadAsync() => _now = await store.ReadAsync(Scope.Host, Snapshot.ReadAsync);

    private sealed record Snapshot(
        FrozenDictionary<EnvironmentId, EnvironmentEntry> ById,
        FrozenDictionary<string, EnvironmentEntry> ByCorpId,
        FrozenDictionary<string, AppEntry> Apps,
        FrozenDictionary<(AppId, EnvironmentId), AppEntry> AppsById)
    {
        public static readonly Snapshot Empty = new(
            FrozenDictionary<EnvironmentId, EnvironmentEntry>.Empty, FrozenDictionary<string, EnvironmentEntry>.Empty,
            FrozenDictionary<string, AppEntry>.Empty, FrozenDictionary<(AppId, EnvironmentId), AppEntry>.Empty);

        public static async Task<Snapshot> ReadAsync(ConsoleDb db)
        {
            var projects = await db.Set<Project>().ToDictionaryAsync(p => p.Id);
            var environments = (await db.Set<ProjectEnvironment>().ToListAsync())
                .ConvertAll(e => new EnvironmentEntry(e.Id, e.Kind, e.ProjectId, projects[e.ProjectId].Code, projects[e.ProjectId].Name, e.CorpId, e.Policies) { ReturnUrls = e.ReturnUrls, Hosts = e.Hosts })
                .ToFrozenDictionary(e => e.Id);
            var apps = await db.Set<App>().ToDictionaryAsync(a => a.Id);
            var secrets = (await db.Set<AppSecret>().Where(s => s.RetiredAt == null).ToListAsync()).ToLookup(s => s.CredentialId, s => s.Hash);
            var entries = (await db.Set<AppCredential>().ToListAsync()).ConvertAll(c =>
            {
                var app = apps[c.AppId];
                return new AppEntry(
                    app.Id, app.Code, app.Name, c.AppKey, environments[c.EnvironmentId], app.ServiceEnabledAt is not null,
                    c.RedirectUris, c.Origins, [.. secrets[c.Id]]);
            });
            return new(
                environments, environments.Values.ToFrozenDictionary(e => e.CorpId),
                entries.ToFrozenDictionary(a => a.AppKey), entries.ToFrozenDictionary(a => (a.Id, a.Environment.Id)));
        }
    }
}
