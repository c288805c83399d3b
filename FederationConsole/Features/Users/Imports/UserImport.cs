using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Users.Imports;

public enum ImportState
{
    Running = 1,
    /// <summary>It was cancelled, or met a user who was made meanwhile: what it made is taken back.</summary>
    Undoing = 2,
    Done = 3,
    Cancelled = 4,
    Failed = 5,
}

/// <summary>
/// An import of users under way or over. Users are made some at a time, so that logins go on beside it; whoever stops it, or a fault,
/// has all of them taken back. The file and the list of who was made are kept until then and no longer.
/// </summary>
public sealed class UserImport : IEnvironmentOwned
{
    /// <summary>The signal's topic: an import went on; the id is the import's.</summary>
    public const string Topic = "user-imports";

    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public required string FileName { get; init; }
    public ImportState State { get; set; }

    /// <summary>Rows of the file.</summary>
    public int Total { get; init; }

    /// <summary>Users that are there: rises to <see cref="Total"/>, or falls to 0 while undoing.</summary>
    public int Done { get; set; }

    /// <summary>The administrator behind every line and event of it.</summary>
    public required string ActorId { get; init; }
    public required string ActorName { get; init; }
    public string? ActorAddress { get; init; }
    public string? RequestId { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The last step. One that did not move for a while belongs to a node that died, and is taken over.</summary>
    public DateTimeOffset TouchedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Where the file met what had come into the database since it was checked; 0 otherwise.</summary>
    public int FaultLine { get; set; }
    public string? FaultColumn { get; set; }

    public Actor Actor => new(ActorKind.Administrator, ActorId, ActorName, ActorAddress, RequestId);
}

/// <summary>The file of an import: apart from its row, which changes at every step.</summary>
public sealed class UserImportFile : IEnvironmentOwned
{
    public long ImportId { get; init; }
    public EnvironmentId EnvironmentId { get; set; }

    /// <summary>UTF-8.</summary>
    public required byte[] Content { get; init; }
}

/// <summary>Who was made by an import that is not over.</summary>
public sealed class ImportedUser : IEnvironmentOwned
{
    public UserId UserId { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public long ImportId { get; init; }
}

internal sealed class UserImportMapping :
    IEntityTypeConfiguration<UserImport>, IEntityTypeConfiguration<UserImportFile>, IEntityTypeConfiguration<ImportedUser>
{
    public void Configure(EntityTypeBuilder<UserImport> builder)
    {
        builder.ToTable("UserImports");
        builder.Ignore(i => i.Actor);
        builder.Property(i => i.FileName).HasMaxLength(128);
        builder.Property(i => i.ActorId).HasMaxLength(64);
        builder.Property(i => i.ActorName).HasMaxLength(128);
        builder.Property(i => i.ActorAddress).HasMaxLength(64);
        builder.Property(i => i.RequestId).HasMaxLength(64);
        builder.Property(i => i.FaultColumn).HasMaxLength(32);
        builder.HasIndex(i => new { i.EnvironmentId, i.Id });
        // One at a time: two would take each other's names.
        builder.HasIndex(i => i.EnvironmentId, "IX_UserImports_Unfinished").IsUnique().HasFilter("\"FinishedAt\" IS NULL");
    }

    public void Configure(EntityTypeBuilder<UserImportFile> builder)
    {
        builder.ToTable("UserImportFiles").HasKey(f => f.ImportId);
        builder.HasOne<UserImport>().WithOne().HasForeignKey<UserImportFile>(f => f.ImportId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ImportedUser> builder)
    {
        builder.ToTable("ImportedUsers").HasKey(u => u.UserId);
        builder.HasIndex(u => new { u.ImportId, u.UserId });
        builder.HasOne<UserImport>().WithMany().HasForeignKey(u => u.ImportId).OnDelete(DeleteBehavior.Cascade);
    }
}
