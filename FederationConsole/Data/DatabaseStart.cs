using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FederationConsole.Data;

/// <summary>
/// Brings the database to this version before anything else starts. Safe with two nodes (or a node and the command line)
/// starting together: one migrates, the other waits and finds nothing to do.
/// </summary>
internal sealed partial class DatabaseStart(DbContextOptions<ConsoleDb> contextOptions, DatabaseOptions options, ILogger<DatabaseStart> logger)
    : IHostedService
{
    private const int MigrationLock = 0x46434d47;

    public Task StartAsync(CancellationToken cancellationToken) => options.Provider switch
    {
        DatabaseProvider.Sqlite => MigrateSqliteAsync(cancellationToken),
        DatabaseProvider.PostgreSql => MigratePostgresAsync(cancellationToken),
    };

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task MigrateSqliteAsync(CancellationToken cancellation)
    {
        var file = new SqliteConnectionStringBuilder(options.ConnectionString).DataSource;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var alone = await LockAsync(file + ".migrating", cancellation);
        await using var db = new ConsoleDb(contextOptions);
        await db.Database.OpenConnectionAsync(cancellation);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellation);
        // EF keeps its own lock as a row, which a killed process leaves behind for ever; here nobody else can hold it.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellation);
        await ApplyAsync(db, cancellation);
    }

    private async Task MigratePostgresAsync(CancellationToken cancellation)
    {
        await using var alone = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(options.ConnectionString) { Pooling = false }.ConnectionString);
        await alone.OpenAsync(cancellation);
        await using (var wait = new NpgsqlCommand("SELECT pg_advisory_lock($1)", alone) { Parameters = { new() { Value = (long)MigrationLock } }, CommandTimeout = 0 })
        {
            await wait.ExecuteNonQueryAsync(cancellation);
        }

        await using var db = new ConsoleDb(contextOptions);
        await ApplyAsync(db, cancellation);
    }

    private async Task ApplyAsync(ConsoleDb db, CancellationToken cancellation)
    {
        var pending = (await db.Database.GetPendingMigrationsAsync(cancellation)).ToList();
        if (pending.Count > 0)
        {
            Migrating(pending.Count, pending[^1]);
            await db.Database.MigrateAsync(cancellation);
        }
    }

    /// <summary>A lock that falls with the process that holds it.</summary>
    private async Task<FileStream> LockAsync(string path, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
            {
                Waiting(path);
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellation);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Applying {Count} migrations up to {Last}")]
    private partial void Migrating(int count, string last);

    [LoggerMessage(Level = LogLevel.Information, Message = "Another process is migrating ({Lock}); waiting")]
    private partial void Waiting(string @lock);
}
