using System.Collections.Concurrent;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Overview;

/// <summary>
/// Counts over whole tables. In a small environment they are taken anew each time, so that a newcomer sees the first user
/// appear; from <see cref="Many"/> users on they are good for a minute, for whoever looks.
/// </summary>
internal sealed class WholeCounts
{
    private const int Many = 50_000;

    private static readonly TimeSpan Good = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<EnvironmentId, Taken> _taken = new();

    public async Task<(long Users, long Sessions)> GetAsync(ConsoleDb db, CancellationToken cancellation)
    {
        var now = db.Now;
        if (_taken.TryGetValue(db.EnvironmentId, out var taken) && now < taken.Until)
        {
            return (taken.Users, taken.Sessions);
        }

        var users = await db.Set<User>().LongCountAsync(cancellation);
        var sessions = await db.Set<Session>().LongCountAsync(s => s.EndedAt == null && s.RefreshExpiresAt > now, cancellation);
        if (users >= Many)
        {
            _taken[db.EnvironmentId] = new(users, sessions, now + Good);
        }

        return (users, sessions);
    }

    private sealed record Taken(long Users, long Sessions, DateTimeOffset Until);
}
