using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Events;

/// <summary>Where an environment's events are posted to. One for each address.</summary>
public sealed class EventReceiver : IEnvironmentOwned
{
    /// <summary>Receivers of one environment at most, as the project file has it.</summary>
    public const int Most = 20;

    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }

    /// <summary>http or https, at most 2048 long.</summary>
    public required string Url { get; set; }

    /// <summary>Signs every delivery.</summary>
    public SealedText Secret { get; set; }

    /// <summary>Patterns such as <c>user.*</c>; empty: everything.</summary>
    public IReadOnlyList<string> Events { get; set; } = [];

    public bool Enabled { get; set; } = true;

    /// <summary>It is told of events whose key is above this: what happened before it was made, or while it was off, it never hears of.</summary>
    public long Since { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public int Version { get; set; }
}

internal sealed class EventReceiverMapping : IEntityTypeConfiguration<EventReceiver>
{
    public void Configure(EntityTypeBuilder<EventReceiver> builder)
    {
        builder.ToTable("EventReceivers").IsAudited();
        builder.Property(r => r.Url).HasMaxLength(2048);
        builder.Property(r => r.Secret).IsSecret();
        builder.Property(r => r.Events).IsJson();
        builder.Property(r => r.Since).IsBookkeeping();
        builder.Property(r => r.CreatedAt).IsBookkeeping();
        builder.Property(r => r.Version).IsConcurrencyToken().IsBookkeeping();
        // Not unique by address: 2048 signs may be more than an index of PostgreSQL takes. Each write looks, and writes are serializable.
        builder.HasIndex(r => r.EnvironmentId);
        builder.HasOne<Projects.ProjectEnvironment>().WithMany().HasForeignKey(r => r.EnvironmentId).OnDelete(DeleteBehavior.Restrict);
    }
}
