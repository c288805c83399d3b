using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Merges;

/// <summary>
/// Two users made one by an administrator. The user who is gone keeps their row, disabled and leading to the one who stays;
/// what moved is noted by key alone, so that an undo gives it back and an erasure finds no personal data here.
/// </summary>
public sealed class Merge : IEnvironmentOwned
{
    public long Id { get; init; }
    public EnvironmentId EnvironmentId { get; set; }
    public UserId StayedId { get; init; }
    public UserId GoneId { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>The administrator's name.</summary>
    public required string By { get; init; }

    public required Moved Moved { get; set; }
    public DateTimeOffset? UndoneAt { get; set; }
    public string? UndoneBy { get; set; }
}

/// <summary>What went from the one to the other.</summary>
/// <param name="Identities">Their keys.</param>
/// <param name="Further">Those among them that became further open ids of an identity that was there.</param>
/// <param name="Phone">SHA-256 of the phone that moved, or null: one that was set since is not it. The same of the next two.</param>
/// <param name="PasswordSetAt">Unix milliseconds of the password that moved.</param>
/// <param name="Pairs">Pairs that stand in for those of the user who is gone.</param>
/// <param name="Attributes">SHA-256 of each value that moved, by attribute id; null in a merge of before there were attributes.</param>
public sealed record Moved(
    IReadOnlyList<long> Identities, IReadOnlyList<long> Further, string? Phone, string? Email, string? AccountName, long? PasswordSetAt, IReadOnlyList<long> Pairs,
    IReadOnlyDictionary<string, string>? Attributes = null)
{
    public static string? Print(string? value) => value is null ? null : Convert.ToHexStringLower(Tokens.Hash(value));
}

internal sealed class MergeMapping : IEntityTypeConfiguration<Merge>
{
    public void Configure(EntityTypeBuilder<Merge> builder)
    {
        builder.ToTable("Merges");
        builder.Property(m => m.By).HasMaxLength(128);
        builder.Property(m => m.UndoneBy).HasMaxLength(128);
        builder.Property(m => m.Moved).IsJson();
        builder.HasIndex(m => new { m.EnvironmentId, m.Id });
        // A user is gone once at a time.
        builder.HasIndex(m => new { m.EnvironmentId, m.GoneId }).IsUnique().HasFilter("\"UndoneAt\" IS NULL");
        builder.HasOne<User>().WithMany().HasForeignKey(m => m.StayedId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(m => m.GoneId).OnDelete(DeleteBehavior.Cascade);
    }
}
