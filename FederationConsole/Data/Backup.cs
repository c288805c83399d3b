using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace FederationConsole.Data;

/// <summary>
/// A consistent copy of a running host's database: a zip with one file a table, a JSON array a row, and the name of the
/// last migration. The form is the same for both databases, so a copy of one can be restored into the other.
/// It holds the data protection keys and every hash: keep it as you keep the database.
/// </summary>
internal sealed class Backup(DbContextOptions<ConsoleDb> contextOptions)
{
    private const string VersionEntry = "version";

    public async Task<long> WriteAsync(Stream target)
    {
        await using var db = new ConsoleDb(contextOptions);
        await using var moment = await Store.MomentAsync(db);
        using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        await using (var version = zip.CreateEntry(VersionEntry).Open())
        {
            await JsonSerializer.SerializeAsync(version, (await db.Database.GetAppliedMigrationsAsync()).Last());
        }

        var rows = 0L;
        foreach (var table in Tables(db))
        {
            await using var entry = zip.CreateEntry(table.Name + ".jsonl", CompressionLevel.Fastest).Open();
            await using var writer = new StreamWriter(entry);
            await using var command = Command(db, $"SELECT {Names(table)} FROM \"{table.Name}\"");
            await using var reader = await command.ExecuteReaderAsync();
            var columns = Columns(table);
            while (await reader.ReadAsync())
            {
                await writer.WriteLineAsync(JsonSerializer.Serialize(columns.Select((c, i) => reader.IsDBNull(i) ? null : Read(reader, i, c.ClrType))));
                rows++;
            }
        }

        return rows;
    }

    /// <summary>All of the copy or nothing, into a database of the same version whose rows it replaces.</summary>
    /// <param name="replace">Without it a database that has rows of its own is refused.</param>
    /// <returns>The number of rows; negative when the database was not empty.</returns>
    /// <exception cref="InvalidDataException">The file is no copy, or of another version.</exception>
    public async Task<long> ReadAsync(Stream source, bool replace)
    {
        await using var db = new ConsoleDb(contextOptions);
        using var zip = new ZipArchive(source, ZipArchiveMode.Read);
        await CheckVersionAsync(db, zip);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable);
        var tables = Tables(db);
        if (!replace && await HasRowsAsync(db, tables))
        {
            return -1;
        }

        foreach (var table in Enumerable.Reverse(tables))
        {
            await using var delete = Command(db, $"DELETE FROM \"{table.Name}\"");
            await delete.ExecuteNonQueryAsync();
        }

        var rows = 0L;
        foreach (var table in tables)
        {
            var entry = zip.GetEntry(table.Name + ".jsonl") ?? throw new InvalidDataException($"The copy lacks the table {table.Name}.");
            rows += await FillAsync(db, table, entry);
        }

        await transaction.CommitAsync();
        return rows;
    }

    private static async Task CheckVersionAsync(ConsoleDb db, ZipArchive zip)
    {
        var entry = zip.GetEntry(VersionEntry) ?? throw new InvalidDataException("The file is no copy of this product.");
        await using var stream = entry.Open();
        var version = await JsonSerializer.DeserializeAsync<string>(stream);
        var ours = (await db.Database.GetAppliedMigrationsAsync()).Last();
        if (version != ours)
        {
            throw new InvalidDataException($"The copy is of version {version}, the database of {ours}: restore it with the product that made it, then upgrade.");
        }
    }

    /// <summary>A new database has the keys that it made when it started, and nothing else of worth.</summary>
    private static async Task<bool> HasRowsAsync(ConsoleDb db, List<ITable> tables)
    {
        foreach (var table in tables.Where(t => t.Name is "Projects" or "Administrators"))
        {
            await using var any = Command(db, $"SELECT COUNT(*) FROM \"{table.Name}\"");
            if (Convert.ToInt64(await any.ExecuteScalarAsync(), CultureInfo.InvariantCulture) > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<long> FillAsync(ConsoleDb db, ITable table, ZipArchiveEntry entry)
    {
        var columns = Columns(table);
        await using var insert = Command(db, $"INSERT INTO \"{table.Name}\" ({Names(table)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})");
        foreach (var (column, i) in columns.Select((c, i) => (c, i)))
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            parameter.DbType = DbTypes[column.ClrType];
            insert.Parameters.Add(parameter);
        }

        await insert.PrepareAsync();
        var rows = 0L;
        using var reader = new StreamReader(entry.Open());
        while (await reader.ReadLineAsync() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            foreach (var (column, i) in columns.Select((c, i) => (c, i)))
            {
                insert.Parameters[i].Value = Value(row.RootElement[i], column.ClrType);
            }

            await insert.ExecuteNonQueryAsync();
            rows++;
        }

        return rows;
    }

    private static readonly Dictionary<Type, DbType> DbTypes = new()
    {
        [typeof(long)] = DbType.Int64,
        [typeof(int)] = DbType.Int32,
        [typeof(bool)] = DbType.Boolean,
        [typeof(string)] = DbType.String,
        [typeof(byte[])] = DbType.Binary,
        [typeof(Guid)] = DbType.Guid,
    };

    private static object Read(DbDataReader reader, int i, Type type) =>
        type == typeof(long) ? reader.GetInt64(i)
        : type == typeof(int) ? reader.GetInt32(i)
        : type == typeof(bool) ? reader.GetBoolean(i)
        : type == typeof(byte[]) ? reader.GetFieldValue<byte[]>(i)
        : type == typeof(Guid) ? reader.GetGuid(i)
        : reader.GetString(i);

    private static object Value(JsonElement element, Type type) =>
        element.ValueKind == JsonValueKind.Null ? DBNull.Value
        : type == typeof(long) ? element.GetInt64()
        : type == typeof(int) ? element.GetInt32()
        : type == typeof(bool) ? element.GetBoolean()
        : type == typeof(byte[]) ? element.GetBytesFromBase64()
        : type == typeof(Guid) ? element.GetGuid()
        : element.GetString()!;

    /// <summary>Parents before their children, as the foreign keys have it.</summary>
    private static List<ITable> Tables(ConsoleDb db)
    {
        var waiting = db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        var ordered = new List<ITable>();
        while (waiting.Count > 0)
        {
            var free = waiting.FindAll(t => t.ForeignKeyConstraints.All(f => f.PrincipalTable == t || ordered.Contains(f.PrincipalTable)));
            ordered.AddRange(free.Count > 0 ? free : throw new InvalidOperationException("The tables refer to each other in a circle."));
            waiting.RemoveAll(free.Contains);
        }

        return ordered;
    }

    private static List<(string Name, Type ClrType)> Columns(ITable table) =>
        [.. table.Columns.Select(c => (c.Name, Nullable.GetUnderlyingType(c.ProviderClrType) ?? c.ProviderClrType))];

    private static string Names(ITable table) => string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\""));

    [SuppressMessage("Security", "CA2100", Justification = "Table and column names of our own model.")]
    private static DbCommand Command(ConsoleDb db, string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        return command;
    }
}
