using System.Threading.RateLimiting;
using Polly;
using Polly.CircuitBreaker;
using PollyOutcome = Polly.Outcome<FederationConsole.Platform.Outbound.OutboundResult>;

namespace FederationConsole.Platform.Outbound;

/// <summary>
/// What keeps one slow third party from the others' logins: its own turns (bulkhead), its own breaker, and what became of its calls.
/// The breaker stands inside the bulkhead: a call that gets no turn says nothing of the third party.
/// </summary>
internal sealed class OutboundPartition : IDisposable
{
    private readonly TimeProvider _time;
    private readonly OutboundTransport _transport;
    private readonly ConcurrencyLimiter _turns;
    private readonly ResiliencePipeline<OutboundResult> _breaker;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly CallHistory _history = new();
    private long _openUntilTicks;
    private long _turnedAway;

    public OutboundPartition(string name, OutboundOptions options, TimeProvider time, OutboundTransport transport, ILogger log)
    {
        (_time, _transport) = (time, transport);
        Kind = KindOf(name);
        _turns = new ConcurrencyLimiter(new()
        {
            PermitLimit = options.AtOnce,
            QueueLimit = options.Queue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        _breaker = new ResiliencePipelineBuilder<OutboundResult> { TimeProvider = time }
            .AddCircuitBreaker(new()
            {
                FailureRatio = options.BreakerFailureRatio,
                MinimumThroughput = options.BreakerMinimumCalls,
                SamplingDuration = options.BreakerWindow,
                BreakDuration = options.BreakerPause,
                StateProvider = _state,
                ShouldHandle = args => ValueTask.FromResult(Failed(args.Outcome)),
                OnOpened = args =>
                {
                    Volatile.Write(ref _openUntilTicks, (time.GetUtcNow() + args.BreakDuration).UtcTicks);
                    Log.BreakerOpened(log, name, args.BreakDuration);
                    return ValueTask.CompletedTask;
                },
                OnHalfOpened = _ =>
                {
                    Log.BreakerHalfOpened(log, name);
                    return ValueTask.CompletedTask;
                },
                OnClosed = _ =>
                {
                    Log.BreakerClosed(log, name);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>The partition's name without its environment: few enough values for a metric's tag.</summary>
    public string Kind { get; }

    public OutboundHealth Health
    {
        get
        {
            var openUntil = new DateTimeOffset(Volatile.Read(ref _openUntilTicks), TimeSpan.Zero);
            // Polly calls it open until somebody asks again.
            var breaker = _state.CircuitState switch
            {
                CircuitState.Closed => BreakerState.Closed,
                CircuitState.HalfOpen => BreakerState.HalfOpen,
                _ => _time.GetUtcNow() < openUntil ? BreakerState.Open : BreakerState.HalfOpen,
            };
            return OutboundHealth.Of(
                breaker, breaker == BreakerState.Open ? openUntil : null, _history.NewestFirst(), Interlocked.Read(ref _turnedAway));
        }
    }

    /// <summary>Asks when it is this call's turn and the breaker lets it. Throws only when the caller cancelled.</summary>
    public async ValueTask<OutboundResult> PassAsync(Attempt attempt)
    {
        using var turn = await WaitAsync(attempt);
        if (turn is not { IsAcquired: true })
        {
            return TurnAway(attempt, OutboundFailure.Busy);
        }

        // The context carries no token: ours are in the attempt, and the transport tells the caller's from the deadline's.
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, CancellationToken.None);
        try
        {
            var outcome = await _breaker.ExecuteOutcomeAsync(AskAsync, context, (Partition: this, Attempt: attempt));
            if (outcome.Exception is BrokenCircuitException)
            {
                return TurnAway(attempt, OutboundFailure.BreakerOpen);
            }

            outcome.ThrowIfException();
            return outcome.Result!;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public void Dispose() => _turns.Dispose();

    private static async ValueTask<PollyOutcome> AskAsync(
        ResilienceContext context, (OutboundPartition Partition, Attempt Attempt) call)
    {
        var (partition, attempt) = call;
        try
        {
            var result = await partition._transport.AskAsync(attempt);
            partition.Remember(attempt, result);
            return Polly.Outcome.FromResult(result);
        }
        catch (OperationCanceledException e)
        {
            partition.Remember(attempt, null);
            return Polly.Outcome.FromException<OutboundResult>(e);
        }
    }

    private async ValueTask<RateLimitLease?> WaitAsync(Attempt attempt)
    {
        try
        {
            return await _turns.AcquireAsync(1, attempt.Deadline);
        }
        catch (OperationCanceledException) when (!attempt.Caller.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>
    /// A call that its caller gave up is no failure. But when it was the one that a half-open breaker let through, it has shown nothing,
    /// and Polly would close on it as on a success: so there it counts, and the breaker waits once more.
    /// </summary>
    private bool Failed(PollyOutcome outcome) =>
        outcome.Result?.CountsAgainstThirdParty ?? _state.CircuitState == CircuitState.HalfOpen;

    private OutboundResult.Failed TurnAway(Attempt attempt, OutboundFailure reason)
    {
        Interlocked.Increment(ref _turnedAway);
        return new(reason) { Elapsed = _time.GetElapsedTime(attempt.Started) };
    }

    private void Remember(Attempt attempt, OutboundResult? result) => _history.Add(new(
        _time.GetUtcNow(),
        result?.Elapsed ?? _time.GetElapsedTime(attempt.Started),
        attempt.Target,
        (result as OutboundResult.Answered)?.Status,
        (result as OutboundResult.Failed)?.Reason,
        result?.CountsAgainstThirdParty ?? false));

    private static string KindOf(string name) =>
        name.StartsWith("env ", StringComparison.Ordinal) && name.IndexOf(' ', 4) is var end and > 0 ? name[(end + 1)..] : name;
}
