using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.QrLogin;

/// <summary>Tickets that the console made for itself: what an app redeems for a token is here redeemed for the user who confirmed.</summary>
public sealed class ConsoleTickets(Store store)
{
    /// <summary>From the confirmation on. The page sends the code at once, by itself.</summary>
    public static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(1);

    private static Fault Unknown => new(FaultKind.NotFound, AuthCodes.CodeField);

    /// <summary>
    /// Once, within a minute of the confirmation. Faults: <see cref="FaultKind.NotFound"/> (unknown, used, over, of another purpose,
    /// environment or state), <see cref="FaultKind.UserDisabled"/> (also one who was merged into another).
    /// </summary>
    /// <param name="state">What the ticket was made with.</param>
    public Task<Outcome<UserId>> RedeemAsync(EnvironmentEntry environment, TicketPurpose purpose, string? code, string? state)
    {
        if (code is not { Length: AuthCodes.CodeLength })
        {
            return Task.FromResult<Outcome<UserId>>(Unknown);
        }

        var hash = Tokens.Hash(code);
        return store.WriteAsync<Outcome<UserId>>(environment.Scope, async db =>
        {
            var (now, since) = (db.Now, db.Now - CodeLife);
            var redeemed = await db.Set<ScanTicket>()
                .Where(t => t.CodeHash == hash && t.Purpose == purpose && t.State == state && t.Status == TicketStatus.Confirmed && t.RedeemedAt == null && t.DecidedAt > since)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.RedeemedAt, now));
            if (redeemed != 1)
            {
                return Unknown;
            }

            var owner = await db.Set<ScanTicket>().Where(t => t.CodeHash == hash).Select(t => t.UserId).FirstAsync();
            return await db.Set<User>().FirstOrDefaultAsync(u => u.Id == owner) is not { } user ? Unknown
                : user is { DisabledAt: null, MergedInto: null } ? user.Id
                : FaultKind.UserDisabled;
        });
    }
}
