using System.Globalization;
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
public sealed record BoundUser(string? Name, DateTimeOffset BoundAt);

/// <summary>
/// Administrators sign in to the console by a QR code that a user confirms whom they bound before. Only where the host's policy names
/// the environment of these users (<see cref="SignInPolicy.QrEnvironmentId"/>).
/// </summary>
public sealed class ConsoleQrService(Store store, HostService host, MyAccountService accounts, TicketService tickets, ConsoleTickets codes)
{
    private const string UserField = "user";

    /// <summary>Null where it is switched off.</summary>
    public Task<EnvironmentEntry?> EnvironmentAsync() => host.QrEnvironmentAsync();

    /// <summary>A code for the sign-in page. Faults: <see cref="FaultKind.NotAllowedNow"/> (switched off), <see cref="FaultKind.TooMany"/>.</summary>
    public async Task<Outcome<IssuedTicket>> BeginSignInAsync(Device device) =>
        await EnvironmentAsync() is { } environment
            ? await tickets.IssueForConsoleAsync(environment, TicketPurpose.ConsoleSignIn, null, device)
            : FaultKind.NotAllowedNow;

    /// <summary>The administrator who bound the user that confirmed this code, once; null for every other code.</summary>
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
        return await store.ReadAsync(Scope.Host, db => db.Set<AdministratorUser>().Where(u => u.UserId == id).Select(u => (long?)u.AdministratorId).FirstOrDefaultAsync());
    }

    /// <summary>The actor's own; <see cref="FaultKind.NotFound"/> where none is bound.</summary>
    public async Task<Outcome<BoundUser>> BoundAsync(Actor actor)
    {
        if (MyAccountService.Id(actor) is not { } id)
        {
            return FaultKind.Forbidden;
        }

        var bound = await store.ReadAsync(Scope.Host, db => db.Set<AdministratorUser>().FirstOrDefaultAsync(u => u.AdministratorId == id));
        if (bound is null)
        {
            return FaultKind.NotFound;
        }

        var user = await EnvironmentAsync() is { } environment
            ? await store.ReadAsync(environment.Scope, db => db.Set<User>().FirstOrDefaultAsync(u => u.Id == bound.UserId))
            : null;
        return new BoundUser(user is { DisabledAt: null, MergedInto: null } ? TicketState.NameOf(user) : null, bound.BoundAt);
    }

    /// <summary>
    /// A code whose confirmation binds the user who gives it. The password is asked for: what is bound opens the console. Faults: those of
    /// <see cref="BeginSignInAsync"/> and of a wrong password.
    /// </summary>
    public async Task<Outcome<IssuedTicket>> BeginBindingAsync(Actor actor, string? current, Device device)
    {
        var known = await accounts.CheckPasswordAsync(actor, nameof(current), current);
        return !known.Ok ? known.Fault
            : await EnvironmentAsync() is { } environment ? await tickets.IssueForConsoleAsync(environment, TicketPurpose.ConsoleBinding, actor.Id, device)
            : FaultKind.NotAllowedNow;
    }

    /// <summary>
    /// Binds who confirmed, in the place of who was bound before. Every other session of the administrator ends. Faults:
    /// <see cref="FaultKind.NotFound"/> (the code), <see cref="FaultKind.UserDisabled"/>, <see cref="FaultKind.Taken"/> (another administrator's user).
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
        return await accounts.ChangeAsync(actor, "administrator.qr_bound", async (db, _) =>
        {
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

            (bound.UserId, bound.BoundAt) = (user, db.Now);
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
}
