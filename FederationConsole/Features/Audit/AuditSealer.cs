using System.Data.Common;
using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace FederationConsole.Features.Audit;

/// <summary>
/// Gives committed lines their place in the chain, by id, twice a second. A line that was committed late, with a smaller id
/// than one already sealed, comes in the next round: positions tell the order of sealing, ids that of writing.
/// Every node runs one; see <see cref="AuditHead"/> for how they make one chain.
/// </summary>
public sealed partial class AuditSealer(Store store, TimeProvider clock, ILogger<AuditSealer> logger)
    : PeriodicWork(Period, clock)
{
    /// <summary>The signal's topic: lines were sealed.</summary>
    public const string Topic = "audit";

    /// <summary>Lines a write. On SQLite logins wait behind it: this many take about 10 ms.</summary>
    internal const int Batch = 1000;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    /// <summary>Seals all that waits.</summary>
    /// <returns>How many lines; fewer than waited when another node is at it.</returns>
    public async Task<int> SealAsync(CancellationToken cancellation)
    {
        var count = 0;
        while (await NextAsync(cancellation) is { Lines.Count: > 0 } links)
        {
            if (!await store.WriteAsync(Scope.Host, db => WriteAsync(db, links)))
            {
                break;
            }

            count += links.Lines.Count;
        }

        return count;
    }

    protected override Task RoundAsync(CancellationToken stop) => SealAsync(stop);

    // The lines wait; the audit page counts them, and the next round tries again.
    protected override void RoundFailed(Exception exception) => Log.SealingFailed(logger, exception);

    /// <summary>Read and hashed outside the write, which then has only to store.</summary>
    private Task<Links> NextAsync(CancellationToken cancellation) => store.ReadAsync(Scope.Host, async db =>
    {
        var head = await db.Set<AuditHead>().SingleOrDefaultAsync(cancellation) ?? AuditHead.Start;
        var lines = await db.Set<AuditLine>().Where(l => l.Position == null).OrderBy(l => l.Id).Take(Batch).ToListAsync(cancellation);
        var hashes = new byte[lines.Count + 1][];
        hashes[0] = head.Hash;
        var seal = new AuditSeal();
        for (var i = 0; i < lines.Count; i++)
        {
            hashes[i + 1] = seal.Hash(head.Position + i + 1, hashes[i], lines[i]);
        }

        return new Links(head.Position, lines, hashes);
    });

    /// <summary>False when another sealer was first: nothing is written then.</summary>
    private static async Task<bool> WriteAsync(ConsoleDb db, Links links)
    {
        if (db.Database.IsNpgsql())
        {
            // Nothing here depends on what a snapshot holds: the head's row decides. Serializable would make logins, which
            // add lines beside those, fail and run again for nothing.
            await db.Database.ExecuteSqlAsync($"SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
        }

        if (!await MoveHeadAsync(db, links))
        {
            return false;
        }

        var stored = db.Database.IsNpgsql() ? await StoreAtOnceAsync(db, links) : StoreOneByOne(db, links);
        if (stored != links.Lines.Count)
        {
            throw new InvalidOperationException($"{links.Lines.Count - stored} lines that were to be sealed after position {links.From} are gone or sealed already.");
        }

        db.Signal(Topic);
        return true;
    }

    private static async Task<bool> MoveHeadAsync(ConsoleDb db, Links links)
    {
        var (position, hash) = (links.From + links.Lines.Count, links.Hashes[^1]);
        if (links.From > 0 || await db.Set<AuditHead>().AnyAsync())
        {
            return await db.Set<AuditHead>().Where(h => h.Position == links.From)
                .ExecuteUpdateAsync(set => set.SetProperty(h => h.Position, position).SetProperty(h => h.Hash, hash)) == 1;
        }

        db.Add(new AuditHead { Position = position, Hash = hash });
        await db.SaveChangesAsync();
        return true;
    }

    /// <summary>On PostgreSQL a round trip is what costs.</summary>
    private static async Task<int> StoreAtOnceAsync(ConsoleDb db, Links links)
    {
        await using var command = new NpgsqlCommand(
            """
            UPDATE "AuditLines" l SET "Position" = s.position, "PreviousHash" = s.previous, "Hash" = s.hash
            FROM unnest($1, $2, $3, $4) AS s (id, position, previous, hash) WHERE l."Id" = s.id AND l."Position" IS NULL
            """,
            (NpgsqlConnection)db.Database.GetDbConnection(),
            (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction())
        {
            Parameters =
            {
                new() { Value = links.Lines.Select(l => l.Id).ToArray() },
                new() { Value = Enumerable.Range(1, links.Lines.Count).Select(i => links.From + i).ToArray() },
                new() { Value = links.Hashes[..^1] },
                new() { Value = links.Hashes[1..] },
            },
        };
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>On SQLite a prepared statement costs microseconds, and EF's way ten times that.</summary>
    private static int StoreOneByOne(ConsoleDb db, Links links)
    {
        using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText =
            """UPDATE "AuditLines" SET "Position" = $position, "PreviousHash" = $previous, "Hash" = $hash WHERE "Id" = $id AND "Position" IS NULL""";
        var (id, position, previous, hash) = (Add("$id"), Add("$position"), Add("$previous"), Add("$hash"));
        var stored = 0;
        for (var i = 0; i < links.Lines.Count; i++)
        {
            id.Value = links.Lines[i].Id;
            position.Value = links.From + i + 1;
            previous.Value = links.Hashes[i];
            hash.Value = links.Hashes[i + 1];
            stored += command.ExecuteNonQuery();
        }

        return stored;

        DbParameter Add(string name)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
            return parameter;
        }
    }

    /// <param name="From">Where the chain ended when these were read.</param>
    /// <param name="Hashes">The hash at <see cref="From"/>, then one a line.</param>
    private sealed record Links(long From, IReadOnlyList<AuditLine> Lines, byte[][] Hashes);
}
