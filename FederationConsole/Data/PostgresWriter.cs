using System.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FederationConsole.Data;

/// <summary>
/// PostgreSQL takes writers side by side: each write is a serializable transaction of its own, run again when it met
/// another. A unique violation is run again too: the second time the work sees the row that the other one made.
/// </summary>
internal sealed partial class PostgresWriter(
    IDbContextFactory<ConsoleDb> contexts,
    Signals signals,
    PostgresSignals nodes,
    Ids ids,
    TimeProvider clock,
    ILogger<PostgresWriter> logger) : IWriter
{
    private const int MaxAttempts = 40;
    private const int MaxUniqueAttempts = 3;

    /// <summary>Lanes that share one wait for each other needlessly, and nothing worse.</summary>
    private readonly SemaphoreSlim[] _lanes = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<T> WriteAsync<T>(Scope scope, Func<ConsoleDb, Task<T>> work, long lane)
    {
        if (lane == 0)
        {
            return await WriteAsync(scope, work);
        }

        var turn = _lanes[(int)((ulong)lane % (ulong)_lanes.Length)];
        await turn.WaitAsync();
        try
        {
            return await WriteAsync(scope, work);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<T> WriteAsync<T>(Scope scope, Func<ConsoleDb, Task<T>> work)
    {
        for (int attempt = 1, unique = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(scope, work);
            }
            catch (Exception exception) when (attempt < MaxAttempts && State(exception) is { } state && MayRunAgain(state, ref unique))
            {
                RunningAgain(state, attempt);
                // Apart from each other, or the same writers meet again. Real time: a test that stops the clock must not stop a retry.
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, Math.Min(1 << Math.Min(attempt, 6), 50) + 1)), TimeProvider.System);
            }
        }
    }

    private async Task<T> TryAsync<T>(Scope scope, Func<ConsoleDb, Task<T>> work)
    {
        await using var db = await contexts.CreateDbContextAsync();
        db.Database.AutoSavepointsEnabled = false;
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable);
        db.Lease(scope, ids, clock);
        var result = await work(db);
        if (result is IOutcome { Fault: not null })
        {
            return result;
        }

        var sent = await db.FinishAsync(CancellationToken.None);
        await nodes.NotifyAsync(db, sent);
        await transaction.CommitAsync();
        foreach (var signal in sent)
        {
            await signals.PublishAsync(signal);
        }

        return result;
    }

    private static bool MayRunAgain(string state, ref int unique) => state switch
    {
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => true,
        PostgresErrorCodes.UniqueViolation => unique++ < MaxUniqueAttempts,
        _ => false,
    };

    private static string? State(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.SqlState,
        { InnerException: { } inner } => State(inner),
        _ => null,
    };

    [LoggerMessage(Level = LogLevel.Debug, Message = "A write met another ({State}); attempt {Attempt} is run again")]
    private partial void RunningAgain(string state, int attempt);
}
