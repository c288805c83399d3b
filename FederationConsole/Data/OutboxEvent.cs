using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Data;

/// <summary>An event as a row of the transaction that made it (faces.md, Webhooks). Its key gives the order.</summary>
public sealed class OutboxEvent : IEnvironmentOwned
{
    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }

    /// <summary>Such as <c>user.created</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Deliveries keep their order for each user; 0 where an event concerns none.</summary>
    public UserId UserId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>JSON. Holds no secret; personal data only as far as the receiver must have it.</summary>
    public required string Payload { get; init; }

    /// <summary>When it was looked at for receivers; null while nobody wanted to know. Set by Features/Events alone.</summary>
    public DateTimeOffset? RoutedAt { get; set; }

    /// <summary>The signal's topic: an event of the environment was committed by this process.</summary>
    public const string Topic = Signal.LocalPrefix + "outbox";
}

internal sealed class OutboxEventMapping : IEntityTypeConfiguration<OutboxEvent>
{
    public void Configure(EntityTypeBuilder<OutboxEvent> builder)
    {
        builder.ToTable("OutboxEvents");
        builder.Property(e => e.Type).HasMaxLength(64);
        // The queue that Features/Events empties: it holds only what is still to be looked at.
        builder.HasIndex(e => new { e.EnvironmentId, e.Id }, "IX_OutboxEvents_Unrouted").HasFilter("\"RoutedAt\" IS NULL");
    }
}
