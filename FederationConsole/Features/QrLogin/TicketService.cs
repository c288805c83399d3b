using System.Security.Cryptography;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Guessing;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FederationConsole.Features.QrLogin;

/// <summary>A new code for a page: what it holds, and how it is to behave.</summary>
/// <param name="Refreshes">How often the page may ask for the next one by itself.</param>
public sealed record IssuedTicket(TicketKeys Keys, int Refreshes);

/// <summary>A ticket as its page sees it.</summary>
public sealed record PageTicket(long Id, DateTimeOffset ExpiresAt, TicketState State);

/// <summary>Makes tickets and tells their pages what became of them.</summary>
public sealed class TicketService(Store store, QrCounters counters, IOptions<QrLoginOptions> options)
{
    /// <summary>The signal's topic; the id is the ticket's row.</summary>
    public const string Topic = "scan-tickets";

    private readonly int _perMinute = options.Value.CodesPerAddressAndMinute;

    /// <param name="redirectUri">Checked by <see cref="ScanTargets"/>; null for a page of the SDK.</param>
    /// <returns>Fault: <see cref="FaultKind.TooMany"/> for the caller's address.</returns>
    public Task<Outcome<IssuedTicket>> IssueAsync(AppEntry app, string? redirectUri, string? state, Device device, bool isPreview = false) =>
        IssueAsync(app.Environment, app.Id, isPreview ? TicketPurpose.Preview : TicketPurpose.App, redirectUri, state, device);

    /// <summary>A code of the console itself: numbers are always matched, whatever an app's policy says.</summary>
    /// <param name="environment">Whose users may confirm it.</param>
    /// <param name="state">What the console wants back; nobody else is told it.</param>
    public Task<Outcome<IssuedTicket>> IssueForConsoleAsync(EnvironmentEntry environment, TicketPurpose purpose, string? state, Device device) =>
        IssueAsync(environment, default, purpose, null, state, device);

    private async Task<Outcome<IssuedTicket>> IssueAsync(
        EnvironmentEntry environment, AppId app, TicketPurpose purpose, string? redirectUri, string? state, Device device)
    {
        var keys = TicketKeys.New();
        var numbers = Numbers();
        var number = numbers[RandomNumberGenerator.GetInt32(numbers.Length)];
        var (hash, secretHash, codeHash) = (Tokens.Hash(keys.Ticket), Tokens.Hash(keys.Secret), Tokens.Hash(keys.AuthCode()));
        var issued = await store.WriteAsync<Outcome<IssuedTicket>>(environment.Scope, async db =>
        {
            var limit = await ExactLimits.TakeAsync(db, $"codes-shown-to:{device.Address}", _perMinute, db.Now.AddMinutes(1));
            if (!limit.Ok)
            {
                return limit.Fault;
            }

            var policy = app == default ? new() : await db.Set<QrPolicy>().AsNoTracking().FirstOrDefaultAsync(p => p.AppId == app) ?? new();
            db.Add(new ScanTicket
            {
                Id = db.NextId(),
                AppId = app,
                Purpose = purpose,
                Hash = hash,
                SecretHash = secretHash,
                CodeHash = codeHash,
                RedirectUri = redirectUri,
                State = state,
                Browser = device.Browser,
                System = device.System,
                Place = device.Place,
                Address = device.Address,
                Client = device.Client,
                Number = policy.NumberMatching ? number : 0,
                Numbers = policy.NumberMatching ? numbers : [],
                Status = TicketStatus.Waiting,
                CreatedAt = db.Now,
                ExpiresAt = db.Now + ScanTicket.Life,
            });
            return new IssuedTicket(keys, policy.Refreshes);
        });
        if (issued.Ok && purpose == TicketPurpose.App)
        {
            counters.CountShown(environment.Id, app);
        }

        return issued;
    }

    /// <summary>The ticket for whoever holds both keys. A wrong secret is answered as an unknown ticket is: <see cref="FaultKind.NotFound"/>.</summary>
    public async Task<Outcome<PageTicket>> ReadAsync(string? ticket, string? secret)
    {
        if (!TicketKeys.IsTicket(ticket) || secret is not { Length: > 0 and <= Tokens.MaxLength })
        {
            return Unknown;
        }

        var hash = Tokens.Hash(ticket!);
        // The ticket alone is presented, so the filter cannot be set before this read.
        return await store.ReadAsync<Outcome<PageTicket>>(Scope.Host, async db =>
            await db.Set<ScanTicket>().IgnoreQueryFilters().FirstOrDefaultAsync(t => t.Hash == hash) is { } row && Tokens.Matches(secret, row.SecretHash)
                ? new PageTicket(row.Id, row.ExpiresAt, TicketState.Of(row, await OwnerAsync(db, row), db.Now))
                : Unknown);
    }

    /// <summary>What became of these, for the pages that wait here.</summary>
    internal Task<IReadOnlyList<PageTicket>> ReadAsync(IReadOnlyCollection<long> ids) => store.ReadAsync<IReadOnlyList<PageTicket>>(Scope.Host, async db =>
    {
        var rows = await db.Set<ScanTicket>().IgnoreQueryFilters().Where(t => ids.Contains(t.Id)).ToListAsync();
        var pages = new List<PageTicket>(rows.Count);
        foreach (var row in rows)
        {
            pages.Add(new(row.Id, row.ExpiresAt, TicketState.Of(row, await OwnerAsync(db, row), db.Now)));
        }

        return pages;
    });

    internal static Fault Unknown => new(FaultKind.NotFound, "ticket");

    private static async Task<User?> OwnerAsync(ConsoleDb db, ScanTicket ticket) => ticket is { Status: TicketStatus.Scanned, UserId: { } owner }
        ? await db.Set<User>().IgnoreQueryFilters().FirstOrDefaultAsync(u => u.Id == owner && u.EnvironmentId == ticket.EnvironmentId)
        : null;

    /// <summary>Three different numbers of two digits.</summary>
    private static int[] Numbers()
    {
        var all = Enumerable.Range(10, 90).ToArray();
        RandomNumberGenerator.Shuffle(all.AsSpan());
        return all[..3];
    }
}
