using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Administrators;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.ConsoleQr;

/// <summary>The one user who confirms an administrator's sign-ins by QR. A user stands for one administrator.</summary>
public sealed class AdministratorUser
{
    public long AdministratorId { get; init; }
    public UserId UserId { get; set; }
    public DateTimeOffset BoundAt { get; set; }

    /// <summary>The user's ways in as they were when bound (<see cref="WaysIn"/>); null once they were found to differ: then bound anew, or nobody gets in.</summary>
    public byte[]? WaysHash { get; set; }
}

internal sealed class AdministratorUserMapping : IEntityTypeConfiguration<AdministratorUser>
{
    public void Configure(EntityTypeBuilder<AdministratorUser> builder)
    {
        builder.ToTable("AdministratorUsers").IsAudited();
        builder.HasKey(u => u.AdministratorId);
        builder.Property(u => u.AdministratorId).ValueGeneratedNever();
        builder.Property(u => u.WaysHash).HasMaxLength(32).IsBookkeeping();
        builder.HasIndex(u => u.UserId).IsUnique();
        builder.HasOne<Administrator>().WithMany().HasForeignKey(u => u.AdministratorId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(u => u.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
