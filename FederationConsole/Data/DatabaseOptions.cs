using System.ComponentModel.DataAnnotations;

namespace FederationConsole.Data;

public enum DatabaseProvider
{
    Sqlite,
    PostgreSql,
}

/// <summary>SQLite's own word; FULL survives a power cut, NORMAL a killed process alone.</summary>
public enum SqliteSynchronous
{
    Full,
    Normal,
}

/// <summary>Section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    [EnumDataType(typeof(DatabaseProvider))]
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>Default: a file beside the settings.</summary>
    [Required]
    public string ConnectionString { get; set; } = "Data Source=data/federation.db";

    [EnumDataType(typeof(SqliteSynchronous))]
    public SqliteSynchronous Synchronous { get; set; } = SqliteSynchronous.Full;
}
