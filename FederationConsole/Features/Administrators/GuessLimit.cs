using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Administrators;

/// <summary>How often something was tried within a window. In the database, so that a restart or another node forgets nothing.</summary>
public sealed class GuessCount
{
    public required string Key { get; init; }
    public DateTimeOffset WindowStart { get; set; }
    public int Count { get; set; }
}

internal sealed class GuessCountMapping : IEntityTypeConfiguration<GuessCount>
{
    public void Configure(EntityTypeBuilder<GuessCount> builder)
    {
        builder.ToTable("GuessCounts").HasKey(g => g.Key);
        builder.Property(g => g.Key).HasMaxLength(128);
        builder.HasIndex(g => g.WindowStart);
    }
}

/// <summary>Limits guessing by whatever key the caller names, such as an address. Lockout by account is Identity's own.</summary>
internal sealed class GuessLimit(Store store)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Takes one of <paramref name="max"/> tries a window, before the guess is looked at: a hundred guesses sent at once are
    /// then counted as a hundred.
    /// </summary>
    public Task<Outcome> TakeAsync(string key, int max) => store.WriteAsync<Outcome>(Scope.Host, async db =>
    {
        var now = db.Now;
        var row = await db.Set<GuessCount>().FirstOrDefaultAsync(g => g.Key == key);
        if (row is null)
        {
            // Whoever starts a window sweeps those that are over, so that the table stays as small as what goes on.
            await db.Set<GuessCount>().Where(g => g.WindowStart < now - Window).ExecuteDeleteAsync();
            db.Add(new GuessCount { Key = key, WindowStart = now, Count = 1 });
            return Outcome.Done;
        }

        if (row.WindowStart <= now - Window)
        {
            (row.WindowStart, row.Count) = (now, 0);
        }

        if (row.Count >= max)
        {
            return new Fault(FaultKind.TooMany) { RetryAfter = row.WindowStart + Window - now };
        }

        row.Count++;
        return Outcome.Done;
    });

    /// <summary>Forgets the tries after a good one, so that a person who mistyped does not pay for it all day.</summary>
    public Task ForgetAsync(string key) => store.WriteAsync<Outcome>(Scope.Host, async db =>
    {
        await db.Set<GuessCount>().Where(g => g.Key == key).ExecuteDeleteAsync();
        return Outcome.Done;
    });
}
