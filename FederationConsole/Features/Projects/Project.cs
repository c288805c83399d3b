using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Projects;

/// <summary>A customer of the platform: 企业 in seed 002, 项目 in seed 003, tenant in seed 004.</summary>
public sealed class Project
{
    public ProjectId Id { get; init; }

    /// <summary>Stands in addresses and project files: lower-case letters, digits and hyphens, at most 32.</summary>
    public required string Code { get; init; }

    public required string Name { get; set; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Nothing is published to production until another administrator approves; owners alone switch it.</summary>
    public bool PromotionNeedsApproval { get; set; }

    public int Version { get; set; }
}

public enum EnvironmentKind
{
    Development = 1,
    Production = 2,
}

/// <summary>A project has exactly both. Everything that a face writes belongs to one and is never seen from the other.</summary>
public sealed class ProjectEnvironment
{
    public EnvironmentId Id { get; init; }
    public ProjectId ProjectId { get; init; }
    public EnvironmentKind Kind { get; init; }

    /// <summary>Seed 002's name of the environment.</summary>
    public required string CorpId { get; set; }

    public Policies Policies { get; set; } = new();

    /// <summary>Host names of this environment's own (seed 000's table of hosts); null: the host's.</summary>
    public Hosts Hosts { get; set; } = new();

    /// <summary>autoLogin may return under these: scheme, host and port exact, path a prefix at a '/'.</summary>
    public IReadOnlyList<string> ReturnUrls { get; set; } = [];

    public int Version { get; set; }
}

/// <summary>Login policies of an environment; promotion carries them to production.</summary>
public sealed record Policies
{
    /// <summary>Seconds, 60 to 86,400; seed 002's expire_in.</summary>
    public int AccessTokenSeconds { get; init; } = 7200;

    /// <summary>Days, 1 to 365.</summary>
    public int RefreshTokenDays { get; init; } = 30;

    /// <summary>Codes a phone (or mail address) and day before a captcha is asked for.</summary>
    public int SmsFreePerDay { get; init; } = 3;

    /// <summary>Codes a phone (or mail address) and day at most.</summary>
    public int SmsMaxPerDay { get; init; } = 10;

    /// <summary>Codes of the whole environment a day at most, by text message and by mail each.</summary>
    public int CodesPerDay { get; init; } = 10_000;

    /// <summary>What a text message costs, in hundredths of a yuan; 0: nothing is counted.</summary>
    public int SmsPriceFen { get; init; } = 5;

    /// <summary>What text messages may cost a day, in hundredths of a yuan.</summary>
    public int SmsBudgetFen { get; init; } = 50_000;

    /// <summary>Characters of a user's password at least, 6 to 64.</summary>
    public int PasswordMinLength { get; init; } = 8;

    /// <summary>Kinds of characters in it at least, 1 to 4: small letters, capitals, digits, everything else.</summary>
    public int PasswordClasses { get; init; } = 2;

    /// <summary>Whether people sign in with accounts of ours (own, and third parties'); false: with the vendor's alone (seed 003, 自有账号).</summary>
    public bool OwnAccounts { get; init; } = true;

    /// <summary>Third-party sources that are not offered although they are set up, as seed 002 numbers them.</summary>
    public IReadOnlyList<int> WithheldSources { get; init; } = [];
}

public sealed record Hosts(string? OAuth = null, string? OpenApi = null, string? Conf = null);

internal sealed class ProjectMapping : IEntityTypeConfiguration<Project>, IEntityTypeConfiguration<ProjectEnvironment>
{
    public void Configure(EntityTypeBuilder<Project> builder)
    {
        builder.ToTable("Projects").IsAudited();
        builder.Property(p => p.Code).HasMaxLength(32);
        builder.Property(p => p.Name).HasMaxLength(64);
        builder.Property(p => p.CreatedAt).IsBookkeeping();
        builder.Property(p => p.Version).IsConcurrencyToken().IsBookkeeping();
        builder.HasIndex(p => p.Code).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ProjectEnvironment> builder)
    {
        builder.ToTable("Environments").IsAudited();
        builder.Property(e => e.CorpId).HasMaxLength(64);
        builder.Property(e => e.Policies).IsJson();
        builder.Property(e => e.Hosts).IsJson();
        builder.Property(e => e.ReturnUrls).IsJson();
        builder.Property(e => e.Version).IsConcurrencyToken().IsBookkeeping();
        builder.HasIndex(e => e.CorpId).IsUnique();
        builder.HasIndex(e => new { e.ProjectId, e.Kind }).IsUnique();
        builder.HasOne<Project>().WithMany().HasForeignKey(e => e.ProjectId).OnDelete(DeleteBehavior.Restrict);
    }
}
