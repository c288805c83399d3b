using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Promotion;

/// <summary>What was published once. Nothing of it can be set after it was made; a rollback publishes it again under a new number.</summary>
public sealed class PublishedVersion
{
    public long Id { get; init; }
    public ProjectId ProjectId { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public int Number { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Who published it, or asked for it where another had to approve.</summary>
    public required string ById { get; init; }

    public required string ByName { get; init; }

    /// <summary>Who approved it; null where nobody had to.</summary>
    public string? ApprovedById { get; init; }

    public string? ApprovedByName { get; init; }

    /// <summary>1 to 500 characters.</summary>
    public required string Comment { get; init; }

    public required PromotionContent Content { get; init; }

    /// <summary>Against what production had then, with the users that each change touched, as it was confirmed.</summary>
    public IReadOnlyList<PromotionChange> Difference { get; init; } = [];

    /// <summary>The earlier version whose content this is; null where it came from development.</summary>
    public int? RolledBackFrom { get; init; }
}

public enum RequestState
{
    Pending = 1,
    Approved = 2,
    Declined = 3,
    /// <summary>Taken back by who asked.</summary>
    Withdrawn = 4,
    /// <summary>What it was made from had moved when somebody decided.</summary>
    Fallen = 5,
}

/// <summary>What a preview was made from and has moved since.</summary>
public enum MovedPart
{
    Development = 1,
    Production = 2,
}

/// <summary>A publication that waits for another administrator. It is bound to what was shown to who asked.</summary>
public sealed class PromotionRequest
{
    public long Id { get; init; }
    public ProjectId ProjectId { get; init; }
    public DateTimeOffset At { get; init; }
    public required string ById { get; init; }
    public required string ByName { get; init; }
    public required string Comment { get; init; }

    /// <summary>Production's number and content when it was asked.</summary>
    public int Number { get; init; }

    public required PromotionContent Before { get; init; }
    public required PromotionContent Content { get; init; }
    public IReadOnlyList<PromotionChange> Difference { get; init; } = [];
    public int? RolledBackFrom { get; init; }

    public RequestState State { get; set; } = RequestState.Pending;

    /// <summary>Of one that fell.</summary>
    public MovedPart? Moved { get; set; }

    public string? DecidedByName { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>What who decided said.</summary>
    public string? Answer { get; set; }

    public int Version { get; set; }
}

internal sealed class PromotionMapping : IEntityTypeConfiguration<PublishedVersion>, IEntityTypeConfiguration<PromotionRequest>
{
    public void Configure(EntityTypeBuilder<PublishedVersion> builder)
    {
        builder.ToTable("PublishedVersions").IsAudited();
        builder.Property(v => v.ById).HasMaxLength(64);
        builder.Property(v => v.ByName).HasMaxLength(128);
        builder.Property(v => v.ApprovedById).HasMaxLength(64);
        builder.Property(v => v.ApprovedByName).HasMaxLength(128);
        builder.Property(v => v.Comment).HasMaxLength(PromotionService.MaxComment);
        // The line of the audit says what production's rows became; the row itself stays for good.
        builder.Property(v => v.Content).IsJson().IsBookkeeping();
        builder.Property(v => v.Difference).IsJson().IsBookkeeping();
        builder.Property(v => v.At).IsBookkeeping();
        builder.HasIndex(v => new { v.ProjectId, v.Number }).IsUnique();
        builder.HasOne<Project>().WithMany().HasForeignKey(v => v.ProjectId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<PromotionRequest> builder)
    {
        builder.ToTable("PromotionRequests").IsAudited();
        builder.Property(r => r.ById).HasMaxLength(64);
        builder.Property(r => r.ByName).HasMaxLength(128);
        builder.Property(r => r.DecidedByName).HasMaxLength(128);
        builder.Property(r => r.Comment).HasMaxLength(PromotionService.MaxComment);
        builder.Property(r => r.Answer).HasMaxLength(PromotionService.MaxComment);
        builder.Property(r => r.Before).IsJson().IsBookkeeping();
        builder.Property(r => r.Content).IsJson().IsBookkeeping();
        builder.Property(r => r.Difference).IsJson().IsBookkeeping();
        builder.Property(r => r.At).IsBookkeeping();
        builder.Property(r => r.DecidedAt).IsBookkeeping();
        builder.Property(r => r.Version).IsConcurrencyToken().IsBookkeeping();
        builder.HasIndex(r => new { r.ProjectId, r.Id });
        builder.HasIndex(r => r.ProjectId, "IX_PromotionRequests_Pending").IsUnique().HasFilter("\"State\" = 1");
        builder.HasOne<Project>().WithMany().HasForeignKey(r => r.ProjectId).OnDelete(DeleteBehavior.Restrict);
    }
}
