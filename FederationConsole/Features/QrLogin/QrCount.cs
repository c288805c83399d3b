using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.QrLogin;

/// <summary>
/// What became of the codes that one app showed in one hour: a ticket counts for the hour in which it was made, whenever it was
/// decided. That one expired is nowhere written; it is what is left (<see cref="QrReader"/>). Statistics, not records.
/// </summary>
public sealed class QrCount : IEnvironmentOwned
{
    public EnvironmentId EnvironmentId { get; set; }
    public AppId AppId { get; init; }

    /// <summary>The hour's beginning, UTC.</summary>
    public DateTimeOffset Hour { get; init; }

    public int Shown { get; set; }
    public int Scanned { get; set; }
    public int Confirmed { get; set; }

    /// <summary>By the person, or by a wrong number.</summary>
    public int Cancelled { get; set; }
}

internal sealed class QrCountMapping : IEntityTypeConfiguration<QrCount>
{
    public void Configure(EntityTypeBuilder<QrCount> builder)
    {
        builder.ToTable("QrCounts");
        builder.HasKey(c => new { c.EnvironmentId, c.Hour, c.AppId });
    }
}
