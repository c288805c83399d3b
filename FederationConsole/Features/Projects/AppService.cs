using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Projects;

/// <summary>An app as the console shows it, in both environments.</summary>
public sealed record AppDetails(AppId Id, string Code, string Name, DateTimeOffset CreatedAt, DateTimeOffset? ServiceEnabledAt, int Version, IReadOnlyList<CredentialDetails> Credentials);

public sealed record CredentialDetails(
    long Id, EnvironmentKind Environment, EnvironmentId EnvironmentId, string AppKey, IReadOnlyList<string> RedirectUris, IReadOnlyList<string> Origins,
    int Version, IReadOnlyList<SecretDetails> Secrets);

public sealed record SecretDetails(long Id, string Hint, DateTimeOffset CreatedAt);

/// <summary>The clear text of new secrets by environment: shown once, kept nowhere.</summary>
public sealed record NewAppSecrets(AppId Id, IReadOnlyDictionary<EnvironmentKind, string> Secrets);

/// <summary>Apps, their keys and secrets, and 开启服务 (seed 003).</summary>
public sealed class AppService(Store store)
{
    public async Task<Outcome<IReadOnlyList<AppDetails>>> ListAsync(Actor actor, ProjectId project)
    {
        if (actor.Require(Role.ReadOnly, project.Value).Fault is { } fault)
        {
            return fault;
        }

        return await store.ReadAsync(Scope.Of(project), async db =>
        {
            var apps = await db.Set<App>().Where(a => a.ProjectId == project).OrderBy(a => a.Name).ToListAsync();
            var environments = await db.Set<ProjectEnvironment>().Where(e => e.ProjectId == project).ToDictionaryAsync(e => e.Id);
            var credentials = await db.Set<AppCredential>().Where(c => db.Set<App>().Any(a => a.Id == c.AppId && a.ProjectId == project)).ToListAsync();
            var ids = credentials.ConvertAll(c => c.Id);
            var secrets = (await db.Set<AppSecret>().Where(s => ids.Contains(s.CredentialId) && s.RetiredAt == null).OrderBy(s => s.Id).ToListAsync()).ToLookup(s => s.CredentialId);
            var byApp = credentials.ToLookup(c => c.AppId);
            return Outcome.Of<IReadOnlyList<AppDetails>>(apps.ConvertAll(a => new AppDetails(a.Id, a.Code, a.Name, a.CreatedAt, a.ServiceEnabledAt, a.Version,
            [
                .. byApp[a.Id].OrderBy(c => environments[c.EnvironmentId].Kind).Select(c => new CredentialDetails(
                    c.Id, environments[c.EnvironmentId].Kind, c.EnvironmentId, c.AppKey, c.RedirectUris, c.Origins, c.Version,
                    [.. secrets[c.Id].Select(s => new SecretDetails(s.Id, s.Hint, s.CreatedAt))])),
            ])));
        });
    }

    /// <summary>An app with a key and a secret in each environment. The service is not enabled yet.</summary>
    public async Task<Outcome<NewAppSecrets>> CreateAsync(Actor actor, ProjectId project, string code, string name)
    {
        if ((actor.Require(Role.Manager, project.Value).Fault ?? Codes.Check(nameof(code), code) ?? Codes.CheckName(nameof(name), name)) is { } fault)
        {
            return fault;
        }

        return await store.WriteAsync<Outcome<NewAppSecrets>>(Scope.Of(project), async db =>
        {
            if (await db.Set<App>().AnyAsync(a => a.ProjectId == project && a.Code == code))
            {
                return new Fault(FaultKind.Taken, nameof(code));
            }

            var app = new App { Id = db.NextId<AppId>(), ProjectId = project, Code = code, Name = name.Trim(), CreatedAt = db.Now };
            db.Add(app);
            var secrets = new Dictionary<EnvironmentKind, string>();
            foreach (var environment in await db.Set<ProjectEnvironment>().Where(e => e.ProjectId == project).ToListAsync())
            {
                var credential = new AppCredential { Id = db.NextId(), AppId = app.Id, EnvironmentId = environment.Id, AppKey = Codes.NewKey() };
                db.Add(credential);
                secrets[environment.Kind] = AddSecret(db, credential.Id, Tokens.New());
            }

            db.Audit(actor, "app.created", "app", app.Code);
            db.Signal(ProjectCatalog.Topic, project.Value);
            return new NewAppSecrets(app.Id, secrets);
        });
    }

    /// <summary>开启服务: in both environments at once, and for good; all of them or none. Enabling one again changes nothing.</summary>
    public async Task<Outcome> EnableServiceAsync(Actor actor, ProjectId project, params IReadOnlyCollection<AppId> ids)
    {
        if (actor.Require(Role.Owner, project.Value).Fault is { } forbidden)
        {
            return forbidden;
        }

        return await store.WriteAsync<Outcome>(Scope.Of(project), async db =>
        {
            var apps = await db.Set<App>().Where(a => ids.Contains(a.Id) && a.ProjectId == project).ToListAsync();
            if (apps.Count == 0 || apps.Count < ids.Distinct().Count())
            {
                return FaultKind.NotFound;
            }

            foreach (var app in apps.Where(a => a.ServiceEnabledAt is null))
            {
                app.ServiceEnabledAt = db.Now;
                app.Version++;
                db.Audit(actor, "app.service_enabled", "app", app.Code);
            }

            db.Signal(ProjectCatalog.Topic, project.Value);
            return Outcome.Done;
        });
    }

