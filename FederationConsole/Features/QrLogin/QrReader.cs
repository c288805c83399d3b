using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.QrLogin;

/// <summary>A ticket as the console lists it.</summary>
/// <param name="IsEmbedded">Shown by the SDK in the app's own page.</param>
/// <param name="Owner">Masked for who may only read; null until it is scanned.</param>
/// <param name="NumberWasWrong">Cancelled by a wrong number.</param>
public sealed record TicketRow(
    long Id, TicketStatus Status, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? ScannedAt, DateTimeOffset? DecidedAt, DateTimeOffset? RedeemedAt, bool NumberWasWrong,
    bool IsEmbedded, string Browser, string System, string Place, string? Address, UserId? OwnerId, string? Owner)
{
    public bool IsRedeemed => RedeemedAt is not null;

    public bool IsExpired(DateTimeOffset now) => Status is TicketStatus.Waiting or TicketStatus.Scanned && ExpiresAt <= now;
}

public sealed record TicketRows(IReadOnlyList<TicketRow> Rows, long Total);

/// <summary>What became of the codes of a span.</summary>
/// <param name="Expired">Shown, never decided, and over.</param>
public sealed record QrFunnel(long Shown, long Scanned, long Confirmed, long Cancelled, long Expired, IReadOnlyList<QrBar> Bars);

/// <param name="From">The beginning of the hour or day, in the project's zone.</param>
public sealed record QrBar(DateTimeOffset From, long Shown, long Confirmed, long Cancelled);

/// <summary>Reads for the console what becomes of codes.</summary>
public sealed class QrReader(Store store, ProjectCatalog projects, TimeProvider clock)
{
    public const int PageSize = 20;

    private const int Stories = 5;

    private static readonly TimeSpan Listed = TimeSpan.FromHours(1);

