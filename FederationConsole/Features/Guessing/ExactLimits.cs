using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Guessing;

/// <summary>How much of something was taken within a window. In the database, so that a restart or another node forgets nothing.</summary>
public sealed class LimitCount
{
    /// <summary>What is counted, and for whom, such as <c>codes:12:+8613838383388</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The end of the window; a count whose window is over is nothing.</summary>
    public DateTimeOffset Until { get; set; }

    public int Count { get; set; }
}

internal sealed class LimitCountMapping : IEntityTypeConfiguration<LimitCount>
{
    public void Configure(EntityTypeBuilder<LimitCount> builder)
    {
        builder.ToTable("LimitCounts").HasKey(c => c.Key);
        builder.Property(c => c.Key).HasMaxLength(MaxKey);
        builder.HasIndex(c => c.Until);
    }

    /// <summary>A mail address of 254 and what is put before it.</summary>
    private const int MaxKey = 320;
}

/// <summary>
/// Limits that hold to the last one, by whatever key the caller names: tries at strong secrets, codes sent, money spent. Each is
/// taken in the database before what it allows is done, so that a hundred at once are counted as a hundred; the faces' guard,
/// made for thousands of calls a second, cannot afford that.
/// </summary>
public sealed class ExactLimits(Store store)
{
    /// <summary>From the first try on, for guesses at secrets.</summary>
    public static readonly TimeSpan GuessWindow = TimeSpan.FromMinutes(10);

    /// <summary>Takes one of <paramref name="max"/> tries in <see cref="GuessWindow"/>, in a write of its own: before the guess is looked at.</summary>
    public Task<Outcome> TakeAsync(string key, int max) =>
        store.WriteAsync(Scope.Host, db => TakeAsync(db, key, max, db.Now + GuessWindow));

    /// <summary>Forgets the tries after a good one, so that a person who mistyped does not pay for it all day.</summary>
    public Task ForgetAsync(string key) => store.WriteAsync<Outcome>(Scope.Host, async db =>
    {
        await db.Set<LimitCount>().Where(c => c.Key == key).ExecuteDeleteAsync();
        return Outcome.Done;
    });

    /// <summary>
    /// Takes <paramref name="amount"/> of at most <paramref name="max"/>, as part of the caller's write, which gives it back when it
    /// is undone. The fault, <see cref="FaultKind.TooMany"/>, says when to come back.
    /// </summary>
    /// <param name="until">The end of the window that begins if none is open for the key.</param>
    public static async Task<Outcome> TakeAsync(ConsoleDb db, string key, int max, DateTimeOffset until, int amount = 1)
    {
        var now = db.Now;
        var row = await db.Set<LimitCount>().FirstOrDefaultAsync(c => c.Key == key);
        if (row is null)
        {
            // Whoever starts a count sweeps those that are over, so that the table stays as small as what goes on.
            await db.Set<LimitCount>().Where(c => c.Until <= now).ExecuteDeleteAsync();
            row = new() { Key = key, Until = until };
            db.Add(row);
        }
        else if (row.Until <= now)
        {
            (row.Until, row.Count) = (until, 0);
        }

        if (row.Count > max - amount)
        {
            return new Fault(FaultKind.TooMany) { RetryAfter = row.Until - now };
        }

        row.Count += amount;
        return Outcome.Done;
    }

    /// <summary>What was taken in the open window.</summary>
    public static async Task<int> CountAsync(ConsoleDb db, string key)
    {
        var now = db.Now;
        return await db.Set<LimitCount>().Where(c => c.Key == key && c.Until > now).Select(c => c.Count).FirstOrDefaultAsync();
    }

    /// <summary>The midnight that ends the day of China, by which customers there read a bill.</summary>
    public static DateTimeOffset EndOfDay(DateTimeOffset now)
    {
        var there = now.ToOffset(TimeSpan.FromHours(8));
        return new DateTimeOffset(there.Date, there.Offset).AddDays(1).ToUniversalTime();
    }

    /// <summary>The end of the hour.</summary>
    public static DateTimeOffset EndOfHour(DateTimeOffset now) =>
        new DateTimeOffset(now.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero).AddHours(1);
}
