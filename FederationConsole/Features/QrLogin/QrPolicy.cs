using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.QrLogin;

/// <summary>How an app's codes behave in one environment. An app without a row has the defaults.</summary>
public sealed class QrPolicy : IEnvironmentOwned
{
    public EnvironmentId EnvironmentId { get; set; }
    public AppId AppId { get; init; }

    /// <summary>Whether the phone must pick the number that the page shows (RFC 10027: what a relayed code cannot do alone).</summary>
    public bool NumberMatching { get; set; } = true;

    /// <summary>How often a page that is left open renews its code by itself, before it waits for a click (<see cref="QrRules"/>).</summary>
    public int Refreshes { get; set; } = 2;

    public int Version { get; set; }
}

/// <summary>What seed 004's user info says of the project beside its own id, code and name. A project without a row has the defaults.</summary>
public sealed class TenantCard
{
    public const int MaxText = 64;

    public ProjectId ProjectId { get; init; }

    /// <summary>Empty: the project's own id.</summary>
    public string CustomerId { get; set; } = "";

    /// <summary>Empty: the project's own name.</summary>
    public string CustomerName { get; set; } = "";

    /// <summary>主通讯录类型: <c>erp</c> or <c>ad</c>.</summary>
    public string AddressType { get; set; } = Erp;

    /// <summary>Where <see cref="AddressType"/> is <c>erp</c>; several are separated by commas.</summary>
    public string ErpVersions { get; set; } = "";

    public int Version { get; set; }

    public const string Erp = "erp";
    public const string Ad = "ad";
}

/// <summary>The id that one app knows a user by: random, the same for good, another for every app.</summary>
public sealed class AppOpenId : IEnvironmentOwned
{
    public EnvironmentId EnvironmentId { get; set; }
    public AppId AppId { get; init; }
    public UserId UserId { get; init; }
    public required string OpenId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class QrPolicyMapping : IEntityTypeConfiguration<QrPolicy>, IEntityTypeConfiguration<TenantCard>, IEntityTypeConfiguration<AppOpenId>
{
    public void Configure(EntityTypeBuilder<QrPolicy> builder)
    {
        builder.ToTable("QrPolicies").IsAudited();
        builder.HasKey(p => new { p.AppId, p.EnvironmentId });
        builder.Property(p => p.Version).IsConcurrencyToken().IsBookkeeping();
        builder.HasOne<App>().WithMany().HasForeignKey(p => p.AppId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<TenantCard> builder)
    {
        builder.ToTable("TenantCards").IsAudited();
        builder.HasKey(c => c.ProjectId);
        builder.Property(c => c.CustomerId).HasMaxLength(TenantCard.MaxText);
        builder.Property(c => c.CustomerName).HasMaxLength(TenantCard.MaxText);
        builder.Property(c => c.AddressType).HasMaxLength(8);
        builder.Property(c => c.ErpVersions).HasMaxLength(TenantCard.MaxText);
        builder.Property(c => c.Version).IsConcurrencyToken().IsBookkeeping();
        builder.HasOne<Project>().WithMany().HasForeignKey(c => c.ProjectId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<AppOpenId> builder)
    {
        builder.ToTable("AppOpenIds");
        builder.HasKey(o => new { o.UserId, o.AppId });
        builder.Property(o => o.OpenId).HasMaxLength(40);
        builder.HasIndex(o => new { o.AppId, o.OpenId }).IsUnique();
        builder.HasOne<Accounts.User>().WithMany().HasForeignKey(o => o.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
