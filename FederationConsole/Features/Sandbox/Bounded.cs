namespace FederationConsole.Features.Sandbox;

/// <summary>At most so many; what was first put in longest ago goes first.</summary>
internal sealed class Bounded<T>(int capacity)
    where T : class
{
    private readonly Dictionary<string, T> byKey = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    public T? Find(string key) => byKey.GetValueOrDefault(key);

    public void Put(string key, T value)
    {
        if (!byKey.ContainsKey(key))
        {
            if (order.Count == capacity)
            {
                byKey.Remove(order.Dequeue());
            }

            order.Enqueue(key);
        }

        byKey[key] = value;
    }

    public IEnumerable<T> NewestFirst() => order.Reverse().Select(key => byKey[key]);
}
