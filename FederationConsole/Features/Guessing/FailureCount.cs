using FederationConsole.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Guessing;

/// <summary>Failed tries of one address in one minute, over all nodes: a restart forgets nothing.</summary>
public sealed class FailureCount
{
    public required string Address { get; init; }

    /// <summary>The minute's beginning.</summary>
    public DateTimeOffset Minute { get; init; }

    public int Count { get; set; }
}

internal sealed class FailureCountMapping : IEntityTypeConfiguration<FailureCount>
{
    public void Configure(EntityTypeBuilder<FailureCount> builder)
    {
        builder.ToTable("FailureCounts");
        builder.Property(c => c.Address).HasMaxLength(64);
        builder.HasKey(c => new { c.Minute, c.Address });
    }
}
