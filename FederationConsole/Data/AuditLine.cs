using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Data;

/// <summary>
/// Who did what, when, from where, and what it changed field by field: a row of the transaction that made the change.
/// It never holds a secret, a token, or personal data in the clear, so that erasing a user need not touch it.
/// After the commit it is sealed: it gets its place in the chain and the hash of the line before it.
/// </summary>
public sealed class AuditLine
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>The project and environment it is about; 0 for what concerns the host.</summary>
    public ProjectId ProjectId { get; init; }
    public EnvironmentId EnvironmentId { get; init; }

    public ActorKind ActorKind { get; init; }
    public required string ActorId { get; init; }
    public required string ActorName { get; init; }
    public string? Address { get; init; }
    public string? RequestId { get; init; }

    /// <summary>Such as <c>source.updated</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What was acted on, such as <c>user</c> and its id.</summary>
    public required string SubjectKind { get; init; }
    public required string SubjectId { get; init; }

    /// <summary>JSON: <c>[{"entity","key","field","before","after"}]</c>, masked where a field is personal or secret.</summary>
    public string? Changes { get; init; }

    /// <summary>1, 2, 3, … in the chain; null until sealed.</summary>
    public long? Position { get; set; }
    public byte[]? PreviousHash { get; set; }
    public byte[]? Hash { get; set; }
}

internal sealed class AuditLineMapping : IEntityTypeConfiguration<AuditLine>
{
    public void Configure(EntityTypeBuilder<AuditLine> builder)
    {
        builder.ToTable("AuditLines");
        builder.Property(l => l.ActorId).HasMaxLength(64);
        builder.Property(l => l.ActorName).HasMaxLength(128);
        builder.Property(l => l.Address).HasMaxLength(64);
        builder.Property(l => l.RequestId).HasMaxLength(64);
        builder.Property(l => l.Action).HasMaxLength(64);
        builder.Property(l => l.SubjectKind).HasMaxLength(32);
        builder.Property(l => l.SubjectId).HasMaxLength(64);
        // Each line is in one of the two: an insert touches nothing that the sealer reads, and the sealer walks no sealed line.
        builder.HasIndex(l => l.Position).IsUnique().HasFilter("\"Position\" IS NOT NULL");
        builder.HasIndex(l => l.Id, "IX_AuditLines_Unsealed").HasFilter("\"Position\" IS NULL");
        builder.HasIndex(l => new { l.ProjectId, l.Id });
        builder.HasIndex(l => new { l.SubjectKind, l.SubjectId });
    }
}
