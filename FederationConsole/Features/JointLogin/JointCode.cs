using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.JointLogin;

/// <summary>
/// A user's login code (seed 000, usercode): for one autoLogin of one user by one app, once, within five minutes. Kept for a while after
/// that, so that an administrator sees what became of it.
/// </summary>
public sealed class JointCode : IEnvironmentOwned
{
    /// <summary>model.md, Sessions.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public AppId AppId { get; init; }
    public UserId UserId { get; init; }
    public required byte[] Hash { get; init; }

    /// <summary>The administrator who made it by the console; null when the app's server did.</summary>
    public string? Administrator { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RedeemedAt { get; set; }

    /// <summary>Where the browser was that redeemed it.</summary>
    public string? Address { get; set; }

    /// <summary>The session that it became, kept by our own pages and handed to the website.</summary>
    public SessionId? SessionId { get; set; }

    /// <summary>The website (its origin) that took a session of its own for that one, and that session.</summary>
    public string? Site { get; set; }
    public SessionId? SiteSessionId { get; set; }
}

internal sealed class JointCodeMapping : IEntityTypeConfiguration<JointCode>
{
    public void Configure(EntityTypeBuilder<JointCode> builder)
    {
        builder.ToTable("JointCodes");
        builder.Property(c => c.Administrator).HasMaxLength(128);
        builder.Property(c => c.Address).HasMaxLength(64);
        builder.Property(c => c.Site).HasMaxLength(300);
        builder.HasIndex(c => c.Hash).IsUnique();
        builder.HasIndex(c => new { c.EnvironmentId, c.Id });
        builder.HasIndex(c => c.UserId);
        builder.HasIndex(c => c.SessionId).HasFilter("\"SessionId\" IS NOT NULL");
        builder.HasIndex(c => c.SiteSessionId).HasFilter("\"SiteSessionId\" IS NOT NULL");
        builder.HasOne<Accounts.User>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
