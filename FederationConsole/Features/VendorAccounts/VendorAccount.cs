using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.VendorAccounts;

/// <summary>How the vendor's token address is asked: seed 003 says POST, older guides of the same platform GET.</summary>
public enum TokenMethod
{
    Post = 1,
    Get = 2,
}

/// <summary>三方自有账号对接 (seed 003): the vendor's account system behind one app in one environment, where we are the OAuth2 client.</summary>
public sealed class VendorAccount : IEnvironmentOwned
{
    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public AppId AppId { get; init; }
    public bool Enabled { get; set; }

    /// <summary>访问/刷新 URL; absolute, or a path of this host.</summary>
    public required string TokenUrl { get; set; }

    /// <summary>Getuserinfo URL; absolute, or a path of this host.</summary>
    public required string UserInfoUrl { get; set; }

    /// <summary>appKey that the vendor gave us.</summary>
    public required string ClientId { get; set; }

    /// <summary>appSecret that the vendor gave us.</summary>
    public SealedText ClientSecret { get; set; }

    public TokenMethod TokenMethod { get; set; } = TokenMethod.Post;

    /// <summary>Seed 003's name → the vendor's, for those that differ.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; set; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether a mobile of the vendor's answer counts as verified (faces.md).</summary>
    public bool MobileVerified { get; set; }

    public DateTimeOffset? VerifiedAt { get; set; }

    /// <summary>The <see cref="Version"/> on which a test passed; 0: none.</summary>
    public int VerifiedVersion { get; set; }

    public int Version { get; set; }

    /// <summary>A test passed on what is saved now.</summary>
    public bool IsVerified => VerifiedVersion != 0 && VerifiedVersion == Version;
}

/// <summary>What the vendor granted for one session of ours: by it the vendor is asked when the session is renewed. Goes with its session.</summary>
public sealed class VendorGrant : IEnvironmentOwned
{
    public SessionId SessionId { get; init; }
    public EnvironmentId EnvironmentId { get; set; }

    /// <summary>Whose vendor it is.</summary>
    public AppId AppId { get; init; }

    /// <summary>The vendor's id of the person.</summary>
    public required string OpenId { get; init; }

    /// <summary>The vendor's refresh token; null where the vendor gave none: such a session is not renewed.</summary>
    public SealedText? RefreshToken { get; set; }

    public DateTimeOffset At { get; set; }
}

internal sealed class VendorAccountMapping : IEntityTypeConfiguration<VendorAccount>, IEntityTypeConfiguration<VendorGrant>
{
    public void Configure(EntityTypeBuilder<VendorAccount> builder)
    {
        builder.ToTable("VendorAccounts").IsAudited();
        builder.Ignore(v => v.IsVerified);
        builder.Property(v => v.TokenUrl).HasMaxLength(VendorRules.MaxAddress);
        builder.Property(v => v.UserInfoUrl).HasMaxLength(VendorRules.MaxAddress);
        builder.Property(v => v.ClientId).HasMaxLength(VendorRules.MaxClientId);
        builder.Property(v => v.ClientSecret).IsSecret();
        builder.Property(v => v.Fields).IsJson();
        builder.Property(v => v.VerifiedVersion).IsBookkeeping();
        builder.Property(v => v.Version).IsConcurrencyToken().IsBookkeeping();
        builder.HasIndex(v => new { v.EnvironmentId, v.AppId }).IsUnique();
        builder.HasOne<ProjectEnvironment>().WithMany().HasForeignKey(v => v.EnvironmentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<App>().WithMany().HasForeignKey(v => v.AppId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<VendorGrant> builder)
    {
        builder.ToTable("VendorGrants");
        builder.HasKey(g => g.SessionId);
        builder.Property(g => g.OpenId).HasMaxLength(VendorRules.MaxOpenId);
        // An erased user's sessions go, and these with them.
        builder.HasOne<Session>().WithOne().HasForeignKey<VendorGrant>(g => g.SessionId).OnDelete(DeleteBehavior.Cascade);
    }
}
