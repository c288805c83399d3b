using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Administrators;

/// <summary>An administrator as the list shows one.</summary>
public sealed record AdministratorRow(
    long Id, string Email, string Name, bool TwoStep, DateTimeOffset? LockedUntil, DateTimeOffset? DisabledAt, DateTimeOffset CreatedAt,
    DateTimeOffset? LastSignInAt, int Version, IReadOnlyList<Grant> Grants);

/// <param name="Password">The clear text, shown once and kept nowhere.</param>
public sealed record NewAdministrator(long Id, string Password);

/// <summary>
/// Who may sign in to the console and with which roles. All of it is for owners of the host. Nobody changes themselves here, so
/// nobody raises themselves or locks themselves out; and the host always keeps one owner who can sign in.
/// </summary>
public sealed class AdministratorService(Store store, Passwords passwords)
{
    /// <summary><see cref="Fault.Field"/> of <see cref="FaultKind.NotAllowedNow"/>: one does not do this to oneself.</summary>
    public const string Oneself = "self";

    /// <summary><see cref="Fault.Field"/> of <see cref="FaultKind.NotAllowedNow"/>: the host would have no owner left.</summary>
    public const string LastOwner = "lastOwner";

    /// <summary>By e-mail. There are few administrators: the list is not paged.</summary>
    public async Task<Outcome<IReadOnlyList<AdministratorRow>>> ListAsync(Actor actor)
    {
        if (actor.Require(Role.Owner, null).Fault is { } fault)
        {
            return fault;
        }

        return await store.ReadAsync(Scope.Host, async db =>
        {
            var grants = (await db.Set<AdministratorGrant>().ToListAsync()).ToLookup(g => g.AdministratorId, g => new Grant(g.ProjectId?.Value, g.Role));
            var rows = await db.Set<Administrator>().OrderBy(a => a.Email).ToListAsync();
            return Outcome.Of<IReadOnlyList<AdministratorRow>>(rows.ConvertAll(a => new AdministratorRow(
                a.Id, a.Email, a.Name, a.TwoFactorEnabled, a.LockoutEnd > db.Now ? a.LockoutEnd : null, a.DisabledAt, a.CreatedAt, a.LastSignInAt, a.Version, [.. grants[a.Id]])));
        });
    }

    /// <summary>A new administrator with a made-up password to hand over. Faults: e-mail not allowed or taken, a project unknown.</summary>
    public async Task<Outcome<NewAdministrator>> CreateAsync(Actor actor, string? email, string? name, IReadOnlyList<Grant> grants)
    {
        if ((actor.Require(Role.Owner, null).Fault ?? Passwords.CheckEmail(nameof(email), email) ?? Codes.CheckName(nameof(name), name) ?? CheckGrants(grants)) is { } fault)
        {
            return fault;
        }

        var password = Passwords.New();
        var hash = passwords.Hash(password);
        return await store.WriteAsync<Outcome<NewAdministrator>>(Scope.Host, async db =>
        {
            if (await db.Set<Administrator>().AnyAsync(a => a.Email == Passwords.Normalize(email)))
            {
                return new Fault(FaultKind.Taken, nameof(email));
            }

            var added = Add(db, email!, name!, hash);
            if (await SetGrantsAsync(db, added.Id, grants) is { } unknown)
            {
                return unknown;
            }

            db.Audit(actor, "administrator.created", AdministratorUserStore.Subject, Key(added.Id));
            return new NewAdministrator(added.Id, password);
        });
    }

    /// <summary>Ends this administrator's sessions too.</summary>
    public Task<Outcome> DisableAsync(Actor actor, long id) => ChangeAsync(actor, id, "administrator.disabled", async (db, row) =>
    {
        row.DisabledAt ??= db.Now;
        return await OwnerRemainsAsync(db, without: id) ? null : new Fault(FaultKind.NotAllowedNow, LastOwner);
    });

    public Task<Outcome> EnableAsync(Actor actor, long id) => ChangeAsync(actor, id, "administrator.enabled", (_, row) =>
    {
        (row.DisabledAt, row.LockoutEnd, row.AccessFailedCount) = (null, null, 0);
        return Task.FromResult<Fault?>(null);
    });

    /// <summary>A made-up password in place of the old one; a lockout ends.</summary>
    /// <returns>The clear text, shown once and kept nowhere.</returns>
    public async Task<Outcome<string>> ResetPasswordAsync(Actor actor, long id)
    {
        var password = Passwords.New();
        var hash = passwords.Hash(password);
        var outcome = await ChangeAsync(actor, id, "administrator.password_reset", (_, row) =>
        {
            (row.PasswordHash, row.LockoutEnd, row.AccessFailedCount) = (hash, null, 0);
            return Task.FromResult<Fault?>(null);
        });
        return outcome.Ok ? password : outcome.Fault;
    }

    /// <summary>For who lost both phone and recovery codes.</summary>
    public Task<Outcome> ResetTwoStepAsync(Actor actor, long id) => ChangeAsync(actor, id, "administrator.two_step_reset", async (db, row) =>
    {
        (row.TwoFactorEnabled, row.AuthenticatorKey) = (false, null);
        await RecoveryCodes.ReplaceAsync(db, id, []);
        return null;
    });

