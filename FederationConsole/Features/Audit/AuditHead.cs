using FederationConsole.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Audit;

/// <summary>
/// The one row that says where the chain ends, moved in the write that seals. Whoever moves it from the place that they
/// read has won against another sealer; and a chain that ends before it has lost its last lines.
/// </summary>
public sealed class AuditHead
{
    public const long Only = 1;

    public long Id { get; init; } = Only;

    /// <summary>Of the last sealed line; 0 before the first.</summary>
    public long Position { get; init; }

    /// <summary>Of the last sealed line; 32 zeros before the first.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Before anything was sealed.</summary>
    public static AuditHead Start => new() { Hash = new byte[AuditSeal.Size] };
}

internal sealed class AuditHeadMapping : IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditHead> builder) => builder.ToTable("AuditHeads");
}
