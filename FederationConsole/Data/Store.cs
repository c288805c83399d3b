using System.Data;
using FederationConsole.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Data;

/// <summary>
/// The two verbs of the data layer. A read has its own connection and tracks nothing. A write is one transaction: all of it
/// or, when it throws or returns a <see cref="Fault"/>, nothing. Never call a third party inside a write, and never write
/// inside a write.
/// </summary>
public sealed class Store(IDbContextFactory<ConsoleDb> contexts, IWriter writer, Ids ids, TimeProvider clock)
{
    public async Task<T> ReadAsync<T>(Scope scope, Func<ConsoleDb, Task<T>> read)
    {
        await using var db = await contexts.CreateDbContextAsync();
        db.Lease(scope, ids, clock);
        return await read(db);
    }

    /// <summary>A read of several queries that must agree: whatever is committed in between, they see one moment.</summary>
    public async Task<T> ReadMomentAsync<T>(Scope scope, Func<ConsoleDb, Task<T>> read)
    {
        await using var db = await contexts.CreateDbContextAsync();
        db.Lease(scope, ids, clock);
        await using var moment = await MomentAsync(db);
        return await read(db);
    }

    /// <summary>A deferred read transaction in SQLite's WAL, which stops no writer, or repeatable read.</summary>
    internal static async Task<IAsyncDisposable> MomentAsync(ConsoleDb db)
    {
        await db.Database.OpenConnectionAsync();
        return db.Database.GetDbConnection() is SqliteConnection sqlite
            ? (await db.Database.UseTransactionAsync(sqlite.BeginTransaction(deferred: true)))!
            : await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead);
    }

    /// <summary>
    /// Runs the work against tracked entities and commits. On SQLite it waits its turn at the one writer and shares a commit
    /// with its neighbours; on PostgreSQL it is a serializable transaction of its own, <b>run again</b> when it met another,
    /// so the work must not change anything outside the database.
    /// </summary>
    /// <param name="lane">
    /// Not 0: writes of the same lane are known to meet (they count the same row), so a node sends them to PostgreSQL one after the other
    /// instead of letting them fail and run again.
    /// </param>
    public Task<T> WriteAsync<T>(Scope scope, Func<ConsoleDb, Task<T>> work, long lane = 0) => writer.WriteAsync(scope, work, lane);
}

/// <summary>How one database takes its writes.</summary>
public interface IWriter
{
    Task<T> WriteAsync<T>(Scope scope, Func<ConsoleDb, Task<T>> work, long lane);
}
