namespace FederationConsole.Features.Sandbox;

/// <summary>One question of the platform and what was answered.</summary>
public sealed record JournalEntry(DateTimeOffset At, StandardQuestion Question, SignatureVerdict Verdict, StandardAnswer Answer);

/// <summary>The last <see cref="Capacity"/> questions, kept as they came: they are made readable, and masked, when somebody looks.</summary>
public sealed class StandardJournal
{
    public const int Capacity = 200;

    private readonly JournalEntry[] ring = new JournalEntry[Capacity];
    private readonly Lock gate = new();
    private long added;

    /// <summary>How many questions there ever were; the number of the newest.</summary>
    public long Version => Volatile.Read(ref added);

    public void Add(JournalEntry entry)
    {
        lock (gate)
        {
            ring[added++ % Capacity] = entry;
        }
    }

    /// <summary>What is kept, newest first, each with its number (from 1).</summary>
    public IReadOnlyList<(long Number, JournalEntry Entry)> Newest()
    {
        lock (gate)
        {
            var kept = Math.Min(added, Capacity);
            return [.. Enumerable.Range(0, (int)kept).Select(back => (added - back, ring[(added - back - 1) % Capacity]))];
        }
    }
}
