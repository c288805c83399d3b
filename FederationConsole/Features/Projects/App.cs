using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Projects;

/// <summary>An app of a project: plugin_id in seed 002, 应用 in seed 003, 网站应用 in seed 004, API client in seed 000.</summary>
public sealed class App
{
    public AppId Id { get; init; }
    public ProjectId ProjectId { get; init; }

    /// <summary>Stands in project files: lower-case letters, digits and hyphens, at most 32; unique in the project.</summary>
    public required string Code { get; init; }

    public required string Name { get; set; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>开启服务 (seed 003): done in development, opens production at once, and cannot be undone.</summary>
    public DateTimeOffset? ServiceEnabledAt { get; set; }

    public int Version { get; set; }
}

/// <summary>What an app is in one environment. The app key is the one identifier that every face uses (model.md).</summary>
public sealed class AppCredential
{
    public long Id { get; init; }
    public AppId AppId { get; init; }
    public EnvironmentId EnvironmentId { get; init; }
    public required string AppKey { get; init; }
    public IReadOnlyList<string> RedirectUris { get; set; } = [];
    public IReadOnlyList<string> Origins { get; set; } = [];
    public int Version { get; set; }
}

/// <summary>An app secret, kept as its hash and shown once. Two may be active, so that one can be changed without an outage.</summary>
public sealed class AppSecret
{
    public const int MaxActive = 2;

    public long Id { get; init; }
    public long CredentialId { get; init; }
    public required byte[] Hash { get; init; }

    /// <summary>The last four characters, so that people can tell two secrets apart.</summary>
    public required string Hint { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? RetiredAt { get; set; }
}

internal sealed class AppMapping : IEntityTypeConfiguration<App>, IEntityTypeConfiguration<AppCredential>, IEntityTypeConfiguration<AppSecret>
{
    public void Configure(EntityTypeBuilder<App> builder)
    {
        builder.ToTable("Apps").IsAudited();
        builder.Property(a => a.Code).HasMaxLength(32);
        builder.Property(a => a.Name).HasMaxLength(64);
        builder.Property(a => a.CreatedAt).IsBookkeeping();
        builder.Property(a => a.Version).IsConcurrencyToken().IsBookkeeping();
        builder.HasIndex(a => new { a.ProjectId, a.Code }).IsUnique();
        builder.HasOne<Project>().WithMany().HasForeignKey(a => a.ProjectId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<AppCredential> builder)
    {
        builder.ToTable("AppCredentials").IsAudited();
        builder.Property(c => c.AppKey).HasMaxLength(64);
        builder.Property(c => c.RedirectUris).IsJson();
        builder.Property(c => c.Origins).IsJson();
        builder.Property(c => c.Version).IsConcurrencyToken().IsBookkeeping();
        builder.HasIndex(c => c.AppKey).IsUnique();
        builder.HasIndex(c => new { c.AppId, c.EnvironmentId }).IsUnique();
        builder.HasOne<App>().WithMany().HasForeignKey(c => c.AppId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ProjectEnvironment>().WithMany().HasForeignKey(c => c.EnvironmentId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<AppSecret> builder)
    {
        builder.ToTable("AppSecrets").IsAudited();
        builder.Property(s => s.Hash).IsSecret();
        builder.Property(s => s.Hint).HasMaxLength(4);
        builder.Property(s => s.CreatedAt).IsBookkeeping();
        builder.HasIndex(s => s.CredentialId);
        builder.HasOne<AppCredential>().WithMany().HasForeignKey(s => s.CredentialId).OnDelete(DeleteBehavior.Restrict);
    }
}
