using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Meetings;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Registrations;

/// <summary>Seed 001's orderStatus; the names are what travels.</summary>
public enum OrderStatus
{
    /// <summary>15 minutes at most, then <see cref="Closed"/>.</summary>
    PendingPayment = 1,
    Paid = 2,
    /// <summary>Never paid; its stock is back.</summary>
    Closed = 3,
    /// <summary>Called off by the attendee, an administrator or an app; its stock is back.</summary>
    Cancelled = 4,
}

/// <summary>Which way an order came.</summary>
public enum OrderOrigin
{
    /// <summary>Seed 001, Register.</summary>
    Api = 1,
    /// <summary>The registration page.</summary>
    Page = 2,
    /// <summary>An administrator made it.</summary>
    Console = 3,
}

/// <summary>An order of tickets for one meeting by one attendee.</summary>
public sealed class Order : IEnvironmentOwned
{
    /// <summary>How long an order waits for its payment (faces.md).</summary>
    public static readonly TimeSpan PaymentTime = TimeSpan.FromMinutes(15);

    /// <summary>Seed 001, orderType.</summary>
    public const string Main = "Main";

    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public long MeetingId { get; init; }

    /// <summary>orderId on the wire.</summary>
    public Guid PublicId { get; init; }

    /// <summary>19 digits, sortable by time: <see cref="NumberOf"/> the <see cref="Id"/>.</summary>
    public required string Number { get; init; }

    public OrderStatus Status { get; set; }

    /// <summary>In fen.</summary>
    public int AmountFen { get; init; }

    public OrderOrigin Origin { get; init; }

    /// <summary>联系人; null where the attendee is.</summary>
    public Purchaser? Purchaser { get; init; }

    /// <summary>The tickets, by what they were called and cost at the time.</summary>
    public IReadOnlyList<OrderItem> Items { get; init; } = [];

    public long? InvitationCodeId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of one that waits for its payment.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? PaidAt { get; set; }

    /// <summary>When it was closed or cancelled.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>
    /// yyMMddHHmmssfff of the key's time in China and the key's node and count: unique because the key is, and in its order.
    /// </summary>
    public static string NumberOf(long id) => string.Create(
        CultureInfo.InvariantCulture, $"{Ids.TimeOf(id).ToOffset(TimeSpan.FromHours(8)):yyMMddHHmmssfff}{id & 0xfff:0000}");
}

/// <summary>Seed 001, Purchaser: who ordered for the attendee.</summary>
/// <param name="Mobile">E.164.</param>
public sealed record Purchaser(string? Name, string? Mobile, string? Company);

/// <param name="Sku">Key of the ticket.</param>
/// <param name="PriceFen">Of one.</param>
public sealed record OrderItem(string Sku, string Name, int PriceFen, int Quantity);

internal sealed class OrderMapping : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.ToTable("Orders");
        builder.Property(o => o.Number).HasMaxLength(19);
        builder.Property(o => o.Purchaser!).IsJson();
        builder.Property(o => o.Items).IsJson();
        builder.HasIndex(o => o.Number).IsUnique();
        builder.HasIndex(o => o.PublicId).IsUnique();
        builder.HasIndex(o => new { o.MeetingId, o.Id });
        builder.HasIndex(o => o.ExpiresAt).HasFilter($"\"Status\" = {(int)OrderStatus.PendingPayment}");
        builder.HasOne<Meeting>().WithMany().HasForeignKey(o => o.MeetingId).OnDelete(DeleteBehavior.Restrict);
    }
}
