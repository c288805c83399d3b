using System.Diagnostics;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace FederationConsole.Features.QrLogin;

/// <summary>Who holds the phone.</summary>
/// <param name="Actor">The same as the doer of an audit line.</param>
public sealed record ScanPerson(CheckedSession Session, Actor Actor)
{
    public UserId UserId => Session.UserId;
}

/// <summary>A ticket before anybody is signed in on the phone.</summary>
/// <param name="AppName">Who asks: the app, or the console itself.</param>
public sealed record SeenTicket(EnvironmentEntry Environment, string AppName, ScanRefusal? Over);

/// <summary>
/// The phone's side: scanning, confirming, cancelling. Each is one conditional update, so that of two users at once one owns the
/// ticket, and of two confirmations one counts.
/// </summary>
public sealed class TicketScans(Store store, ProjectCatalog projects, QrCounters counters, TimeProvider clock)
{
    /// <summary>What the phone is told where no app asks but the console; a name, the same in every language.</summary>
    public const string ConsoleName = "Federation Console";

    /// <summary>Which app asks, in which environment; null for a ticket that was never issued. Nothing is written.</summary>
    public async Task<SeenTicket?> SeeAsync(string? ticket)
    {
        if (!TicketKeys.IsTicket(ticket))
        {
            return null;
        }

        var hash = Tokens.Hash(ticket!);
        var row = await store.ReadAsync(Scope.Host, db => db.Set<ScanTicket>().IgnoreQueryFilters().FirstOrDefaultAsync(t => t.Hash == hash));
        return row is not null && projects.Environment(row.EnvironmentId) is { } environment && NameOf(row) is { } name
            ? new(environment, name, Over(row, clock.GetUtcNow()))
            : null;
    }

    /// <summary>The first to scan owns the ticket; scanning it again shows the same.</summary>
    public Task<ScanResult> ScanAsync(string? ticket, ScanPerson person) => DecideAsync(ticket, person, async (db, row) =>
    {
        if (row.Status == TicketStatus.Waiting)
        {
            var (now, user) = (db.Now, person.UserId);
            var scanned = await UpdateAsync(db, row, TicketStatus.Waiting, set => set
                .SetProperty(t => t.Status, TicketStatus.Scanned).SetProperty(t => t.UserId, user).SetProperty(t => t.ScannedAt, now));
            if (!scanned)
            {
                return new ScanResult.Refused(ScanRefusal.Expired);
            }
        }

        var app = NameOf(row) ?? throw new UnreachableException("A ticket's app is never deleted.");
        var owner = await db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.Id == person.UserId);
        return new ScanResult.Open(new(TicketState.NameOf(owner), app, row.Browser, row.System, row.Place, row.Address, row.CreatedAt, row.Numbers));
    });

    /// <summary>By the owner alone. The number is asked for where numbers are matched; a wrong one ends the ticket.</summary>
    public Task<ScanResult> ConfirmAsync(string? ticket, ScanPerson person, int? number) => DecideAsync(ticket, person, async (db, row) =>
    {
        if (row.Status != TicketStatus.Scanned)
        {
            return new ScanResult.Refused(ScanRefusal.Unknown);
        }

        if (row.Number != 0 && number is null)
        {
            return new ScanResult.NumberMissing();
        }

        var (now, right) = (db.Now, row.Number == 0 || row.Number == number);
        var status = right ? TicketStatus.Confirmed : TicketStatus.Cancelled;
        var decided = await UpdateAsync(db, row, TicketStatus.Scanned, set => set
            .SetProperty(t => t.Status, status).SetProperty(t => t.DecidedAt, now).SetProperty(t => t.NumberWasWrong, !right));
        if (!decided)
        {
            return new ScanResult.Refused(ScanRefusal.Expired);
        }

        db.Audit(person.Actor, right ? "scan.confirmed" : "scan.number_wrong", "user", person.UserId.ToString());
        return right ? new ScanResult.Confirmed() : new ScanResult.NumberWrong();
    });

    public Task<ScanResult> CancelAsync(string? ticket, ScanPerson person) => DecideAsync(ticket, person, async (db, row) =>
    {
        var now = db.Now;
        return row.Status == TicketStatus.Scanned &&
            await UpdateAsync(db, row, TicketStatus.Scanned, set => set.SetProperty(t => t.Status, TicketStatus.Cancelled).SetProperty(t => t.DecidedAt, now))
                ? new ScanResult.Cancelled()
                : new ScanResult.Refused(ScanRefusal.Unknown);
    });

    private async Task<ScanResult> DecideAsync(string? ticket, ScanPerson person, Func<ConsoleDb, ScanTicket, Task<ScanResult>> decide)
    {
        if (!TicketKeys.IsTicket(ticket) || projects.Environment(person.Session.EnvironmentId) is not { } environment)
        {
            return new ScanResult.Refused(ScanRefusal.Unknown);
        }

        var (hash, session) = (Tokens.Hash(ticket!), person.Session.Id);
        ScanTicket? before = null;
        var result = await store.WriteAsync(environment.Scope, async db =>
        {
            if (await db.Set<ScanTicket>().AnyAsync(t => t.SessionId == session))
            {
                // Given to an app by a scan: an app that could confirm with it would sign itself in everywhere else.
                return new ScanResult.Refused(ScanRefusal.NoRight);
            }

            if (await db.Set<ScanTicket>().AsNoTracking().FirstOrDefaultAsync(t => t.Hash == hash) is not { } row)
            {
                return new ScanResult.Refused(ScanRefusal.Unknown);
            }

            before = row;
            var isTheirs = row.UserId == person.UserId;
            return Over(row, db.Now) is { } why ? new ScanResult.Refused(why, isTheirs)
                : row.UserId is not null && !isTheirs ? new ScanResult.Refused(ScanRefusal.OfAnother)
                : await decide(db, row);
        });
        // After the commit: a write that was tried twice counts once.
        counters.CountDecision(before, result);
        return result;
    }

    private string? NameOf(ScanTicket ticket) => ticket.AppId == default ? ConsoleName : projects.App(ticket.AppId, ticket.EnvironmentId)?.Name;

    private static ScanRefusal? Over(ScanTicket ticket, DateTimeOffset now) => ticket.Status switch
    {
        TicketStatus.Confirmed => ScanRefusal.Used,
        TicketStatus.Cancelled => ScanRefusal.Cancelled,
        TicketStatus.Waiting or TicketStatus.Scanned => ticket.ExpiresAt <= now ? ScanRefusal.Expired : null,
    };

    private static async Task<bool> UpdateAsync(ConsoleDb db, ScanTicket row, TicketStatus from, Action<UpdateSettersBuilder<ScanTicket>> set)
    {
        var (id, now) = (row.Id, db.Now);
        db.Signal(TicketService.Topic, id);
        return await db.Set<ScanTicket>().Where(t => t.Id == id && t.Status == from && t.ExpiresAt > now).ExecuteUpdateAsync(set) == 1;
    }
}
