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
}

internal sealed class OutboxEventMapping : IEntityTypeConfiguration<OutboxEvent>
{
    public void Configure(EntityTypeBuilder<OutboxEvent> builder)
    {
        builder.ToTable("OutboxEvents");
        builder.Property(e => e.Type).HasMaxLength(64);
    }
}
