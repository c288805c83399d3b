using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using FederationConsole.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Data;

/// <summary>
/// SQLite takes one writer at a time; writers that compete for it wait for seconds (quality.md). So one loop takes what is
/// waiting, runs each in a savepoint of its own inside one transaction, commits once, and then answers each caller:
/// many durable writes for the price of one, and one caller's failure rolls back nobody else.
/// </summary>
internal sealed partial class SqliteWriter(
    DbContextOptions<ConsoleDb> contextOptions,
    DatabaseOptions options,
    Signals signals,
    Ids ids,
    TimeProvider clock,
    ILogger<SqliteWriter> logger) : BackgroundService, IWriter
{
    /// <summary>How many writes may share a commit: bounds how long the first of them waits.</summary>
    private const int MaxGroup = 256;

    /// <summary>How long a group waits for company, if the one before it had some: a fast disk would else commit each write by itself.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// Set on the writing connection: 64 MiB of pages, since the indexes that a login touches are touched at random, and a checkpoint
    /// every 32 MiB of log, since a page that was changed often in between is then copied back once.
    /// </summary>
    private const string Tuning = "PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=8192; PRAGMA synchronous=";

    private readonly Channel<Job> _waiting = Channel.CreateBounded<Job>(new BoundedChannelOptions(10_000) { SingleReader = true });
    private readonly List<Job> _group = new(MaxGroup);
    private ConsoleDb? _db;
    private SqliteConnection? _connection;
    private SqliteCommand? _begin;
    private SqliteCommand? _release;
    private SqliteCommand? _undo;
    private SqliteCommand? _lookOutside;
    private long? _dataVersion;

    public async Task<T> WriteAsync<T>(Scope scope, Func<ConsoleDb, Task<T>> work, long lane)
    {
        var job = new Job<T>(scope, work);
        await _waiting.Writer.WriteAsync(job);
        return await job.Answer;
    }

    /// <summary>
    /// A thread of its own: while it waits for the disk, the pool's threads go on and fill the next group. On a pool thread the
    /// wait would take one of few away, and each write would be a group by itself.
    /// </summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => Loop(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Loop(CancellationToken stopping)
    {
        // Work already accepted is finished on a graceful stop: the loop ends when the channel is empty.
        using var stop = stopping.Register(() => _waiting.Writer.TryComplete());
        using var watch = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        var watching = WatchAsync(watch);
        while (_waiting.Reader.WaitToReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult())
        {
            if (_group.Count > 1)
            {
                Thread.Sleep(Linger);
            }

            _group.Clear();
            while (_group.Count < MaxGroup && _waiting.Reader.TryRead(out var job))
            {
                _group.Add(job);
            }

            RunGroupAsync().GetAwaiter().GetResult();
        }

        watch.Dispose();
        watching.GetAwaiter().GetResult();
        CloseAsync().GetAwaiter().GetResult();
    }

    private async Task RunGroupAsync()
    {
        try
        {
            await OpenAsync();
            await using var transaction = _connection!.BeginTransaction(IsolationLevel.Serializable, deferred: false);
            await _db!.Database.UseTransactionAsync(transaction);
            (_begin!.Transaction, _release!.Transaction, _undo!.Transaction, _lookOutside!.Transaction) = (transaction, transaction, transaction, transaction);
            var outside = WroteOutside();
            foreach (var job in _group)
            {
                await RunInSavepointAsync(job);
            }

            await transaction.CommitAsync();
            await _db.Database.UseTransactionAsync(null);
            if (outside)
            {
                await signals.PublishAsync(Signal.Reset);
            }
        }
        catch (Exception exception)
        {
            // A commit that failed (disk full, I/O error) is nobody's success: each caller hears of it.
            GroupFailed(exception, _group.Count);
            foreach (var job in _group)
            {
                job.Fail(exception);
            }

            await CloseAsync();
        }

        foreach (var job in _group)
        {
            foreach (var signal in job.Signals)
            {
                await signals.PublishAsync(signal);
            }

            job.Reply();
        }
    }

    private async Task RunInSavepointAsync(Job job)
    {
        _begin!.ExecuteNonQuery();
        try
        {
            _db!.Lease(job.Scope, ids, clock);
            if (await job.RunAsync(_db))
            {
                _release!.ExecuteNonQuery();
                return;
            }
        }
        catch (Exception exception)
        {
            job.Fail(exception);
        }

        _undo!.ExecuteNonQuery();
        _release!.ExecuteNonQuery();
    }

    [SuppressMessage("Security", "CA2100", Justification = "Constants of this class.")]
    private SqliteCommand Prepare(string sql)
    {
        var command = _connection!.CreateCommand();
        command.CommandText = sql;
        command.Prepare();
        return command;
    }

    /// <summary>
    /// The command line (import) may write the same file from another process. This connection makes every write of this
    /// process, so a data_version that moved tells of somebody else's.
    /// </summary>
    private bool WroteOutside()
    {
        var version = (long)_lookOutside!.ExecuteScalar()!;
        var outside = _dataVersion is { } last && last != version;
        _dataVersion = version;
        return outside;
    }

    private async Task WatchAsync(PeriodicTimer timer)
    {
        while (await timer.WaitForNextTickAsync())
        {
            // An idle host looks too: an empty group does nothing but read the version.
            _waiting.Writer.TryWrite(new Job<bool>(Scope.Host, _ => Task.FromResult(true)));
        }
    }

    private async Task OpenAsync()
    {
        if (_db is not null)
        {
            return;
        }

        _connection = new SqliteConnection(options.ConnectionString);
        await _connection.OpenAsync();
        await using (var tuning = Prepare(Tuning + options.Synchronous.ToString().ToUpperInvariant()))
        {
            tuning.ExecuteNonQuery();
        }

        // Run for every write, so made once: each keeps its compiled statement.
        (_begin, _release, _undo, _lookOutside) = (Prepare("SAVEPOINT job"), Prepare("RELEASE job"), Prepare("ROLLBACK TO job"), Prepare("PRAGMA data_version"));
        _db = new ConsoleDb(contextOptions);
        _db.Database.SetDbConnection(_connection);
        _db.Database.AutoSavepointsEnabled = false;
        _db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        _dataVersion = null;
    }

    private async Task CloseAsync()
    {
        if (_db is not null)
        {
            await _db.DisposeAsync();
            foreach (var command in (SqliteCommand[])[_begin!, _release!, _undo!, _lookOutside!])
            {
                await command.DisposeAsync();
            }

            await _connection!.DisposeAsync();
            (_db, _connection) = (null, null);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A commit of {Count} writes failed; every caller was told")]
    private partial void GroupFailed(Exception exception, int count);

    private abstract class Job(Scope scope)
    {
        public Scope Scope => scope;

        public IReadOnlyList<Signal> Signals { get; protected set; } = [];

        /// <summary>False when the work returned a fault: it is to be rolled back.</summary>
        public abstract Task<bool> RunAsync(ConsoleDb db);

        public abstract void Fail(Exception exception);

        /// <summary>After the commit alone: a caller never hears of what may yet be lost.</summary>
        public abstract void Reply();
    }

    private sealed class Job<T>(Scope scope, Func<ConsoleDb, Task<T>> work) : Job(scope)
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Exception? _failure;
        private T _result = default!;

        public Task<T> Answer => _answer.Task;

        public override async Task<bool> RunAsync(ConsoleDb db)
        {
            _result = await work(db);
            if (_result is IOutcome { Fault: not null })
            {
                return false;
            }

            Signals = await db.FinishAsync(CancellationToken.None);
            return true;
        }

        public override void Fail(Exception exception)
        {
            _failure ??= exception;
            Signals = [];
        }

        public override void Reply()
        {
            if (_failure is null)
            {
                _answer.TrySetResult(_result);
            }
            else
            {
                _answer.TrySetException(_failure);
            }
        }
    }
}
