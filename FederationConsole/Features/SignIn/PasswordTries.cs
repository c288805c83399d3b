using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.SignIn;

/// <summary>
/// Wrong passwords of one account: five in a minute lock it for five minutes (faces.md, 4001061), whether there is such an
/// account or not. In the database, so that neither a restart nor another node forgets.
/// </summary>
public sealed class PasswordTries : IEnvironmentOwned
{
    public const int MaxInWindow = 5;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(5);

    public EnvironmentId EnvironmentId { get; set; }

    /// <summary>The user's id, or for nobody's phone or e-mail its SHA-256.</summary>
    public required string Account { get; init; }

    public DateTimeOffset WindowStart { get; set; }
    public int Count { get; set; }
    public DateTimeOffset? LockedUntil { get; set; }

    /// <param name="user">Null where the name leads to nobody.</param>
    /// <param name="name">The phone or e-mail that was typed.</param>
    public static string Key(UserId? user, string name) => user?.ToString() ?? Convert.ToHexStringLower(Tokens.Hash(name));

    /// <summary>The fault while it is locked.</summary>
    public static async Task<Fault?> RefuseAsync(ConsoleDb db, string account) =>
        await db.Set<PasswordTries>().Where(t => t.Account == account).Select(t => t.LockedUntil).FirstOrDefaultAsync() is { } until && until > db.Now
            ? new Fault(FaultKind.Locked) { RetryAfter = until - db.Now }
            : null;

    /// <summary>Counts a wrong password. The write must not answer with a fault, or the count is rolled back.</summary>
    public static async Task CountAsync(ConsoleDb db, string account)
    {
        var tries = await db.Set<PasswordTries>().FirstOrDefaultAsync(t => t.Account == account);
        if (tries is null)
        {
            // Whoever starts a count sweeps those that are long over, so that guessed names do not fill the table.
            var over = db.Now - LockTime - Window;
            await db.Set<PasswordTries>().Where(t => t.WindowStart < over).ExecuteDeleteAsync();
            tries = new() { Account = account, WindowStart = db.Now };
            db.Add(tries);
        }
        else if (db.Now - tries.WindowStart >= Window)
        {
            (tries.WindowStart, tries.Count) = (db.Now, 0);
        }

        tries.Count++;
        if (tries.Count >= MaxInWindow)
        {
            (tries.LockedUntil, tries.Count, tries.WindowStart) = (db.Now + LockTime, 0, db.Now + LockTime);
        }
    }

    /// <summary>The right password ends the count.</summary>
    public static Task ForgetAsync(ConsoleDb db, string account) => db.Set<PasswordTries>().Where(t => t.Account == account).ExecuteDeleteAsync();
}

internal sealed class PasswordTriesMapping : IEntityTypeConfiguration<PasswordTries>
{
    public void Configure(EntityTypeBuilder<PasswordTries> builder)
    {
        builder.ToTable("PasswordTries");
        builder.Property(t => t.Account).HasMaxLength(64);
        builder.HasKey(t => new { t.EnvironmentId, t.Account });
        builder.HasIndex(t => new { t.EnvironmentId, t.WindowStart });
    }
}
