using System.Globalization;

namespace FederationConsole.Platform;

/// <summary>A key of one kind of row: a plain 64-bit number on the wire and in the database, a type of its own in the code.</summary>
public interface ITypedId<TSelf>
    where TSelf : struct, ITypedId<TSelf>
{
    long Value { get; }

    static abstract TSelf Of(long value);
}

public readonly record struct ProjectId(long Value) : ITypedId<ProjectId>
{
    public static ProjectId Of(long value) => new(value);
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

public readonly record struct EnvironmentId(long Value) : ITypedId<EnvironmentId>
{
    public static EnvironmentId Of(long value) => new(value);
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

public readonly record struct AppId(long Value) : ITypedId<AppId>
{
    public static AppId Of(long value) => new(value);
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

public readonly record struct UserId(long Value) : ITypedId<UserId>
{
    public static UserId Of(long value) => new(value);
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

public readonly record struct SessionId(long Value) : ITypedId<SessionId>
{
    public static SessionId Of(long value) => new(value);
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// Makes the keys of all rows: below 2^53, so that a JavaScript client reads a user_id without loss (faces.md, Iot), rising
/// with time, so that new rows stand at the end of an index, and never the same at two nodes.
/// 41 bits of milliseconds since 2024, 4 bits of node, 8 bits of count. More than 256 a millisecond borrow from the next one.
/// </summary>
public sealed class Ids(TimeProvider clock)
{
    private static readonly long Epoch = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private long _last;
    private int _node;

    /// <summary>How many nodes may share one database.</summary>
    public const int MaxNodes = 16;

    /// <summary>This node's number among those that share the database, 0 to 15. Set once, before the first id is made.</summary>
    public int Node
    {
        get => _node;
        set => _node = value is >= 0 and < MaxNodes ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public long Next()
    {
        while (true)
        {
            var last = Interlocked.Read(ref _last);
            var next = Math.Max((clock.GetUtcNow().ToUnixTimeMilliseconds() - Epoch) << 8, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                return ((next >> 8) << 12) | ((long)_node << 8) | (next & 0xff);
            }
        }
    }

    /// <summary>Below every key made at or after that time: a list by key is a list by time, give or take the nodes' clocks.</summary>
    public static long Floor(DateTimeOffset at) => Math.Max(0, at.ToUnixTimeMilliseconds() - Epoch) << 12;

    /// <summary>When a key was made, to the millisecond (later by a few where a millisecond was full).</summary>
    public static DateTimeOffset TimeOf(long id) => DateTimeOffset.FromUnixTimeMilliseconds((id >> 12) + Epoch);

    public T Next<T>()
        where T : struct, ITypedId<T> => T.Of(Next());

    /// <summary>A GUID for what the seeds know by one (AccountId): random, and rising with time.</summary>
    public Guid NextGuid() => Guid.CreateVersion7(clock.GetUtcNow());
}
