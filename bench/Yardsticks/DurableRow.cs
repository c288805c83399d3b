using Microsoft.EntityFrameworkCore;

namespace Yardsticks;

/// <summary>
/// What a plain ASP.NET Core application does for a durable write on SQLite: a fresh context for each request, one row,
/// one transaction, and a lock, since writers that are not queued wait for seconds.
/// </summary>
internal static class DurableRow
{
    private const string Full = "2";

    public static async Task ServeAsync(WebApplication app, string database)
    {
        var options = new DbContextOptionsBuilder<RowContext>().UseSqlite($"Data Source={database}").Options;
        await PrepareAsync(options);

        var writer = new SemaphoreSlim(1);
        app.MapPost("/v2/user_auth_third", async (Login login) =>
        {
            await writer.WaitAsync();
            try
            {
                await using var db = new RowContext(options);
                var row = db.Rows.Add(new Row { OpenId = login.open_id }).Entity;
                await db.SaveChangesAsync();
                return new Reply(row.Id);
            }
            finally
            {
                writer.Release();
            }
        });
    }

    private static async Task PrepareAsync(DbContextOptions<RowContext> options)
    {
        await using var db = new RowContext(options);
        await db.Database.EnsureCreatedAsync();
        var journal = await PragmaAsync(db, "PRAGMA journal_mode=WAL");
        var synchronous = await PragmaAsync(db, "PRAGMA synchronous");
        if (journal != "wal" || synchronous != Full)
        {
            throw new InvalidOperationException($"The yardstick must be durable, but journal_mode={journal}, synchronous={synchronous}.");
        }
    }

    private static async Task<string?> PragmaAsync(RowContext db, string pragma)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = pragma;
        return (await command.ExecuteScalarAsync())?.ToString();
    }

    private sealed record Login(string open_id);

    private sealed record Reply(long user_id);

    private sealed class Row
    {
        public long Id { get; init; }

        public required string OpenId { get; init; }
    }

    private sealed class RowContext(DbContextOptions<RowContext> options) : DbContext(options)
    {
        public DbSet<Row> Rows => Set<Row>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Row>().HasIndex(row => row.OpenId).IsUnique();
    }
}
