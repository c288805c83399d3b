using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Events;

public enum DeliveryState
{
    /// <summary>To be tried at <see cref="EventDelivery.DueAt"/>, and before it nothing later of the same user.</summary>
    Waiting = 1,
    /// <summary>Answered with 2xx.</summary>
    Delivered = 2,
    /// <summary>Every try failed. The user's later events go on; an administrator may send it again.</summary>
    Parked = 3,
}

/// <summary>One event on its way to one receiver.</summary>
public sealed class EventDelivery : IEnvironmentOwned
{
    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public long ReceiverId { get; init; }

    /// <summary>Key of the <see cref="OutboxEvent"/>; the order of one user's deliveries.</summary>
    public long EventId { get; init; }

    public UserId UserId { get; init; }
    public required string Type { get; init; }
    public DeliveryState State { get; set; } = DeliveryState.Waiting;

    /// <summary>How many waits of <see cref="RetrySchedule"/> are used up.</summary>
    public int Step { get; set; }

    /// <summary>While it waits: when it may be claimed. A claim moves it on by the lease, so that a node that dies gives it up.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>Who claimed it last; what another claim took over is not written by the one before.</summary>
    public long ClaimId { get; set; }

    /// <summary>Tries made, those of sending again included.</summary>
    public int Tries { get; set; }

    /// <summary>Of the last try; null when there was no answer, or no try.</summary>
    public int? Status { get; set; }
}

/// <summary>One try of a delivery.</summary>
public sealed class EventTry : IEnvironmentOwned
{
    public const int MaxExcerpt = 300;

    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public long DeliveryId { get; init; }
    public DateTimeOffset At { get; init; }
    public int Milliseconds { get; init; }

    /// <summary>Null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>Why there was none: the name of an <see cref="Platform.Outbound.OutboundFailure"/>.</summary>
    public string? Failure { get; init; }

    /// <summary>How the answer begins, without control characters and without the secret.</summary>
    public string? Excerpt { get; init; }
}

internal sealed class EventDeliveryMapping : IEntityTypeConfiguration<EventDelivery>, IEntityTypeConfiguration<EventTry>
{
    public void Configure(EntityTypeBuilder<EventDelivery> builder)
    {
        const string waiting = "\"State\" = 1";
        builder.ToTable("EventDeliveries");
        builder.Property(d => d.Type).HasMaxLength(64);
        builder.HasIndex(d => new { d.EventId, d.ReceiverId }).IsUnique();
        // The queue of a receiver, and what of the same user stands before: they hold what waits and nothing else.
        builder.HasIndex(d => new { d.ReceiverId, d.DueAt }, "IX_EventDeliveries_Due").HasFilter(waiting);
        builder.HasIndex(d => new { d.ReceiverId, d.UserId, d.EventId }, "IX_EventDeliveries_Before").HasFilter(waiting);
        // What the console lists by.
        builder.HasIndex(d => new { d.EnvironmentId, d.Id });
        builder.HasIndex(d => new { d.EnvironmentId, d.UserId, d.Id });
        builder.HasIndex(d => new { d.EnvironmentId, d.Id }, "IX_EventDeliveries_Waiting").HasFilter(waiting);
        builder.HasIndex(d => new { d.EnvironmentId, d.Id }, "IX_EventDeliveries_Parked").HasFilter("\"State\" = 3");
        // No foreign key to the receiver: deleting one must not delete a million rows in one write. Retention takes them.
    }

    public void Configure(EntityTypeBuilder<EventTry> builder)
    {
        builder.ToTable("EventTries");
        builder.Property(t => t.Failure).HasMaxLength(32);
        builder.Property(t => t.Excerpt).HasMaxLength(EventTry.MaxExcerpt);
        builder.HasIndex(t => t.DeliveryId);
        builder.HasOne<EventDelivery>().WithMany().HasForeignKey(t => t.DeliveryId).OnDelete(DeleteBehavior.Cascade);
    }
}
