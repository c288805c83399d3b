namespace FederationConsole.Platform;

/// <summary>
/// Starts what prepares the host (migration, catalogs, seeds, workers) one after another, in the order of registration, when the
/// server listens already: whoever asks <c>/healthz</c> while a large database is migrated hears an answer, not a refused
/// connection. All else is answered with 503 until the last step is done, and <see cref="IHost.StartAsync"/> ends no sooner.
/// </summary>
internal sealed partial class StartSequence(Lazy<IReadOnlyList<IHostedService>> steps, IHostApplicationLifetime lifetime, ILogger<StartSequence> logger)
    : IHostedLifecycleService
{
    private readonly Stack<IHostedService> _started = new();

    /// <summary>Made when first asked for, which is after the server listens.</summary>
    public IReadOnlyList<IHostedService> Steps => steps.Value;

    public bool Done { get; private set; }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The server was started after this service and before this call.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var step in Steps)
        {
            _started.Push(step);
            await step.StartAsync(cancellationToken);
            if (step is BackgroundService { ExecuteTask: { } work })
            {
                _ = WatchAsync(step, work);
            }
        }

        Done = true;
        foreach (var step in Steps.OfType<IHostedLifecycleService>())
        {
            await step.StartedAsync(cancellationToken);
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        while (_started.TryPop(out var step))
        {
            await step.StopAsync(cancellationToken);
        }
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>As the framework does for its own: a host whose writer has died must not go on as if nothing had happened.</summary>
    private async Task WatchAsync(IHostedService step, Task work)
    {
        try
        {
            await work;
        }
        catch (Exception exception) when (!lifetime.ApplicationStopping.IsCancellationRequested)
        {
            WorkerDied(exception, step.GetType().Name);
            lifetime.StopApplication();
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Step} died; the host stops")]
    private partial void WorkerDied(Exception exception, string step);
}

/// <summary>Puts the hosted services that were registered so far into one <see cref="StartSequence"/>.</summary>
internal static class StartSequenceRegistration
{
    public static void AddStartSequence(this IServiceCollection services)
    {
        var registered = services.Where(service => service.ServiceType == typeof(IHostedService) && !service.IsKeyedService).ToList();
        foreach (var step in registered)
        {
            services.Remove(step);
            if (step.ImplementationType is { } type)
            {
                services.AddSingleton(type);
            }
        }

        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<StartSequence>(
            provider, new Lazy<IReadOnlyList<IHostedService>>(() => [.. registered.Select(step => (IHostedService)Make(step, provider))])));
        services.AddHostedService(provider => provider.GetRequiredService<StartSequence>());
        services.AddSingleton<IStartupFilter, NotYet>();
    }

    private static object Make(ServiceDescriptor step, IServiceProvider provider) =>
        step.ImplementationInstance ?? step.ImplementationFactory?.Invoke(provider) ?? provider.GetRequiredService(step.ImplementationType!);

    /// <summary>Outermost: nothing may look at a database that is not migrated yet, and being alive needs no routes.</summary>
    private sealed class NotYet(StartSequence sequence) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                if (sequence.Done)
                {
                    return go(context);
                }

                if (context.Request.Path == "/healthz")
                {
                    return context.Response.WriteAsync("ok", context.RequestAborted);
                }

                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers.RetryAfter = "1";
                return Task.CompletedTask;
            });
            next(app);
        };
    }
}
