using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Administrators;

/// <summary>
/// ASP.NET Core Identity's view of administrators, over the two verbs. Identity changes a detached object and then asks for
/// one update; what only counts (failed tries, times) needs no audit line, what the line must tell is written with it.
/// </summary>
internal sealed partial class AdministratorUserStore(Store store, SecretBox secrets, Caller caller) : IUserStore<Administrator>
{
    public const string Subject = "administrator";

    public void Dispose()
    {
        // Nothing is held between calls; the interface asks for it.
    }

    public Task<string> GetUserIdAsync(Administrator user, CancellationToken cancellationToken) => Task.FromResult(Key(user));

    public Task<string?> GetUserNameAsync(Administrator user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task SetUserNameAsync(Administrator user, string? userName, CancellationToken cancellationToken) => SetEmailAsync(user, userName, cancellationToken);

    public Task<string?> GetNormalizedUserNameAsync(Administrator user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task SetNormalizedUserNameAsync(Administrator user, string? normalizedName, CancellationToken cancellationToken) => SetEmailAsync(user, normalizedName, cancellationToken);

    public Task<Administrator?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        long.TryParse(userId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? store.ReadAsync(Scope.Host, db => db.Set<Administrator>().FirstOrDefaultAsync(a => a.Id == id, cancellationToken))
            : Task.FromResult<Administrator?>(null);

    public Task<Administrator?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => FindByEmailAsync(normalizedUserName, cancellationToken);

    public Task<IdentityResult> CreateAsync(Administrator user, CancellationToken cancellationToken) => WriteAsync(caller.Unknown, async (db, actor) =>
    {
        if (await db.Set<Administrator>().AnyAsync(a => a.Email == user.Email))
        {
            return FaultKind.Taken;
        }

        db.Add(user);
        db.Audit(actor, "administrator.created", Subject, Key(user));
        return Outcome.Done;
    });

    public Task<IdentityResult> UpdateAsync(Administrator user, CancellationToken cancellationToken) => ChangeAsync(user, caller.As(user), (db, row, actor) =>
    {
        if (row.Version != user.Version)
        {
            return FaultKind.Changed;
        }

        var entry = db.Entry(row);
        entry.CurrentValues.SetValues(user);
        if (AuditTrail.IsAudited(entry))
        {
            row.Version++;
            db.Audit(actor, "administrator.updated", Subject, Key(row));
            db.Signal(AdministratorDirectory.Topic, row.Id);
        }

        return Outcome.Done;
    }, row => user.Version = row.Version);

    public Task<IdentityResult> DeleteAsync(Administrator user, CancellationToken cancellationToken) => ChangeAsync(user, caller.Unknown, (db, row, actor) =>
    {
        db.Remove(row);
        db.Audit(actor, "administrator.deleted", Subject, Key(row));
        db.Signal(AdministratorDirectory.Topic, row.Id);
        return Outcome.Done;
    });

    /// <summary>
    /// Counts a wrong password or code in the database and not in the object: guesses sent at once are counted one by one.
    /// </summary>
    public Task<IdentityResult> CountFailureAsync(Administrator user, LockoutOptions options) => ChangeAsync(user, caller.Unknown, (db, row, actor) =>
    {
        row.AccessFailedCount++;
        if (row.AccessFailedCount >= options.MaxFailedAccessAttempts)
        {
            (row.AccessFailedCount, row.LockoutEnd) = (0, db.Now + options.DefaultLockoutTimeSpan);
        }

        var locked = row.LockoutEnd > db.Now;
        db.Audit(actor, locked ? SignInActions.LockedOut : SignInActions.Failed, Subject, Key(row));
        return Outcome.Done;
    }, row => (user.AccessFailedCount, user.LockoutEnd) = (row.AccessFailedCount, row.LockoutEnd));

    /// <summary>Marks the code of a step as used; false when it, or a later one, was used before.</summary>
    public async Task<bool> SpendStepAsync(Administrator user, long step) => (await ChangeAsync(user, caller.As(user), (_, row, _) =>
    {
        if (row.LastTotpStep >= step)
        {
            return FaultKind.Changed;
        }

        row.LastTotpStep = step;
        return Outcome.Done;
    }, row => user.LastTotpStep = row.LastTotpStep)).Succeeded;

    private static string Key(Administrator user) => user.Id.ToString(CultureInfo.InvariantCulture);

    /// <param name="told">What the caller's object must know of the row, once it is committed.</param>
    private async Task<IdentityResult> ChangeAsync(
        Administrator user, Actor by, Func<ConsoleDb, Administrator, Actor, Outcome> change, Action<Administrator>? told = null)
    {
        Administrator? changed = null;
        var result = await WriteAsync(by, async (db, actor) =>
        {
            changed = await db.Set<Administrator>().FirstOrDefaultAsync(a => a.Id == user.Id);
            return changed is null ? FaultKind.NotFound : change(db, changed, actor);
        });
        if (result.Succeeded && changed is not null)
        {
            told?.Invoke(changed);
        }

        return result;
    }

    /// <param name="by">Taken here and not in the work, which runs at the writer and knows of no request.</param>
    private async Task<IdentityResult> WriteAsync(Actor by, Func<ConsoleDb, Actor, Task<Outcome>> work) =>
        (await store.WriteAsync(Scope.Host, db => work(db, by))).Fault is { } fault ? IdentityResult.Failed(Error(fault.Kind)) : IdentityResult.Success;

    private static IdentityError Error(FaultKind kind) => new()
    {
        Code = kind == FaultKind.Changed ? nameof(IdentityErrorDescriber.ConcurrencyFailure) : kind.ToString(),
        Description = kind.ToString(),
    };
}
