using System.Collections.Concurrent;
using System.Collections.Frozen;
using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FederationConsole.Features.Guessing;

/// <summary>
/// Guards tokens, corp ids, app keys and passwords against guessing: an address that is wrong too often in a minute is refused until
/// the minute is over. A call that is right costs one look into a small dictionary. Counts are added to the database every
/// two seconds, where the other nodes find them and a restart does too.
/// </summary>
public sealed partial class GuessGuard(Store store, IOptions<GuessOptions> options, TimeProvider clock, ILogger<GuessGuard> logger)
    : PeriodicWork(Period, clock)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private static readonly FrozenSet<FaultKind> Guesses = FrozenSet.Create(
        FaultKind.UnknownCorp, FaultKind.UnknownApp, FaultKind.ThirdPartyFailed, FaultKind.TokenUnknown,
        FaultKind.RefreshTokenUnknown, FaultKind.RefreshTokenSpent, FaultKind.PasswordWrong, FaultKind.NotFound,
        FaultKind.UnknownMeeting, FaultKind.InvitationRefused);

    private readonly int _limit = options.Value.FailuresPerMinute;
    private ConcurrentDictionary<(DateTimeOffset Minute, string Address), Tally> _pending = new();
    private FrozenDictionary<(DateTimeOffset Minute, string Address), int> _stored = FrozenDictionary<(DateTimeOffset, string), int>.Empty;

    /// <summary>A fault that says when to come back, or null.</summary>
    public Fault? Refuse(string? address)
    {
        if (_pending.IsEmpty && _stored.Count == 0)
        {
            return null;
        }

        var now = Clock.GetUtcNow();
        var key = (Minute(now), address ?? "");
        var count = _stored.GetValueOrDefault(key) + (_pending.TryGetValue(key, out var own) ? Volatile.Read(ref own.Count) : 0);
        return count < _limit ? null : new Fault(FaultKind.TooMany) { RetryAfter = key.Item1.AddMinutes(1) - now };
    }

    /// <summary>Told of every fault of every face; counts those that a guess would meet.</summary>
    public void Count(string? address, FaultKind fault)
    {
        if (Guesses.Contains(fault))
        {
            Interlocked.Increment(ref _pending.GetOrAdd((Minute(Clock.GetUtcNow()), address ?? ""), static _ => new()).Count);
        }
    }

    /// <summary>Adds this node's counts to the database and reads everybody's of this minute.</summary>
    public async Task ExchangeAsync()
    {
        var minute = Minute(Clock.GetUtcNow());
        var taken = Interlocked.Exchange(ref _pending, new());
        if (!taken.IsEmpty)
        {
            await store.WriteAsync(Scope.Host, db => AddAsync(db, taken, minute));
        }

        var stored = await store.ReadAsync(Scope.Host, db => db.Set<FailureCount>().Where(c => c.Minute == minute).ToListAsync());
        _stored = stored.ToFrozenDictionary(c => (c.Minute, c.Address), c => c.Count);
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ExchangeAsync();
        await base.StartAsync(cancellationToken);
    }

    protected override Task RoundAsync(CancellationToken stop) => ExchangeAsync();

    // Without the database each node still guards by its own counts of the last round.
    protected override void RoundFailed(Exception exception) => ExchangeFailed(exception);

    private static DateTimeOffset Minute(DateTimeOffset now) => new(now.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);

    private static async Task<Outcome> AddAsync(ConsoleDb db, ConcurrentDictionary<(DateTimeOffset Minute, string Address), Tally> taken, DateTimeOffset current)
    {
        await db.Set<FailureCount>().Where(c => c.Minute < current).ExecuteDeleteAsync();
        foreach (var ((minute, address), own) in taken.Where(t => t.Key.Minute == current))
        {
            var row = await db.Set<FailureCount>().FirstOrDefaultAsync(c => c.Minute == minute && c.Address == address);
            if (row is null)
            {
                row = new() { Address = address, Minute = minute };
                db.Add(row);
            }

            row.Count += Volatile.Read(ref own.Count);
        }

        return Outcome.Done;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Counts of failed tries were not exchanged with the database")]
    private partial void ExchangeFailed(Exception exception);

    private sealed class Tally
    {
        public int Count;
    }
}

public static class GuessRegistration
{
    public static void AddGuessing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GuessOptions>().Bind(configuration.GetSection(GuessOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ExactLimits>();
        services.AddSingleton<GuessGuard>();
        services.AddHostedService(provider => provider.GetRequiredService<GuessGuard>());
    }
}
