using System.Collections.Immutable;

namespace FederationConsole.Data;

/// <summary>
/// What other nodes must be told once a write is committed: a session ended, configuration changed. It names what changed
/// and carries no data: who cares reads anew.
/// </summary>
/// <param name="Topic">The feature's constant, such as <c>projects</c>; <see cref="Reset"/> means: anything may have changed.</param>
/// <param name="Environment">0 where the host is meant.</param>
/// <param name="Id">The row's key, or 0.</param>
public readonly record struct Signal(string Topic, long Environment, long Id)
{
    /// <summary>Sent when this node may have missed something (a lost connection, an outside writer): drop what is cached.</summary>
    public static readonly Signal Reset = new("reset", 0, 0);

    /// <summary>How the topic of a signal begins that is for this process alone: work to do, of which one node is enough.</summary>
    public const string LocalPrefix = "local:";

    public bool IsLocal => Topic.StartsWith(LocalPrefix, StringComparison.Ordinal);
}

/// <summary>Hands signals to those in this process who listen. A write is answered only after its listeners ran.</summary>
public sealed partial class Signals(ILogger<Signals> logger)
{
    private ImmutableArray<Func<Signal, ValueTask>> _listeners = [];

    /// <summary>The listener hears every signal, this node's and the others'. It must be quick; long work belongs in a queue of its own.</summary>
    public IDisposable Listen(Func<Signal, ValueTask> listener)
    {
        ImmutableInterlocked.Update(ref _listeners, static (all, one) => all.Add(one), listener);
        return new Subscription(() => ImmutableInterlocked.Update(ref _listeners, static (all, one) => all.Remove(one), listener));
    }

    public async ValueTask PublishAsync(Signal signal)
    {
        foreach (var listener in _listeners)
        {
            try
            {
                await listener(signal);
            }
            catch (Exception exception)
            {
                // One listener's bug must not keep a revocation from the others.
                ListenerFailed(exception, signal.Topic);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A listener failed on the signal {Topic}")]
    private partial void ListenerFailed(Exception exception, string topic);

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
