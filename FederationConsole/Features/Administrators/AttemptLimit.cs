using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FederationConsole.Features.Administrators;

/// <summary>How often something was tried within a window. In the database, so that a restart or another node forgets nothing.</summary>
public sealed class AttemptCount
{
    public required string Key { get; init; }
    public DateTimeOffset WindowStart { get; set; }
    public int Count { get; set; }
}

internal sealed class AttemptCountMapping : IEntityTypeConfiguration<AttemptCount>
{
    public void Configure(EntityTypeBuilder<AttemptCount> builder)
    {
        builder.ToTable("AttemptCounts").HasKey(g => g.Key);
        builder.Property(g => g.Key).HasMaxLength(128);
        builder.HasIndex(g => g.WindowStart);
    }
}

/// <summary>
/// Limits tries at a few strong secrets (an administrator's password, the set-up code) by whatever key the caller names. Each
/// try is taken in the database before it is looked at, which the faces' guard, made for thousands of calls a second, cannot
/// afford. Lockout by account is Identity's own.
/// </summary>
internal sealed class AttemptLimit(Store store)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Takes one of <paramref name="max"/> tries a window, before the guess is looked at: a hundred guesses sent at once are
    /// then counted as a hundred.
    /// </summary>
    public Task<Outcome> TakeAsync(string key, int max) => store.WriteAsync<Outcome>(Scope.Host, async db =>
    {
        var now = db.Now;
        var row = await db.Set<AttemptCount>().FirstOrDefaultAsync(g => g.Key == key);
        if (row is null)
        {
            // Whoever starts a window sweeps those that are over, so that the table stays as small as what goes on.
            await db.Set<AttemptCount>().Where(g => g.WindowStart < now - Window).ExecuteDeleteAsync();
            db.Add(new AttemptCount { Key = key, WindowStart = now, Count = 1 });
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
        await db.Set<AttemptCount>().Where(g => g.Key == key).ExecuteDeleteAsync();
        return Outcome.Done;
    });
}
