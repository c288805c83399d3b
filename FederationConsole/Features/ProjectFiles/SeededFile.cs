using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.ProjectFiles;

/// <summary>A seed file that was imported at a start, so that the next start leaves what was changed since as it is.</summary>
public sealed class SeededFile
{
    /// <summary>SHA-256 of its bytes in hexadecimal digits: the same file under another name is the same.</summary>
    public required string Hash { get; init; }

    /// <summary>As the setting named it, for people.</summary>
    public required string Name { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class SeededFileMapping : IEntityTypeConfiguration<SeededFile>
{
    public void Configure(EntityTypeBuilder<SeededFile> builder)
    {
        builder.ToTable("SeededFiles");
        builder.HasKey(f => f.Hash);
        builder.Property(f => f.Hash).HasMaxLength(64);
        builder.Property(f => f.Name).HasMaxLength(256);
    }
}
