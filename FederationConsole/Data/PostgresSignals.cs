using System.Globalization;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FederationConsole.Data;

/// <summary>
/// Carries signals between nodes by LISTEN/NOTIFY on a connection that also holds this node's number (an advisory lock
/// that falls with the connection). After a lost connection nobody knows what was missed: <see cref="Signal.Reset"/>.
/// </summary>
internal sealed partial class PostgresSignals(DatabaseOptions options, Signals signals, Ids ids, ILogger<PostgresSignals> logger)
    : BackgroundService
{
    private const string Channel = "federation_console";
    private const int NodeLockClass = 0x4643;

    /// <summary>Tells this node's own notifications, which it has already acted on, from the others'.</summary>
    private readonly string _self = Tokens.New()[..8];
    private NpgsqlConnection? _connection;

    /// <summary>Part of the write's transaction: PostgreSQL sends it at the commit, or never.</summary>
    public async Task NotifyAsync(ConsoleDb db, IReadOnlyList<Signal> sent)
    {
        foreach (var signal in sent.Where(s => !s.IsLocal))
        {
            var payload = string.Create(CultureInfo.InvariantCulture, $"{_self}|{signal.Topic}|{signal.Environment}|{signal.Id}");
            await db.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {payload})");
        }
    }

    /// <summary>Claims a node number before the first id is made, so that two nodes never make the same one.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ConnectAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (_connection is null)
                {
                    await ConnectAsync(stoppingToken);
                    await signals.PublishAsync(Signal.Reset);
                }

                await _connection!.WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or InvalidOperationException)
            {
                Lost(exception);
                await DisconnectAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await DisconnectAsync();
    }

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString) { KeepAlive = 10, Pooling = false };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            connection.Notification += OnNotification;
            await using (var listen = new NpgsqlCommand("LISTEN " + Channel, connection))
            {
                await listen.ExecuteNonQueryAsync(cancellation);
            }

            ids.Node = await ClaimNodeAsync(connection, cancellation);
            _connection = connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task<int> ClaimNodeAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        for (var node = 0; node < Ids.MaxNodes; node++)
        {
            await using var claim = new NpgsqlCommand("SELECT pg_try_advisory_lock($1, $2)", connection)
            {
                Parameters = { new() { Value = NodeLockClass }, new() { Value = node } },
            };
            if (await claim.ExecuteScalarAsync(cancellation) is true)
            {
                return node;
            }
        }

        throw new InvalidOperationException($"All {Ids.MaxNodes} node numbers of this database are taken.");
    }

    private async void OnNotification(object sender, NpgsqlNotificationEventArgs notification)
    {
        if (notification.Payload.Split('|') is [var from, var topic, var environment, var id] && from != _self)
        {
            await signals.PublishAsync(new(topic, long.Parse(environment, CultureInfo.InvariantCulture), long.Parse(id, CultureInfo.InvariantCulture)));
        }
    }

    private async Task DisconnectAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
            _connection = null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection to the other nodes was lost; connecting again")]
    private partial void Lost(Exception exception);
}
