using FederationConsole.Features.Accounts;
using FederationConsole.Platform;

namespace FederationConsole.Features.QrLogin;

/// <summary>
/// What a ticket is, as its page is told. It only ever goes on: waiting, scanned, and one of three ends; <see cref="Rank"/> says
/// how far, so that news which overtook each other cannot take a page back.
/// </summary>
public abstract record TicketState(int Rank)
{
    public const int LastRank = 2;

    public sealed record Waiting() : TicketState(0);

    /// <param name="Number">For the page to show; null where numbers are not matched.</param>
    /// <param name="Name">Masked: the screen may be a big one.</param>
    public sealed record Scanned(int? Number, string Name, string? Avatar) : TicketState(1);

    /// <param name="RedirectUri">Null for a page of the SDK.</param>
    public sealed record Confirmed(string? RedirectUri, string? State) : TicketState(LastRank);

    public sealed record Cancelled() : TicketState(LastRank);

    public sealed record Expired() : TicketState(LastRank);

    /// <param name="user">The owner, where the ticket is scanned.</param>
    internal static TicketState Of(ScanTicket ticket, User? user, DateTimeOffset now) => ticket.Status switch
    {
        TicketStatus.Confirmed => new Confirmed(ticket.RedirectUri, ticket.State),
        TicketStatus.Cancelled => new Cancelled(),
        TicketStatus.Waiting or TicketStatus.Scanned when ticket.ExpiresAt <= now => new Expired(),
        TicketStatus.Waiting => new Waiting(),
        TicketStatus.Scanned => new Scanned(ticket.Number == 0 ? null : ticket.Number, NameOf(user), user?.AvatarUrl),
    };

    /// <summary>Masked, by whatever the person is known by.</summary>
    public static string NameOf(User? user) => Mask.Of(user?.Nickname ?? user?.Phone ?? user?.AccountName ?? user?.Email ?? "");
}
