using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Accounts;

/// <summary>
/// What an app's server said of a user whom it made (seed 000, createForClient) and what has no place elsewhere. A user without a
/// row has verified contacts.
/// </summary>
public sealed class AccountDetail : IEnvironmentOwned
{
    public UserId UserId { get; init; }
    public EnvironmentId EnvironmentId { get; set; }

    /// <summary>Seed 000's EnumAccountSourceType, 0 to 9.</summary>
    public int Source { get; init; }

    /// <summary>
    /// The phone (E.164), if nobody has proved yet that it is this user's: it signs in with the password, and no third party's word leads
    /// from it to this account. Counts while it is the user's phone.
    /// </summary>
    public string? UnverifiedPhone { get; set; }

    /// <summary>The same of the e-mail (lower case).</summary>
    public string? UnverifiedEmail { get; set; }

    /// <summary>As part of the write that redeemed a code sent there: from now on the address is known to be this user's.</summary>
    /// <param name="address">E.164 or lower-case e-mail.</param>
    public static async Task ProveAsync(ConsoleDb db, UserId user, string address)
    {
        await db.Set<AccountDetail>().Where(d => d.UserId == user && d.UnverifiedPhone == address).ExecuteUpdateAsync(set => set.SetProperty(d => d.UnverifiedPhone, (string?)null));
        await db.Set<AccountDetail>().Where(d => d.UserId == user && d.UnverifiedEmail == address).ExecuteUpdateAsync(set => set.SetProperty(d => d.UnverifiedEmail, (string?)null));
    }
}

internal sealed class AccountDetailMapping : IEntityTypeConfiguration<AccountDetail>
{
    public void Configure(EntityTypeBuilder<AccountDetail> builder)
    {
        builder.ToTable("AccountDetails").IsAudited();
        builder.HasKey(d => d.UserId);
        builder.Property(d => d.UnverifiedPhone).HasMaxLength(20).IsPersonal();
        builder.Property(d => d.UnverifiedEmail).HasMaxLength(254).IsPersonal();
        builder.HasOne<User>().WithOne().HasForeignKey<AccountDetail>(d => d.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
