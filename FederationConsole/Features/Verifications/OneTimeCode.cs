using System.Security.Cryptography;
using System.Text;
using FederationConsole.Data;
using FederationConsole.Features.Messages;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Verifications;

/// <summary>What a code was sent for; it is good for nothing else.</summary>
public enum CodePurpose
{
    /// <summary>Registering, and binding a phone at a third-party login: seed 002 has one endpoint for both (5.1.3.1).</summary>
    Register = 1,
    ResetPassword = 2,
    /// <summary>Signing in on the phone page of a QR login.</summary>
    SignIn = 3,
}

/// <summary>
/// A code that was sent: six digits, two minutes, five tries, for one purpose and one address of one environment. The last one
/// sent is the one that counts.
/// </summary>
public sealed class OneTimeCode : IEnvironmentOwned
{
    public const int Digits = 6;
    public const int MaxTries = 5;

    /// <summary>Seed 002, 5.1.3.1: 手机验证码有效期是120秒.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(120);

    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public CodePurpose Purpose { get; init; }

    /// <summary>E.164 or a lower-case mail address.</summary>
    public required string Target { get; init; }

    /// <summary>The app that asked for it, or 0.</summary>
    public AppId AppId { get; init; }

    public required byte[] Salt { get; init; }
    public required byte[] Hash { get; init; }
    public int Tries { get; set; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RedeemedAt { get; set; }

    /// <summary>
    /// Salted and not keyed: of a million codes every hash is soon tried, with a key in the same database too. What guards a code
    /// is that it is over in two minutes and that tries are counted; the salt keeps equal codes from looking equal and makes
    /// nothing worth computing beforehand.
    /// </summary>
    public static byte[] HashOf(byte[] salt, string code) => HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(code));

    /// <summary>In a time that does not depend on where the two differ.</summary>
    public bool Matches(string code) => CryptographicOperations.FixedTimeEquals(HashOf(Salt, code), Hash);
}

internal sealed class OneTimeCodeMapping : IEntityTypeConfiguration<OneTimeCode>
{
    public void Configure(EntityTypeBuilder<OneTimeCode> builder)
    {
        builder.ToTable("OneTimeCodes");
        builder.Property(c => c.Target).HasMaxLength(MessageTarget.MaxMail);
        builder.HasIndex(c => new { c.EnvironmentId, c.Target, c.Purpose }).IsUnique();
        builder.HasIndex(c => new { c.EnvironmentId, c.ExpiresAt });
        builder.HasOne<Projects.ProjectEnvironment>().WithMany().HasForeignKey(c => c.EnvironmentId).OnDelete(DeleteBehavior.Restrict);
    }
}
