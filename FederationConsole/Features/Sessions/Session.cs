using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Sessions;

public enum SessionEnd
{
    LoggedOut = 1,
    /// <summary>A new login with the same <c>resource</c> took its place.</summary>
    Replaced = 2,
    EndedByAdministrator = 3,
    UserDisabled = 4,
    /// <summary>A refresh token came a second time: whoever holds it, one of two is a thief (RFC 9700 4.14.2).</summary>
    RefreshTokenReused = 5,
    PasswordChanged = 6,
    /// <summary>An administrator merged the user into another, or undid that.</summary>
    Merged = 7,
    /// <summary>The vendor whose account signed in says that its refresh token is over, or that the person took the grant back (seed 003).</summary>
    VendorRevoked = 8,
    /// <summary>The auth_code that it was made for came a second time (RFC 6749, 4.1.2).</summary>
    CodeReused = 10,
}

/// <summary>
/// One login and all tokens that follow from it: a token family is one row, whose hashes each refresh replaces. Tokens
/// are kept only as SHA-256.
/// </summary>
public sealed class Session : IEnvironmentOwned
{
    public SessionId Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public UserId UserId { get; init; }

    /// <summary>The app that the login named, or 0.</summary>
    public AppId AppId { get; init; }

    /// <summary>The source that vouched for the login, as seed 002 numbers them; 0 for a way of our own.</summary>
    public int Source { get; init; }

    /// <summary>Seed 002's 用户登录源: a new login with the same one ends the old; empty: sessions live side by side.</summary>
    public string Resource { get; init; } = "";

    public required byte[] AccessHash { get; set; }
    public DateTimeOffset AccessExpiresAt { get; set; }
    public required byte[] RefreshHash { get; set; }
    public DateTimeOffset RefreshExpiresAt { get; set; }

    /// <summary>Seed 002's 用户认证码: redeemed once, in the session it was issued with.</summary>
    public required byte[] AuthorizeHash { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? RefreshedAt { get; set; }

    /// <summary>Where the login came from: IP address and user agent.</summary>
    public string? Address { get; init; }
    public string? Client { get; init; }

    public DateTimeOffset? EndedAt { get; set; }
    public SessionEnd? EndReason { get; set; }
}

/// <summary>A refresh token that was used. Seen again, it ends its session.</summary>
public sealed class SpentRefreshToken : IEnvironmentOwned
{
    public required byte[] Hash { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public SessionId SessionId { get; init; }
    public DateTimeOffset SpentAt { get; init; }
}

internal sealed class SessionMapping : IEntityTypeConfiguration<Session>, IEntityTypeConfiguration<SpentRefreshToken>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("Sessions");
        builder.Property(s => s.Resource).HasMaxLength(64);
        builder.Property(s => s.Address).HasMaxLength(64);
        builder.Property(s => s.Client).HasMaxLength(256);
        builder.HasIndex(s => new { s.EnvironmentId, s.UserId });
        builder.HasOne<Accounts.User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<SpentRefreshToken> builder)
    {
        builder.ToTable("SpentRefreshTokens");
        builder.HasKey(t => t.Hash);
        builder.HasIndex(t => t.SessionId);
        builder.HasOne<Session>().WithMany().HasForeignKey(t => t.SessionId).OnDelete(DeleteBehavior.Cascade);
    }
}
