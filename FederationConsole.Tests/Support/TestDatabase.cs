using System.Reflection;
using Microsoft.Data.Sqlite;
using Xunit.Sdk;

namespace FederationConsole.Tests.Support;

/// <summary>The names are the values of the product's setting <c>Database__Provider</c>.</summary>
public enum DatabaseKind
{
    Sqlite,
    PostgreSql,
}

/// <summary>Runs a theory on each database: <c>[Theory, BothDatabases] public Task Story(DatabaseKind kind)</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothDatabasesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => Enum.GetValues<DatabaseKind>().Select(kind => new object[] { kind });
}

/// <summary>A fresh and empty database for one test, gone when it is disposed.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string? _folder;

    private TestDatabase(DatabaseKind kind, string connectionString, string? folder) =>
        (Kind, ConnectionString, _folder) = (kind, connectionString, folder);

    public DatabaseKind Kind { get; }

    public string ConnectionString { get; }

    /// <summary>The product's own settings for it, by their configuration keys.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Database:Provider"] = Kind.ToString(),
        ["Database:ConnectionString"] = ConnectionString,
    };

    public static async Task<TestDatabase> CreateAsync(DatabaseKind kind)
    {
        if (kind == DatabaseKind.PostgreSql)
        {
            return new(kind, await PostgresCluster.NewDatabaseAsync(), null);
        }

        // A file and not :memory:, for what is tested is the write-ahead log, its locks and what a killed process leaves.
        var folder = Directory.CreateTempSubdirectory("fc-db-").FullName;
        return new(kind, new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "test.db") }.ConnectionString, folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is null)
        {
            await PostgresCluster.DropDatabaseAsync(ConnectionString);
            return;
        }

        await using (var pool = new SqliteConnection(ConnectionString))
        {
            SqliteConnection.ClearPool(pool);
        }

        Directory.Delete(_folder, recursive: true);
    }
}
