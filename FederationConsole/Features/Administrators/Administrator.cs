using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Administrators;

/// <summary>Who signs in to the console. Above projects: what this person may do there is said by <see cref="AdministratorGrant"/>.</summary>
public sealed class Administrator
{
    public const int MaxEmail = 254;
    public const int MaxName = 64;

    public long Id { get; init; }

    /// <summary>Lower case, unique.</summary>
    public required string Email { get; set; }

    public required string Name { get; set; }
    public string? PasswordHash { get; set; }

    /// <summary>A new one ends every open session and circuit within a minute (README).</summary>
    public required string SecurityStamp { get; set; }

    /// <summary>Wrong passwords and codes since the last good one; the fifth locks.</summary>
    public int AccessFailedCount { get; set; }
    public DateTimeOffset? LockoutEnd { get; set; }

    public bool TwoFactorEnabled { get; set; }

    /// <summary>The TOTP secret (base32), encrypted; set but not yet proven while <see cref="TwoFactorEnabled"/> is false.</summary>
    public SealedText? AuthenticatorKey { get; set; }

    /// <summary>The 30 s step of the last code that was accepted: a code works once (RFC 6238 5.2).</summary>
    public long LastTotpStep { get; set; }

    public DateTimeOffset? DisabledAt { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastSignInAt { get; set; }
    public int Version { get; set; }
}

/// <summary>A role for one project, or for all and the host itself where <see cref="ProjectId"/> is null.</summary>
public sealed class AdministratorGrant
{
    public long Id { get; init; }
    public long AdministratorId { get; init; }
    public ProjectId? ProjectId { get; init; }
    public Role Role { get; init; }
}

/// <summary>A recovery code that was not used yet, kept as its hash.</summary>
public sealed class AdministratorRecoveryCode
{
    public long Id { get; init; }
    public long AdministratorId { get; init; }
    public required byte[] Hash { get; init; }
}

/// <summary>The one row of what holds for every administrator's sign-in.</summary>
public sealed class SignInPolicy
{
    public const long TheId = 1;

    public long Id { get; init; } = TheId;
    public bool TwoStepRequired { get; set; }

    /// <summary>Whose users may stand for administrators who bound them (Features/ConsoleQr); null: nobody signs in by QR.</summary>
    public EnvironmentId? QrEnvironmentId { get; set; }

    public int Version { get; set; }
}

internal sealed class AdministratorMapping :
    IEntityTypeConfiguration<Administrator>, IEntityTypeConfiguration<AdministratorGrant>,
    IEntityTypeConfiguration<AdministratorRecoveryCode>, IEntityTypeConfiguration<SignInPolicy>
{
    public void Configure(EntityTypeBuilder<Administrator> builder)
    {
        builder.ToTable("Administrators").IsAudited();
        builder.Property(a => a.Email).HasMaxLength(Administrator.MaxEmail).IsPersonal();
        builder.Property(a => a.Name).HasMaxLength(Administrator.MaxName);
        builder.Property(a => a.PasswordHash).HasMaxLength(256).IsSecret();
        builder.Property(a => a.SecurityStamp).HasMaxLength(64).IsBookkeeping();
        builder.Property(a => a.AuthenticatorKey).IsSecret();
        builder.Property(a => a.AccessFailedCount).IsBookkeeping();
        builder.Property(a => a.LockoutEnd).IsBookkeeping();
        builder.Property(a => a.LastTotpStep).IsBookkeeping();
        builder.Property(a => a.CreatedAt).IsBookkeeping();
        builder.Property(a => a.LastSignInAt).IsBookkeeping();
        builder.Property(a => a.Version).IsConcurrencyToken().IsBookkeeping();
        builder.HasIndex(a => a.Email).IsUnique();
    }

    public void Configure(EntityTypeBuilder<AdministratorGrant> builder)
    {
        builder.ToTable("AdministratorGrants").IsAudited();
        builder.HasIndex(g => new { g.AdministratorId, g.ProjectId }).IsUnique();
        builder.HasOne<Administrator>().WithMany().HasForeignKey(g => g.AdministratorId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Project>().WithMany().HasForeignKey(g => g.ProjectId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<AdministratorRecoveryCode> builder)
    {
        builder.ToTable("AdministratorRecoveryCodes").IsAudited();
        builder.Property(c => c.Hash).HasMaxLength(Tokens.HashBytes).IsSecret();
        builder.HasIndex(c => new { c.AdministratorId, c.Hash }).IsUnique();
        builder.HasOne<Administrator>().WithMany().HasForeignKey(c => c.AdministratorId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<SignInPolicy> builder)
    {
        builder.ToTable("SignInPolicies").IsAudited();
        builder.Property(p => p.Version).IsConcurrencyToken().IsBookkeeping();
    }
}
