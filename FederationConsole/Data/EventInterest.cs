using System.Collections.Frozen;
using FederationConsole.Platform;

namespace FederationConsole.Data;

/// <summary>
/// Which events anybody is told of, in memory. For what happens at every login: an event that nobody wants is not even written.
/// Everything else is published unasked, so that the outbox is whole.
/// </summary>
public sealed class EventInterest
{
    private FrozenDictionary<EnvironmentId, Func<string, bool>> _wanted = FrozenDictionary<EnvironmentId, Func<string, bool>>.Empty;

    /// <summary>Costs one look-up where nobody is told of anything.</summary>
    public bool Wants(EnvironmentId environment, string type) => _wanted.TryGetValue(environment, out var wants) && wants(type);

    /// <summary>Replaces all of it.</summary>
    internal void Set(IEnumerable<KeyValuePair<EnvironmentId, Func<string, bool>>> wanted) => _wanted = wanted.ToFrozenDictionary();
}
