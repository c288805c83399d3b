namespace FederationConsole.Features.Sandbox;

/// <summary>One question of the platform and what was answered.</summary>
public sealed record JournalEntry(DateTimeOffset At, StandardQuestion Question, SignatureVerdict Verdict, StandardAnswer Answer);

/// <summary>What the platform asked the standard third party.</summary>
public sealed class StandardJournal : Journal<JournalEntry>;

/// <summary>The last <see cref="Capacity"/> questions, kept as they came: they are made readable, and masked, when somebody looks.</summary>
public class Journal<T>
{
    public const int Capacity = 200;

    private readonly T[] ring = new T[Capacity];
    private readonly Lock gate = new();
    private long added;

    /// <summary>How many questions there ever were; the number of the newest.</summary>
    public long Version => Volatile.Read(ref added);

    public void Add(T entry)
    {
        lock (gate)
        {
            ring[added++ % Capacity] = entry;
        }
    }

    /// <summary>What is kept, newest first, each with its number (from 1).</summary>
    public IReadOnlyList<(long Number, T Entry)> Newest()
    {
        lock (gate)
        {
            var kept = Math.Min(added, Capacity);
            return [.. Enumerable.Range(0, (int)kept).Select(back => (added - back, ring[(added - back - 1) % Capacity]))];
        }
    }
}
