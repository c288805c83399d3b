using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Accounts;

/// <summary>
/// Two users whom a third party's unionid shows to be one person (model.md, "Users, identities, linking"). Kept once, however
/// often it is seen; an administrator decides, nothing is merged silently.
/// </summary>
public sealed class UserPair : IEnvironmentOwned
{
    /// <summary>The signal's topic: a pair was found, merged or parted; the id is the pair's.</summary>
    public const string Topic = "user-pairs";

    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }

    /// <summary>The older user of the two, so that a pair has one form.</summary>
    public UserId FirstId { get; init; }
    public UserId SecondId { get; init; }

    /// <summary>Whose unionid it was, as seed 002 numbers them.</summary>
    public int Source { get; init; }

    public DateTimeOffset SeenAt { get; init; }

    /// <summary>Adds the pair unless it is known. One and the same user is no pair.</summary>
    /// <returns>The new pair's key, or null.</returns>
    public static async Task<long?> AddAsync(ConsoleDb db, UserId one, UserId other, int source)
    {
        var (first, second) = one.Value < other.Value ? (one, other) : (other, one);
        if (first == second || await db.Set<UserPair>().AnyAsync(p => p.FirstId == first && p.SecondId == second))
        {
            return null;
        }

        var pair = new UserPair { Id = db.NextId(), FirstId = first, SecondId = second, Source = source, SeenAt = db.Now };
        db.Add(pair);
        return pair.Id;
    }
}

internal sealed class UserPairMapping : IEntityTypeConfiguration<UserPair>
{
    public void Configure(EntityTypeBuilder<UserPair> builder)
    {
        builder.ToTable("UserPairs");
        builder.HasIndex(p => new { p.EnvironmentId, p.FirstId, p.SecondId }).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(p => p.FirstId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(p => p.SecondId).OnDelete(DeleteBehavior.Cascade);
    }
}
