using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace FederationConsole.Tests.Support;

/// <summary>
/// One throw-away PostgreSQL cluster a test process: made at the first use, on a Unix socket in its own folder (no port to
/// collide on), without fsync. A test that needs it on a machine without PostgreSQL fails and says what to run.
/// </summary>
/// <remarks>
/// A shell owns the cluster and waits on a pipe from this process. However this process ends, killed included, the pipe
/// closes, and the shell stops the server and deletes the folder; a hook at process exit would miss the kill.
/// </remarks>
internal static class PostgresCluster
{
    private const string Binaries = "/usr/lib/postgresql";

    // Prints "ready FOLDER" or "failed"; the log of both programs goes to its standard error.
    private const string Script = """
        set -eu
        umask 077
        folder=$(mktemp -d /tmp/fc-pg-XXXXXX)
        finish() {
            trap - EXIT INT TERM
            "$1/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
            rm -rf "$folder"
        }
        trap 'finish "$1"' EXIT INT TERM
        cd "$folder"
        "$1/initdb" -D "$folder/data" --auth=trust --username=postgres --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 \
            || { cat "$folder/initdb.log" >&2; echo failed; exit 1; }
        "$1/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -t 60 -o "-k $folder -c listen_addresses='' -c max_connections=300 \
            -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=64MB" start >/dev/null </dev/null \
            || { cat "$folder/server.log" >&2; echo failed; exit 1; }
        echo "ready $folder"
        cat >/dev/null
        """;

    private static readonly Lazy<Task<string>> Socket = new(StartAsync);
    private static int _databases;

    // Held here because the pipe to it keeps the cluster alive: left to the garbage collector, its finalizer would close it.
    private static Process? _shell;

    /// <summary>A fresh and empty database; the answer is its connection string.</summary>
    public static async Task<string> NewDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE template0");
        return await ConnectionStringAsync(name);
    }

    /// <summary>Drops what <see cref="NewDatabaseAsync"/> made, also from under connections that are still open.</summary>
    public static async Task DropDatabaseAsync(string connectionString)
    {
        await using (var pool = new NpgsqlConnection(connectionString))
        {
            NpgsqlConnection.ClearPool(pool);
        }

        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await ConnectionStringAsync("postgres"));
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // No value from outside: the one name in it is made above.
        command.CommandText = sql;
#pragma warning restore CA2100
        try
        {
            await connection.OpenAsync();
            await command.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException lost) when (lost is not PostgresException)
        {
            // The server went away: its log, which is about to be deleted, is all that can say why.
            var log = await File.ReadAllTextAsync(Path.Combine(await Socket.Value, "server.log"));
            throw new InvalidOperationException($"The PostgreSQL cluster failed.{Environment.NewLine}{log}", lost);
        }
    }

    private static async Task<string> ConnectionStringAsync(string database) =>
        new NpgsqlConnectionStringBuilder { Host = await Socket.Value, Username = "postgres", Database = database }.ConnectionString;

    private static async Task<string> StartAsync()
    {
        // PostgreSQL refuses to run as root; its package brings a user of its own.
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", "sh"] : ["sh"];
        var start = new ProcessStartInfo(command[0], [.. command[1..], "-c", Script, "cluster", FindBinaries()])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        var shell = _shell = Process.Start(start) ?? throw new InvalidOperationException("The shell did not start.");
        var answer = await shell.StandardOutput.ReadLineAsync();
        return answer?.Split(' ') is ["ready", var folder]
            ? folder
            : throw new InvalidOperationException($"PostgreSQL did not start: {await shell.StandardError.ReadToEndAsync()}");
    }

    private static string FindBinaries()
    {
        var newest = Directory.Exists(Binaries)
            ? Directory.EnumerateDirectories(Binaries)
                .Select(version => Path.Combine(version, "bin"))
                .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
                .MaxBy(bin => int.TryParse(Path.GetFileName(Path.GetDirectoryName(bin)), CultureInfo.InvariantCulture, out var version) ? version : 0)
            : null;
        return newest ?? throw new InvalidOperationException(
            $"No PostgreSQL server under {Binaries}. Run ./test.sh, which installs what the tests need, or: apt-get install postgresql");
    }
}
