using System.Collections.Concurrent;

namespace FederationConsole.Platform;

/// <summary>
/// A bounded cache of what the database says: at most twice <paramref name="capacity"/> entries, of which those not asked
/// for lately fall first (two generations: when the young one is full it becomes the old one, and the old one is dropped).
/// </summary>
public sealed class GenerationCache<TKey, TValue>(int capacity)
    where TKey : notnull
    where TValue : class
{
    private ConcurrentDictionary<TKey, TValue> _young = new();
    private ConcurrentDictionary<TKey, TValue> _old = new();
    private int _youngCount;
    private long _removals;

    public long Moment => Interlocked.Read(ref _removals);

    public bool TryGet(TKey key, out TValue? value)
    {
        if (_young.TryGetValue(key, out value))
        {
            return true;
        }

        if (_old.TryGetValue(key, out value))
        {
            Add(key, value, Interlocked.Read(ref _removals));
            return true;
        }

        return false;
    }

    /// <summary>
    /// Asks the cache, then <paramref name="load"/>. What was loaded while something was removed is handed out but not kept:
    /// it may be what the removal was about.
    /// </summary>
    public async ValueTask<TValue?> GetAsync<TState>(TKey key, TState state, Func<TKey, TState, Task<TValue?>> load)
    {
        if (TryGet(key, out var known))
        {
            return known;
        }

        var removals = Interlocked.Read(ref _removals);
        var loaded = await load(key, state);
        if (loaded is not null)
        {
            Add(key, loaded, removals);
        }

        return loaded;
    }

    public void Remove(TKey key)
    {
        Interlocked.Increment(ref _removals);
        _young.TryRemove(key, out _);
        _old.TryRemove(key, out _);
    }

    public void RemoveWhere(Func<TValue, bool> condition)
    {
        Interlocked.Increment(ref _removals);
        foreach (var generation in (ReadOnlySpan<ConcurrentDictionary<TKey, TValue>>)[_young, _old])
        {
            foreach (var (key, value) in generation)
            {
                if (condition(value))
                {
                    generation.TryRemove(key, out _);
                }
            }
        }
    }

    public void Clear()
    {
        Interlocked.Increment(ref _removals);
        _old = new();
        _young = new();
        Volatile.Write(ref _youngCount, 0);
    }

    /// <summary>For who loads by himself: keeps a value that was read after <paramref name="removals"/> was taken from <see cref="Moment"/>.</summary>
    public void Add(TKey key, TValue value, long removals)
    {
        if (Interlocked.Read(ref _removals) != removals)
        {
            return;
        }

        var young = _young;
        if (young.TryAdd(key, value) && Interlocked.Increment(ref _youngCount) >= capacity)
        {
            Volatile.Write(ref _youngCount, 0);
            _old = young;
            _young = new();
        }

        // A removal that came between the check and the add would otherwise leave the old value behind.
        if (Interlocked.Read(ref _removals) != removals)
        {
            young.TryRemove(key, out _);
        }
    }
}