    /// <param name="version">What the form was filled from: another's save in between is <see cref="FaultKind.Changed"/>.</param>
    public Task<Outcome> RenameAsync(Actor actor, ProjectId project, AppId id, string name, int version) =>
        Codes.CheckName(nameof(name), name) is { } fault
            ? Task.FromResult<Outcome>(fault)
            : ChangeAsync(actor, Role.Manager, project, id, version, "app.renamed", app => app.Name = name.Trim());

    /// <summary>Where the app's pages may be (redirect addresses, exact) and from which origins they may embed ours.</summary>
    public async Task<Outcome> SetAddressesAsync(Actor actor, ProjectId project, long credentialId, IReadOnlyList<string> redirectUris, IReadOnlyList<string> origins, int version)
    {
        if ((actor.Require(Role.Manager, project.Value).Fault ?? Addresses.CheckRedirects(redirectUris) ?? Addresses.CheckOrigins(origins)) is { } fault)
        {
            return fault;
        }

        return await store.WriteAsync<Outcome>(Scope.Of(project), async db =>
        {
            if (await FindCredentialAsync(db, project, credentialId) is not { } found)
            {
                return FaultKind.NotFound;
            }

            if (found.Credential.Version != version)
            {
                return FaultKind.Changed;
            }

            (found.Credential.RedirectUris, found.Credential.Origins) = ([.. redirectUris], [.. origins]);
            found.Credential.Version++;
            db.Audit(actor, "app.addresses_set", "app", found.App.Code);
            db.Signal(ProjectCatalog.Topic, project.Value);
            return Outcome.Done;
        });
    }

    /// <summary>A second secret beside the first. Two are the most: retire one before a third.</summary>
    /// <returns>The clear text, shown once.</returns>
    public async Task<Outcome<string>> AddSecretAsync(Actor actor, ProjectId project, long credentialId)
    {
        if (actor.Require(Role.Owner, project.Value).Fault is { } fault)
        {
            return fault;
        }

        return await store.WriteAsync<Outcome<string>>(Scope.Of(project), async db =>
        {
            if (await FindCredentialAsync(db, project, credentialId) is not { } found)
            {
                return FaultKind.NotFound;
            }

            if (await db.Set<AppSecret>().CountAsync(s => s.CredentialId == credentialId && s.RetiredAt == null) >= AppSecret.MaxActive)
            {
                return FaultKind.NotAllowedNow;
            }

            var secret = AddSecret(db, credentialId, Tokens.New());
            db.Audit(actor, "app.secret_added", "app", found.App.Code);
            db.Signal(ProjectCatalog.Topic, project.Value);
            return secret;
        });
    }

    /// <summary>The secret stops working at once.</summary>
    public async Task<Outcome> RetireSecretAsync(Actor actor, ProjectId project, long credentialId, long secretId)
    {
        if (actor.Require(Role.Owner, project.Value).Fault is { } fault)
        {
            return fault;
        }

        return await store.WriteAsync<Outcome>(Scope.Of(project), async db =>
        {
            if (await FindCredentialAsync(db, project, credentialId) is not { } found ||
                await db.Set<AppSecret>().FirstOrDefaultAsync(s => s.Id == secretId && s.CredentialId == credentialId) is not { } secret)
            {
                return FaultKind.NotFound;
            }

            secret.RetiredAt ??= db.Now;
            db.Audit(actor, "app.secret_retired", "app", found.App.Code);
            db.Signal(ProjectCatalog.Topic, project.Value);
            return Outcome.Done;
        });
    }

    /// <summary>Adds a secret as its hash and hands the clear text back.</summary>
    internal static string AddSecret(ConsoleDb db, long credentialId, string secret)
    {
        db.Add(new AppSecret { Id = db.NextId(), CredentialId = credentialId, Hash = Tokens.Hash(secret), Hint = secret[^4..], CreatedAt = db.Now });
        return secret;
    }

    private async Task<Outcome> ChangeAsync(Actor actor, Role role, ProjectId project, AppId id, int version, string action, Action<App> change)
    {
        if (actor.Require(role, project.Value).Fault is { } forbidden)
        {
            return forbidden;
        }

        return await store.WriteAsync<Outcome>(Scope.Of(project), async db =>
        {
            if (await db.Set<App>().FirstOrDefaultAsync(a => a.Id == id && a.ProjectId == project) is not { } app)
            {
                return FaultKind.NotFound;
            }

            if (app.Version != version)
            {
                return FaultKind.Changed;
            }

            change(app);
            app.Version++;
            db.Audit(actor, action, "app", app.Code);
            db.Signal(ProjectCatalog.Topic, project.Value);
            return Outcome.Done;
        });
    }

    private static async Task<FoundCredential?> FindCredentialAsync(ConsoleDb db, ProjectId project, long id)
    {
        var credential = await db.Set<AppCredential>().FirstOrDefaultAsync(c => c.Id == id);
        var app = credential is null ? null : await db.Set<App>().FirstOrDefaultAsync(a => a.Id == credential.AppId && a.ProjectId == project);
        return app is null ? null : new(credential!, app);
    }

    private sealed record FoundCredential(AppCredential Credential, App App);
}
