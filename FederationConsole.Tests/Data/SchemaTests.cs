using FederationConsole.Data;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Data;

/// <summary>Migrations are written by hand, with no snapshot to compare with: this comparison takes its place.</summary>
public sealed class SchemaTests
{
    private static readonly Dictionary<DatabaseKind, string> Describe = new()
    {
        [DatabaseKind.Sqlite] = """
            SELECT m.name || ' ' || p.name || ' ' || p.type || ' ' || p."notnull" || ' ' || p.pk FROM sqlite_master m, pragma_table_info(m.name) p
              WHERE m.type = 'table' AND m.name NOT LIKE '!_!_%' ESCAPE '!'
            UNION ALL SELECT replace(replace(sql, char(10), ' '), '"', '') FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
            UNION ALL SELECT m.name || ' -> ' || f."table" || ' ' || f."from" || ' ' || f."to" || ' ' || f.on_delete FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
            """,
        [DatabaseKind.PostgreSql] = """
            SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || coalesce(character_maximum_length::text, '') || ' ' || is_nullable
              FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\_\_%'
            UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '\_\_%'
            UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
              WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE '"\_\_%' AND contype <> 'n'
            """,
    };

    [Theory, BothDatabases]
    public async Task What_the_migrations_make_is_what_the_model_asks_for(DatabaseKind kind)
    {
        await using var migrated = await TestDatabase.CreateAsync(kind);
        await using var created = await TestDatabase.CreateAsync(kind);
        await using (var db = Open(migrated))
        {
            await db.Database.MigrateAsync();
        }

        await using (var db = Open(created))
        {
            await db.Database.EnsureCreatedAsync();
        }

        var (ours, models) = (await DescribeAsync(migrated), await DescribeAsync(created));
        Assert.NotEmpty(models);
        Assert.Equal(string.Join('\n', models), string.Join('\n', ours));
    }

    private static ConsoleDb Open(TestDatabase database)
    {
        var builder = new DbContextOptionsBuilder<ConsoleDb>();
        DataRegistration.Configure(builder, new DatabaseOptions
        {
            Provider = Enum.Parse<DatabaseProvider>(database.Kind.ToString()),
            ConnectionString = database.ConnectionString,
        });
        return new(builder.Options);
    }

    private static async Task<List<string>> DescribeAsync(TestDatabase database)
    {
        await using var db = Open(database);
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // a constant of this class
        command.CommandText = Describe[database.Kind];
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
