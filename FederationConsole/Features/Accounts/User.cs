using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Accounts;

/// <summary>
/// One person in one environment: C端App用户 in seed 002, account in seed 000, wzs_user in seed 004.
/// Phone, e-mail and account name are each unique in the environment.
/// </summary>
public sealed class User : IEnvironmentOwned
{
    /// <summary>Seed 002's user_id: a number below 2^53.</summary>
    public UserId Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }

    /// <summary>Seed 000's AccountId.</summary>
    public Guid AccountId { get; init; }

    public string? AccountName { get; set; }

    /// <summary>E.164, such as <c>+8613838383388</c>.</summary>
    public string? Phone { get; set; }

    /// <summary>Of <see cref="Phone"/>, such as <c>+86</c>: where the country's number ends is not to be seen from E.164 alone.</summary>
    public string? PhoneZone { get; set; }

    /// <summary>Lower case.</summary>
    public string? Email { get; set; }

    public string? Nickname { get; set; }
    public string? AvatarUrl { get; set; }

    /// <summary>0 unknown, 1 male, 2 female.</summary>
    public int Gender { get; set; }

    /// <summary>What <see cref="Origin"/> says of one who registered with us.</summary>
    public const int OwnOrigin = 0;

    /// <summary>The source of a vendor's own accounts (seed 003, 三方自有账号对接): a number of ours, above all of seed 002's.</summary>
    public const int VendorOrigin = 100;

    /// <summary>The source that made the user, as seed 002 numbers them; <see cref="OwnOrigin"/> for one who registered with us.</summary>
    public int Origin { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>
    /// The user who goes on as this person since the two were merged; null otherwise. What conflicted at the merge (a second
    /// phone, an identity of a source that both had) stays with this row and leads there.
    /// </summary>
    public UserId? MergedInto { get; set; }

    public int Version { get; set; }

    /// <summary>Seed 002 shows national numbers: without the zone.</summary>
    public string? NationalPhone => Phone is { } phone && PhoneZone is { } zone ? phone[zone.Length..] : null;
}

/// <summary>
/// A third party's id bound to a user. A user has at most one of a source, an identity at most one user. Where a third party
/// knows one account under several open ids (WeChat and QQ: one an app; the unionid tells), the others are further ones of it.
/// </summary>
public sealed class Identity : IEnvironmentOwned
{
    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public UserId UserId { get; set; }

    /// <summary>As seed 002 numbers them.</summary>
    public int Source { get; init; }

    /// <summary>Whose open id it is where a third party gives one an app (WeChat, QQ): that app's id; empty elsewhere.</summary>
    public string Issuer { get; init; } = "";

    public required string OpenId { get; init; }

    /// <summary>One a developer, where the third party has it.</summary>
    public string? UnionId { get; set; }

    /// <summary>Another open id of an account that is bound already: it signs in, and is not counted as a second identity.</summary>
    public bool IsFurther { get; set; }

    public string? Nickname { get; set; }
    public DateTimeOffset BoundAt { get; init; }
}

/// <summary>A password, hashed as ASP.NET Core Identity does (PBKDF2).</summary>
public sealed class PasswordCredential : IEnvironmentOwned
{
    public UserId UserId { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public required string Hash { get; set; }
    public DateTimeOffset SetAt { get; set; }
}

internal sealed class UserMapping :
    IEntityTypeConfiguration<User>, IEntityTypeConfiguration<Identity>, IEntityTypeConfiguration<PasswordCredential>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("Users").IsAudited();
        builder.Ignore(u => u.NationalPhone);
        builder.Property(u => u.AccountId).IsBookkeeping();
        builder.Property(u => u.AccountName).HasMaxLength(64).IsPersonal();
        builder.Property(u => u.Phone).HasMaxLength(20).IsPersonal();
        builder.Property(u => u.PhoneZone).HasMaxLength(6).IsBookkeeping();
        builder.Property(u => u.Email).HasMaxLength(254).IsPersonal();
        builder.Property(u => u.Nickname).HasMaxLength(64).IsPersonal();
        builder.Property(u => u.AvatarUrl).HasMaxLength(1024).IsPersonal();
        builder.Property(u => u.CreatedAt).IsBookkeeping();
        builder.Property(u => u.Version).IsConcurrencyToken().IsBookkeeping();
        builder.HasIndex(u => u.AccountId).IsUnique();
        Unique(nameof(User.Phone));
        Unique(nameof(User.Email));
        Unique(nameof(User.AccountName));
        builder.HasIndex(u => new { u.EnvironmentId, u.Nickname });
        builder.HasIndex(u => new { u.EnvironmentId, u.Id });
        // What the console's list filters by, in the list's own order.
        builder.HasIndex(u => new { u.EnvironmentId, u.Origin, u.Id });
        builder.HasIndex(u => new { u.EnvironmentId, u.Id }, "IX_Users_Disabled").HasFilter("\"DisabledAt\" IS NOT NULL");
        builder.HasIndex(u => new { u.EnvironmentId, u.Origin, u.Id }, "IX_Users_DisabledOfOrigin").HasFilter("\"DisabledAt\" IS NOT NULL");
        builder.HasIndex(u => new { u.EnvironmentId, u.MergedInto }).HasFilter("\"MergedInto\" IS NOT NULL");
        builder.HasOne<Projects.ProjectEnvironment>().WithMany().HasForeignKey(u => u.EnvironmentId).OnDelete(DeleteBehavior.Restrict);

        // Partial: most users have none of these, and an index pays for each row that it holds.
        void Unique(string property) =>
            builder.HasIndex(nameof(User.EnvironmentId), property).IsUnique().HasFilter($"\"{property}\" IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<Identity> builder)
    {
        builder.ToTable("Identities").IsAudited();
        builder.Property(i => i.Issuer).HasMaxLength(64);
        builder.Property(i => i.OpenId).HasMaxLength(128).IsPersonal();
        builder.Property(i => i.UnionId).HasMaxLength(128).IsPersonal();
        builder.Property(i => i.Nickname).HasMaxLength(64).IsPersonal();
        builder.Property(i => i.BoundAt).IsBookkeeping();
        builder.HasIndex(i => new { i.EnvironmentId, i.OpenId, i.Source, i.Issuer }).IsUnique();
        builder.HasIndex(i => new { i.EnvironmentId, i.UserId, i.Source }).IsUnique().HasFilter("NOT \"IsFurther\"");
        builder.HasIndex(i => new { i.EnvironmentId, i.Source, i.UnionId }).HasFilter("\"UnionId\" IS NOT NULL");
        builder.HasOne<User>().WithMany().HasForeignKey(i => i.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<PasswordCredential> builder)
    {
        builder.ToTable("PasswordCredentials").IsAudited();
        builder.HasKey(p => p.UserId);
        builder.Property(p => p.Hash).HasMaxLength(256).IsSecret();
        builder.HasOne<User>().WithOne().HasForeignKey<PasswordCredential>(p => p.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
