using System.Globalization;
using System.Security.Cryptography;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Administrators;
using FederationConsole.Features.Projects;
using FederationConsole.Features.QrLogin;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.ConsoleQr;

/// <summary>The user whom an administrator bound.</summary>
/// <param name="Name">Masked; null where the user is not one of the environment that the host's policy names: then nobody gets in.</param>
/// <param name="IsVoid">The user's ways in are others than when bound: nobody gets in before the user is bound anew.</param>
public sealed record BoundUser(string? Name, DateTimeOffset BoundAt, bool IsVoid);

/// <param name="HasTwoStep">Without it nobody is bound and no code opens anything.</param>
public sealed record QrStanding(bool HasTwoStep, BoundUser? User);

/// <summary>
/// Administrators sign in to the console by a QR code that a user confirms whom they bound before. Only where the host's policy names
/// the environment of these users (<see cref="SignInPolicy.QrEnvironmentId"/>).
/// </summary>
public sealed class ConsoleQrService(Store store, HostService host, MyAccountService accounts, TicketService tickets, ConsoleTickets codes, Caller caller)
{
    public const string UserField = "user";
    public const string TwoStepField = "twoStep";
    /// <summary>The audit line of a binding whose user's ways in have changed.</summary>
    public const string VoidAction = "administrator.qr_void";

    private static Fault NoTwoStep => new(FaultKind.NotAllowedNow, TwoStepField);

    /// <summary>Null where it is switched off.</summary>
    public Task<EnvironmentEntry?> EnvironmentAsync() => host.QrEnvironmentAsync();

    /// <summary>A code for the sign-in page. Faults: <see cref="FaultKind.NotAllowedNow"/> (switched off), <see cref="FaultKind.TooMany"/>.</summary>
    public async Task<Outcome<IssuedTicket>> BeginSignInAsync(Device device) =>
        await EnvironmentAsync() is { } environment
            ? await tickets.IssueForConsoleAsync(environment, TicketPurpose.ConsoleSignIn, null, device)
            : FaultKind.NotAllowedNow;

    /// <summary>
    /// The administrator who bound the user that confirmed this code, once; null for every other code, and where that user's ways in are
    /// not those of the time of the binding: whoever gave the user another password may be who confirmed. Such a binding is over for good.
    /// </summary>
    public async Task<long?> RedeemAsync(string? code)
    {
        if (await EnvironmentAsync() is not { } environment)
        {
            return null;
        }

        var user = await codes.RedeemAsync(environment, TicketPurpose.ConsoleSignIn, code, null);
        if (!user.Ok)
        {
            return null;
        }

        var id = user.Value;
        if (await store.ReadAsync(Scope.Host, db => db.Set<AdministratorUser>().FirstOrDefaultAsync(u => u.UserId == id)) is not { } bound)
        {
            return null;
        }

        var ways = await store.ReadAsync(environment.Scope, db => WaysIn.HashAsync(db, id));
        if (Same(bound.WaysHash, ways))
        {
            return bound.AdministratorId;
        }

        if (bound.WaysHash is not null)
        {
            await VoidAsync(bound);
        }

        return null;
    }

    /// <summary>The actor's own.</summary>
    public async Task<Outcome<QrStanding>> StandingAsync(Actor actor)
    {
        var account = await accounts.ReadAsync(actor);
        if (!account.Ok)
        {
            return account.Fault;
        }

        var id = account.Value.Id;
        var bound = await store.ReadAsync(Scope.Host, db => db.Set<AdministratorUser>().FirstOrDefaultAsync(u => u.AdministratorId == id));
        if (bound is null)
        {
            return new QrStanding(account.Value.TwoStep, null);
        }

        var (user, ways) = await EnvironmentAsync() is { } environment
            ? await store.ReadAsync(environment.Scope, async db => (await db.Set<User>().FirstOrDefaultAsync(u => u.Id == bound.UserId), await WaysIn.HashAsync(db, bound.UserId)))
            : (null, null);
        return new QrStanding(account.Value.TwoStep, new(user is { DisabledAt: null, MergedInto: null } ? TicketState.NameOf(user) : null, bound.BoundAt, !Same(bound.WaysHash, ways)));
    }

