using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace FederationConsole.Features.Sandbox;

/// <summary>Somebody whom the sandbox knows. Immutable: a new token or behaviour is a new value under the same open_id.</summary>
public sealed record Person(string OpenId, string AccessToken, string? Nickname, string? Phone, string? Email, DateTimeOffset IssuedAt)
{
    public Behaviour Behaviour { get; init; }

    /// <summary>The yes for this person, made once: it is sent on the benchmarked path.</summary>
    public StandardAnswer Profile { get; } = StandardAnswer.Yes(Nickname, Phone, Email);
}

/// <summary>The persons issued, in memory. At most <see cref="Capacity"/>; the one that was first issued longest ago goes first.</summary>
public sealed class StandardPersons(TimeProvider clock)
{
    public const int Capacity = 1_000;

    private readonly ConcurrentDictionary<string, Person> byOpenId = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new(Capacity);
    private readonly Lock gate = new();
    private long version;

    /// <summary>Goes up with every change.</summary>
    public long Version => Volatile.Read(ref version);

    public int Count => byOpenId.Count;

    public Person? Find(string openId) => byOpenId.GetValueOrDefault(openId);

    /// <summary>Issues an identity; for a known open_id a new access_token, and the old one is good no longer.</summary>
    public Person Issue(IssueRequest asked)
    {
        var person = new Person(
            asked.OpenId ?? "sb-" + RandomNumberGenerator.GetHexString(20, lowercase: true),
            "at-" + RandomNumberGenerator.GetHexString(32, lowercase: true),
            asked.Nickname, asked.Phone, asked.Email, clock.GetUtcNow())
        {
            Behaviour = asked.Behaviour ?? Behaviour.Approve,
        };
        lock (gate)
        {
            if (!byOpenId.ContainsKey(person.OpenId))
            {
                if (order.Count == Capacity)
                {
                    byOpenId.TryRemove(order.Dequeue(), out _);
                }

                order.Enqueue(person.OpenId);
            }

            byOpenId[person.OpenId] = person;
            version++;
        }

        return person;
    }

    /// <summary>Sets how the third party answers for this person from now on; null when nobody has this open_id.</summary>
    public Person? Behave(string openId, Behaviour behaviour)
    {
        lock (gate)
        {
            if (Find(openId) is not { } person)
            {
                return null;
            }

            version++;
            return byOpenId[openId] = person with { Behaviour = behaviour };
        }
    }

    /// <summary>The persons first issued last, newest first.</summary>
    public IReadOnlyList<Person> Newest(int count)
    {
        lock (gate)
        {
            return [.. order.Reverse().Take(count).Select(id => byOpenId[id])];
        }
    }
}