    /// <param name="version">What the form was filled from: another's save in between is <see cref="FaultKind.Changed"/>.</param>
    public Task<Outcome> SetGrantsAsync(Actor actor, long id, IReadOnlyList<Grant> grants, int version) =>
        ChangeAsync(actor, id, "administrator.roles_set", async (db, row) =>
            CheckGrants(grants)
            ?? (row.Version != version ? new Fault(FaultKind.Changed) : null)
            ?? (!Owns(grants) && !await OwnerRemainsAsync(db, without: id) ? new Fault(FaultKind.NotAllowedNow, LastOwner) : null)
            ?? await SetGrantsAsync(db, id, grants));

    /// <summary>The id behind an e-mail, for the command line.</summary>
    public async Task<Outcome<long>> FindAsync(Actor actor, string email) =>
        actor.Require(Role.Owner, null).Fault is { } fault ? fault
        : await store.ReadAsync(Scope.Host, db => db.Set<Administrator>().Where(a => a.Email == Passwords.Normalize(email)).Select(a => a.Id).FirstOrDefaultAsync()) is not 0 and var id ? id
        : FaultKind.NotFound;

    /// <summary>The owner with whom a host begins. <see cref="FaultKind.NotAllowedNow"/> once there is any administrator.</summary>
    internal async Task<Outcome<long>> CreateFirstAsync(Actor actor, string? email, string? name, string? password)
    {
        if ((Passwords.CheckEmail(nameof(email), email) ?? Codes.CheckName(nameof(name), name) ?? Passwords.Check(nameof(password), password)) is { } fault)
        {
            return fault;
        }

        var hash = passwords.Hash(password!);
        return await store.WriteAsync<Outcome<long>>(Scope.Host, async db =>
        {
            if (await db.Set<Administrator>().AnyAsync())
            {
                return FaultKind.NotAllowedNow;
            }

            var first = Add(db, email!, name!, hash);
            db.Add(new AdministratorGrant { Id = db.NextId(), AdministratorId = first.Id, Role = Role.Owner });
            db.Audit(actor, "administrator.first_created", AdministratorUserStore.Subject, Key(first.Id));
            return first.Id;
        });
    }

    private static Administrator Add(ConsoleDb db, string email, string name, string hash)
    {
        var added = new Administrator
        {
            Id = db.NextId(),
            Email = Passwords.Normalize(email),
            Name = name.Trim(),
            PasswordHash = hash,
            SecurityStamp = Tokens.New(),
            CreatedAt = db.Now,
        };
        db.Add(added);
        return added;
    }

    /// <summary>At least one role, one a project at most.</summary>
    private static Fault? CheckGrants(IReadOnlyList<Grant> grants) =>
        grants.Count == 0 ? new Fault(FaultKind.Missing, nameof(grants))
        : grants.Any(g => !Enum.IsDefined(g.Role)) || grants.DistinctBy(g => g.ProjectId).Count() < grants.Count ? new Fault(FaultKind.Invalid, nameof(grants))
        : null;

    private static bool Owns(IEnumerable<Grant> grants) => grants.Any(g => g is { ProjectId: null, Role: Role.Owner });

    private static Task<bool> OwnerRemainsAsync(ConsoleDb db, long without) => db.Set<AdministratorGrant>().AnyAsync(g =>
        g.ProjectId == null && g.Role == Role.Owner && g.AdministratorId != without &&
        db.Set<Administrator>().Any(a => a.Id == g.AdministratorId && a.DisabledAt == null));

    private static async Task<Fault?> SetGrantsAsync(ConsoleDb db, long id, IReadOnlyList<Grant> grants)
    {
        var named = grants.Where(g => g.ProjectId is not null).Select(g => ProjectId.Of(g.ProjectId!.Value)).ToList();
        if (await db.Set<Project>().CountAsync(p => named.Contains(p.Id)) < named.Count)
        {
            return new Fault(FaultKind.NotFound, nameof(grants));
        }

        var old = await db.Set<AdministratorGrant>().Where(g => g.AdministratorId == id).ToListAsync();
        db.RemoveRange(old.Where(o => !grants.Contains(Said(o))));
        db.AddRange(grants.Except(old.Select(Said)).Select(g => new AdministratorGrant
        {
            Id = db.NextId(),
            AdministratorId = id,
            ProjectId = g.ProjectId is { } project ? ProjectId.Of(project) : null,
            Role = g.Role,
        }));
        return null;

        static Grant Said(AdministratorGrant row) => new(row.ProjectId?.Value, row.Role);
    }

    private static string Key(long id) => id.ToString(CultureInfo.InvariantCulture);

    private async Task<Outcome> ChangeAsync(Actor actor, long id, string action, Func<ConsoleDb, Administrator, Task<Fault?>> change)
    {
        if (actor.Require(Role.Owner, null).Fault is { } forbidden)
        {
            return forbidden;
        }

        if (actor.Id == Key(id))
        {
            return new Fault(FaultKind.NotAllowedNow, Oneself);
        }

        return await store.WriteAsync<Outcome>(Scope.Host, async db =>
        {
            if (await db.Set<Administrator>().FirstOrDefaultAsync(a => a.Id == id) is not { } row)
            {
                return FaultKind.NotFound;
            }

            if (await change(db, row) is { } fault)
            {
                return fault;
            }

            row.Version++;
            row.SecurityStamp = Tokens.New();
            db.Audit(actor, action, AdministratorUserStore.Subject, Key(id));
            db.Signal(AdministratorDirectory.Topic, id);
            return Outcome.Done;
        });
    }
}