    /// <summary>The app's tickets of the last hour, the newest first.</summary>
    /// <param name="page">From 1.</param>
    public async Task<Outcome<TicketRows>> TicketsAsync(Actor actor, EnvironmentId id, AppId app, int page, CancellationToken cancellation)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var now = clock.GetUtcNow();
        // Keys rise with time, and the index is by key.
        var (floor, skip) = (Ids.Floor(now - Listed), (Math.Max(page, 1) - 1) * PageSize);
        var isMasked = !actor.May(Role.Operator, environment.Value.ProjectId.Value);
        return await store.ReadAsync(environment.Value.Scope, async db =>
        {
            var tickets = db.Set<ScanTicket>().Where(t => t.AppId == app && t.Id >= floor && t.Purpose == TicketPurpose.App);
            var total = await tickets.LongCountAsync(cancellation);
            var rows = await tickets.OrderByDescending(t => t.Id).Skip(skip).Take(PageSize).ToListAsync(cancellation);
            var owners = rows.Where(t => t.UserId is not null).Select(t => t.UserId!.Value).Distinct().ToList();
            var users = owners.Count == 0 ? [] : await db.Set<User>().Where(u => owners.Contains(u.Id)).ToDictionaryAsync(u => u.Id, cancellation);
            return new TicketRows(rows.ConvertAll(t => Show(t, t.UserId is { } owner ? users.GetValueOrDefault(owner) : null, isMasked)), total);
        });
    }

    /// <summary>
    /// The tickets that support asks about, the newest five: by the id of the list, by what the code's address ends with, or by user. Tickets are
    /// kept for two days.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<TicketRow>>> StoriesAsync(Actor actor, EnvironmentId id, string? text, CancellationToken cancellation)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        if (!environment.Ok)
        {
            return environment.Fault;
        }

        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (!isNumber && !TicketKeys.IsTicket(text))
        {
            return Outcome.Of<IReadOnlyList<TicketRow>>([]);
        }

        var isMasked = !actor.May(Role.Operator, environment.Value.ProjectId.Value);
        var (hash, user) = (isNumber ? null : Tokens.Hash(text!), UserId.Of(number));
        return await store.ReadAsync(environment.Value.Scope, async db =>
        {
            var tickets = db.Set<ScanTicket>().Where(t => t.Purpose == TicketPurpose.App);
            var rows = await (hash is null ? tickets.Where(t => t.Id == number || t.UserId == user) : tickets.Where(t => t.Hash == hash))
                .OrderByDescending(t => t.Id).Take(Stories).ToListAsync(cancellation);
            var owners = rows.Select(t => t.UserId).OfType<UserId>().Distinct().ToList();
            var users = owners.Count == 0 ? [] : await db.Set<User>().Where(u => owners.Contains(u.Id)).ToDictionaryAsync(u => u.Id, cancellation);
            return Outcome.Of<IReadOnlyList<TicketRow>>(rows.ConvertAll(t => Show(t, t.UserId is { } owner ? users.GetValueOrDefault(owner) : null, isMasked)));
        });
    }

    /// <param name="app">One app's; null for all of the environment.</param>
    /// <param name="days">1 is the last 24 hours, by hours.</param>
    public async Task<Outcome<QrFunnel>> FunnelAsync(Actor actor, EnvironmentId id, AppId? app, TimeZoneInfo zone, int days, CancellationToken cancellation)
    {
        var environment = projects.For(actor, Role.ReadOnly, id);
        return environment.Ok
            ? await store.ReadAsync(environment.Value.Scope, db => FunnelAsync(db, app, CalendarSpans.Starts(clock.GetUtcNow(), zone, days), cancellation))
            : environment.Fault;
    }

    /// <summary>In a read of the environment.</summary>
    public static async Task<QrFunnel> FunnelAsync(ConsoleDb db, AppId? app, IReadOnlyList<DateTimeOffset> starts, CancellationToken cancellation)
    {
        var since = starts[0];
        var (all, tickets) = (db.Set<QrCount>().AsQueryable(), db.Set<ScanTicket>().AsQueryable());
        if (app is { } one)
        {
            (all, tickets) = (all.Where(c => c.AppId == one), tickets.Where(t => t.AppId == one));
        }

        var counts = await all.Where(c => c.Hour >= since).ToListAsync(cancellation);
        var (now, floor) = (db.Now, Ids.Floor(db.Now - ScanTicket.Life));
        var open = await tickets.LongCountAsync(
            t => t.Id >= floor && t.ExpiresAt > now && t.Purpose == TicketPurpose.App && (t.Status == TicketStatus.Waiting || t.Status == TicketStatus.Scanned),
            cancellation);
        var (shown, confirmed, cancelled) = (new long[starts.Count], new long[starts.Count], new long[starts.Count]);
        foreach (var count in counts)
        {
            var bar = CalendarSpans.IndexOf(starts, count.Hour);
            shown[bar] += count.Shown;
            confirmed[bar] += count.Confirmed;
            cancelled[bar] += count.Cancelled;
        }

        // What two seconds of a killed host lost may be missing on one side: never below zero.
        var expired = Math.Max(0, shown.Sum() - confirmed.Sum() - cancelled.Sum() - open);
        return new(
            shown.Sum(), counts.Sum(c => (long)c.Scanned), confirmed.Sum(), cancelled.Sum(), expired,
            [.. starts.Select((from, i) => new QrBar(from, shown[i], confirmed[i], cancelled[i]))]);
    }

    private static TicketRow Show(ScanTicket ticket, User? owner, bool isMasked) => new(
        ticket.Id, ticket.Status, ticket.CreatedAt, ticket.ExpiresAt, ticket.ScannedAt, ticket.DecidedAt, ticket.RedeemedAt, ticket.NumberWasWrong,
        ticket.RedirectUri is null, ticket.Browser, ticket.System, ticket.Place, ticket.Address,
        ticket.UserId, owner is null ? null : isMasked ? TicketState.NameOf(owner) : owner.Nickname ?? owner.Phone ?? owner.AccountName ?? owner.Email ?? owner.Id.ToString());
}
