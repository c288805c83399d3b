using System.Diagnostics.Metrics;
using System.Threading.Channels;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FederationConsole.Features.Traces;

/// <summary>
/// Takes the traces of logins and writes them behind their backs: the login pays for one object and one step of a queue. A killed host
/// loses what waits (two seconds), a graceful stop nothing; what finds the queue full is dropped and counted.
/// </summary>
public sealed partial class SignInTraces : PeriodicWork
{
    /// <summary>Traces in one write: bounds how long a login's write may wait behind it.</summary>
    private const int Batch = 100;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CleaningPeriod = TimeSpan.FromHours(1);
    private static readonly Meter Meter = new(Telemetry.Name);
    private static readonly Counter<long> Drops = Meter.CreateCounter<long>("traces.dropped", description: "Traces of logins that found the queue full.");

    private readonly Channel<SignInTrace> _waiting;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Store _store;
    private readonly ProjectCatalog _projects;
    private readonly ILogger<SignInTraces> _logger;
    private readonly TimeSpan _keep;
    private DateTimeOffset _cleaned = DateTimeOffset.MinValue;
    private long _dropped;

    public SignInTraces(Store store, ProjectCatalog projects, IOptions<TraceOptions> options, TimeProvider clock, ILogger<SignInTraces> logger)
        : base(Period, clock)
    {
        (_store, _projects, _logger, _keep) = (store, projects, logger, TimeSpan.FromDays(options.Value.KeepDays));
        _waiting = Channel.CreateBounded<SignInTrace>(new BoundedChannelOptions(options.Value.Queue) { FullMode = BoundedChannelFullMode.Wait });
    }

    /// <summary>Traces that were dropped since this host started.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>The trace belongs to this from now on. Never waits, never throws.</summary>
    public void Add(SignInTrace trace)
    {
        trace.At = Clock.GetUtcNow();
        if (!_waiting.Writer.TryWrite(trace))
        {
            Interlocked.Increment(ref _dropped);
            Drops.Add(1);
        }
    }

    /// <summary>Writes all that waits now.</summary>
    public async Task FlushAsync()
    {
        await _writing.WaitAsync();
        try
        {
            var taken = new List<SignInTrace>(Batch);
            while (_waiting.Reader.TryRead(out var first))
            {
                taken.Add(first);
                while (taken.Count < Batch && _waiting.Reader.TryRead(out var more))
                {
                    taken.Add(more);
                }

                await WriteAsync(taken);
                taken.Clear();
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Forgets what is older than <see cref="TraceOptions.KeepDays"/>, in small writes.</summary>
    public async Task CleanAsync(CancellationToken stop)
    {
        var floor = Ids.Floor(Clock.GetUtcNow() - _keep);
        int gone;
        do
        {
            gone = await _store.WriteAsync(Scope.Host, db => db.Set<SignInTrace>().IgnoreQueryFilters()
                .Where(t => t.Id < floor).OrderBy(t => t.Id).Take(Batch * 5).ExecuteDeleteAsync());
        }
        while (gone == Batch * 5 && !stop.IsCancellationRequested);
    }

    protected override async Task RoundAsync(CancellationToken stop)
    {
        await FlushAsync();
        if (Clock.GetUtcNow() - _cleaned >= CleaningPeriod)
        {
            _cleaned = Clock.GetUtcNow();
            await CleanAsync(stop);
        }
    }

    // What support would like to know must not stop the host.
    protected override void RoundFailed(Exception exception) => WritingFailed(exception);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync();
    }

    public override void Dispose()
    {
        _writing.Dispose();
        base.Dispose();
    }

    private async Task WriteAsync(List<SignInTrace> traces)
    {
        foreach (var group in traces.GroupBy(t => t.EnvironmentId))
        {
            if (_projects.Environment(group.Key) is { } environment)
            {
                await _store.WriteAsync(environment.Scope, async db =>
                {
                    foreach (var trace in group)
                    {
                        trace.Id = db.NextId();
                        await db.InsertAsync(Fit(trace));
                    }

                    return Outcome.Done;
                });
            }
        }
    }

    /// <summary>What a stranger or a vendor sent may be of any length; PostgreSQL takes no zero character either.</summary>
    private static SignInTrace Fit(SignInTrace trace)
    {
        trace.RequestId = Cut(trace.RequestId, 64)!;
        trace.AppKey = Cut(trace.AppKey, 64);
        trace.OpenId = Cut(trace.OpenId, SignInTrace.MaxOpenId);
        trace.Code = Cut(trace.Code, 64);
        trace.Detail = Cut(trace.Detail, SignInTrace.MaxDetail);
        trace.Address = Cut(trace.Address, 64);
        return trace;
    }

    private static string? Cut(string? text, int length)
    {
        text = text?.Replace('\0', ' ');
        return text is null || text.Length <= length ? text
            : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Traces of logins were not written; the batch is lost")]
    private partial void WritingFailed(Exception exception);
}
