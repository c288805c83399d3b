using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Audit;

/// <summary>Why the chain does not hold at a position.</summary>
public enum ChainFault
{
    /// <summary>No line has this position.</summary>
    LineMissing,
    /// <summary>The line is not what was sealed: its content or its own hash was changed.</summary>
    LineChanged,
    /// <summary>The line was sealed after another one than stands before it now.</summary>
    LinkBroken,
}

/// <param name="Position">The first one that does not hold; what comes after it was not looked at.</param>
/// <param name="LineId">The line that stands there; null when there is none.</param>
public sealed record ChainBreak(long Position, ChainFault Fault, long? LineId);

/// <summary>How far a walk is.</summary>
public readonly record struct ChainProgress(long Checked, long Total);

/// <param name="Checked">Lines that hold.</param>
/// <param name="Hash">
/// Of the last of them. Noted down elsewhere, it proves later that not the whole chain was replaced, which no check from
/// inside can see.
/// </param>
/// <param name="Unsealed">Lines that wait for their seal: usually none, or those of the last half second.</param>
public sealed record ChainReport(long Checked, string Hash, ChainBreak? Break, int Unsealed);

/// <summary>Checks the chain of hashes over all audit lines of the host.</summary>
public sealed class AuditChain(Store store)
{
    private const int Page = 5000;

    /// <summary>
    /// Walks from position 1 to where the chain ends now, about 100,000 lines a second. Needs <see cref="Role.Manager"/> for
    /// the project whose page asks: the chain is one for all, and the report names a line by nothing but its place.
    /// </summary>
    public async Task<Outcome<ChainReport>> VerifyAsync(Actor actor, ProjectId project, IProgress<ChainProgress>? progress, CancellationToken cancellation)
    {
        if (actor.Require(Role.Manager, project.Value).Fault is { } fault)
        {
            return fault;
        }

        var head = await store.ReadAsync(Scope.Host, db => db.Set<AuditHead>().SingleOrDefaultAsync(cancellation)) ?? AuditHead.Start;
        var (position, previous, found) = (0L, AuditHead.Start.Hash, (ChainBreak?)null);
        var seal = new AuditSeal();
        while (position < head.Position && found is null)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new(position, head.Position));
            var from = position;
            var lines = await store.ReadAsync(Scope.Host, db => db.Set<AuditLine>()
                .Where(l => l.Position > from && l.Position <= head.Position).OrderBy(l => l.Position).Take(Page).ToListAsync(cancellation));
            foreach (var line in lines)
            {
                found = Check(seal, position + 1, previous, line);
                if (found is not null)
                {
                    break;
                }

                (position, previous) = (position + 1, line.Hash!);
            }

            if (lines.Count == 0)
            {
                found = new(position + 1, ChainFault.LineMissing, null);
            }
        }

        if (found is null && !previous.AsSpan().SequenceEqual(head.Hash))
        {
            // The last line agrees with itself, but is not the one that was sealed there.
            found = new(position, ChainFault.LineChanged, null);
        }

        progress?.Report(new(position, head.Position));
        var unsealed = await store.ReadAsync(Scope.Host, db => db.Set<AuditLine>().CountAsync(l => l.Position == null, cancellation));
        return new ChainReport(position, Convert.ToHexStringLower(previous), found, unsealed);
    }

    private static ChainBreak? Check(AuditSeal seal, long position, byte[] previous, AuditLine line) =>
        line.Position != position ? new(position, ChainFault.LineMissing, null)
        : !Equal(line.Hash, seal.Hash(position, line.PreviousHash, line)) ? new(position, ChainFault.LineChanged, line.Id)
        : !Equal(line.PreviousHash, previous) ? new(position, ChainFault.LinkBroken, line.Id)
        : null;

    private static bool Equal(byte[]? one, byte[] other) => one is not null && one.AsSpan().SequenceEqual(other);
}
