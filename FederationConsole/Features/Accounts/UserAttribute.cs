using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Accounts;

/// <summary>
/// What a user has of one attribute of the project's schema (seed 003, 用户属性). A value whose attribute the schema no longer has
/// stays, out of sight, so that a rollback loses nothing (model.md).
/// </summary>
public sealed class UserAttribute : IEnvironmentOwned
{
    public UserId UserId { get; init; }
    public EnvironmentId EnvironmentId { get; set; }

    /// <summary>The attribute's identifier, 1 to 32 characters.</summary>
    public required string AttributeId { get; init; }

    /// <summary>Its one canonical text, 1 to 8000 UTF-16 units; set by <see cref="Set"/>.</summary>
    public string Value { get; private set; } = "";

    /// <summary>
    /// Of <see cref="Value"/>: what the index holds, since PostgreSQL indexes no long text. Two values with one digest may differ:
    /// compare both.
    /// </summary>
    public long Digest { get; private set; }

    /// <returns>Whether anything changed.</returns>
    public bool Set(string value)
    {
        if (Value == value)
        {
            return false;
        }

        (Value, Digest) = (value, DigestOf(value));
        return true;
    }

    /// <summary>The first eight bytes of the SHA-256.</summary>
    public static long DigestOf(string value) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
}

internal sealed class UserAttributeMapping : IEntityTypeConfiguration<UserAttribute>
{
    public void Configure(EntityTypeBuilder<UserAttribute> builder)
    {
        builder.ToTable("UserAttributes").IsAudited();
        builder.HasKey(a => new { a.UserId, a.AttributeId });
        builder.Property(a => a.AttributeId).HasMaxLength(32);
        builder.Property(a => a.Value).HasMaxLength(8000).IsPersonal();
        builder.Property(a => a.Digest).IsBookkeeping();
        builder.HasIndex(a => new { a.EnvironmentId, a.AttributeId, a.Digest });
        builder.HasOne<User>().WithMany().HasForeignKey(a => a.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
