using System.Diagnostics;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.QrLogin;

/// <summary>Seed 004, 1.3.2: an app redeems an auth_code for an access_token.</summary>
public sealed class AuthCodes(Store store, ProjectCatalog projects, SessionService sessions)
{
    public const string CodeField = "auth_code";
    public const string SecretField = "app_secret";

    internal const int CodeLength = 43;

    /// <summary>
    /// Once, within ten minutes of the confirmation, by the app that the code was made for. A second try ends the session that the first
    /// made (RFC 6749, 4.1.2). Faults: <see cref="FaultKind.UnknownApp"/>, <see cref="FaultKind.AppNotEnabled"/>,
    /// <see cref="FaultKind.PasswordWrong"/> (the secret), <see cref="FaultKind.NotFound"/> (the code),
    /// <see cref="FaultKind.UserDisabled"/>.
    /// </summary>
    public async Task<Outcome<IssuedSession>> RedeemAsync(string appKey, string secret, string code)
    {
        if (projects.App(appKey) is not { } app)
        {
            return FaultKind.UnknownApp;
        }

        if (!app.ServiceEnabled)
        {
            return FaultKind.AppNotEnabled;
        }

        if (!app.HasSecret(secret))
        {
            return new Fault(FaultKind.PasswordWrong, SecretField);
        }

        if (code.Length != CodeLength)
        {
            return Unknown;
        }

        var hash = Tokens.Hash(code);
        var redeemed = await store.WriteAsync(app.Environment.Scope, db => RedeemAsync(db, app, hash));
        return redeemed switch
        {
            { Ok: false, Fault: { } fault } => fault,
            { Value: Redemption.Issued(var session) } => session,
            { Value: Redemption.Refused } => Unknown,
            _ => throw new UnreachableException(),
        };
    }

    private static Fault Unknown => new(FaultKind.NotFound, CodeField);

    private async Task<Outcome<Redemption>> RedeemAsync(ConsoleDb db, AppEntry app, byte[] hash)
    {
        var (now, since) = (db.Now, db.Now - ScanTicket.CodeLife);
        var appId = app.Id;
        var redeemed = await db.Set<ScanTicket>()
            .Where(t => t.CodeHash == hash && t.AppId == appId && t.Purpose == TicketPurpose.App && t.Status == TicketStatus.Confirmed && t.RedeemedAt == null && t.DecidedAt > since)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.RedeemedAt, now));
        var ticket = await db.Set<ScanTicket>().AsNoTracking().FirstOrDefaultAsync(t => t.CodeHash == hash && t.AppId == appId);
        if (redeemed != 1)
        {
            if (ticket?.SessionId is { } first)
            {
                await SessionService.EndAsync(db, first, SessionEnd.CodeReused);
                db.Audit(Actor.Host, "scan.code_reused", "user", ticket.UserId!.Value.ToString());
            }

            return new Redemption.Refused();
        }

        var user = ticket!.UserId!.Value;
        var issued = await sessions.IssueAsync(db, user, new(app.Id, 0, "", ticket.Address, ticket.Client), app.Environment.Policies);
        if (!issued.Ok)
        {
            return issued.Fault;
        }

        var (id, session) = (ticket.Id, issued.Value.Id);
        await db.Set<ScanTicket>().Where(t => t.Id == id).ExecuteUpdateAsync(set => set.SetProperty(t => t.SessionId, session));
        await OpenIds.OfAsync(db, app.Id, user);
        db.Signal(TicketService.Topic, id);
        return new Redemption.Issued(issued.Value);
    }

    private abstract record Redemption
    {
        private Redemption()
        {
        }

        public sealed record Issued(IssuedSession Session) : Redemption;

        /// <summary>No fault inside the write: the end of the first session must be committed.</summary>
        public sealed record Refused : Redemption;
    }
}