    /// <summary>
    /// A code whose confirmation binds the user who gives it. The password is asked for: what is bound opens the console. Faults: those of
    /// <see cref="BeginSignInAsync"/> and of a wrong password; <see cref="FaultKind.NotAllowedNow"/> with <see cref="TwoStepField"/>.
    /// </summary>
    public async Task<Outcome<IssuedTicket>> BeginBindingAsync(Actor actor, string? current, Device device)
    {
        var known = await accounts.CheckPasswordAsync(actor, nameof(current), current);
        return !known.Ok ? known.Fault
            : await accounts.ReadAsync(actor) is { Value.TwoStep: false } ? NoTwoStep
            : await EnvironmentAsync() is { } environment ? await tickets.IssueForConsoleAsync(environment, TicketPurpose.ConsoleBinding, actor.Id, device)
            : FaultKind.NotAllowedNow;
    }

    /// <summary>
    /// Binds who confirmed, in the place of who was bound before. Every other session of the administrator ends. Faults:
    /// <see cref="FaultKind.NotFound"/> (the code), <see cref="FaultKind.UserDisabled"/>, <see cref="FaultKind.Taken"/> (another administrator's user),
    /// <see cref="FaultKind.NotAllowedNow"/> (switched off; with <see cref="TwoStepField"/>: no two steps).
    /// </summary>
    public async Task<Outcome> BindAsync(Actor actor, string? code)
    {
        if (MyAccountService.Id(actor) is not { } id)
        {
            return FaultKind.Forbidden;
        }

        if (await EnvironmentAsync() is not { } environment)
        {
            return FaultKind.NotAllowedNow;
        }

        var redeemed = await codes.RedeemAsync(environment, TicketPurpose.ConsoleBinding, code, id.ToString(CultureInfo.InvariantCulture));
        if (!redeemed.Ok)
        {
            return redeemed.Fault;
        }

        var user = redeemed.Value;
        var ways = await store.ReadAsync(environment.Scope, db => WaysIn.HashAsync(db, user));
        return await accounts.ChangeAsync(actor, "administrator.qr_bound", async (db, row) =>
        {
            if (!row.TwoFactorEnabled)
            {
                return NoTwoStep;
            }

            if (await db.Set<AdministratorUser>().AnyAsync(u => u.UserId == user && u.AdministratorId != id))
            {
                return new Fault(FaultKind.Taken, UserField);
            }

            var bound = await db.Set<AdministratorUser>().FirstOrDefaultAsync(u => u.AdministratorId == id);
            if (bound is null)
            {
                bound = new() { AdministratorId = id };
                db.Add(bound);
            }

            (bound.UserId, bound.BoundAt, bound.WaysHash) = (user, db.Now, ways);
            return null;
        });
    }

    /// <summary>Nobody confirms this administrator's sign-ins any more. Every other session ends.</summary>
    public Task<Outcome> UnbindAsync(Actor actor, string? current) => accounts.WithPasswordAsync(actor, nameof(current), current, "administrator.qr_unbound", async (db, row) =>
    {
        if (await db.Set<AdministratorUser>().FirstOrDefaultAsync(u => u.AdministratorId == row.Id) is not { } bound)
        {
            return FaultKind.NotFound;
        }

        db.Remove(bound);
        return null;
    });

    private static bool Same(byte[]? bound, byte[]? now) => bound is not null && now is not null && CryptographicOperations.FixedTimeEquals(bound, now);

    /// <summary>Does not come back when the ways in do.</summary>
    private Task<Outcome> VoidAsync(AdministratorUser bound)
    {
        // Taken before the write, which runs at the writer and knows of no request.
        var actor = caller.Unknown;
        return store.WriteAsync<Outcome>(Scope.Host, async db =>
        {
            if (await db.Set<AdministratorUser>().FirstOrDefaultAsync(u => u.AdministratorId == bound.AdministratorId && u.UserId == bound.UserId && u.BoundAt == bound.BoundAt) is { } row)
            {
                row.WaysHash = null;
                db.Audit(actor, VoidAction, AdministratorUserStore.Subject, row.AdministratorId.ToString(CultureInfo.InvariantCulture));
            }

            return Outcome.Done;
        });
    }
}
