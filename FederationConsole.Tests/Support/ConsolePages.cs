using Bunit;
using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FederationConsole.Tests.Support;

/// <summary>Renders console pages over the services of a host, so that what they show is what the database holds.</summary>
internal sealed class ConsolePages : BunitContext
{
    private readonly TestHost _host;
    private readonly Gate _gate;

    public ConsolePages(TestHost host)
    {
        _host = host;
        // A machine that builds and tests at once is slow; a page that never shows it fails all the same.
        DefaultWaitTimeout = TimeSpan.FromSeconds(15);
        Services.AddLocalization();
        Services.AddSingleton(host.Services.GetRequiredService<TimeProvider>());
        Services.AddSingleton(host.Services.GetRequiredService<Signals>());
        Services.AddSingleton(host.Services.GetRequiredService<Microsoft.Extensions.Hosting.IHostEnvironment>());
        _gate = new(host.Services.GetRequiredService<IDbContextFactory<ConsoleDb>>());
    }

    /// <summary>Reads of pages wait until it is opened again.</summary>
    public void Hold() => _gate.Open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _gate.Open?.SetResult();

    /// <summary>A service as the product makes it, over a store that can be held.</summary>
    public T Serve<T>()
        where T : class
    {
        var store = new Store(_gate, _host.Services.GetRequiredService<IWriter>(), _host.Services.GetRequiredService<Ids>(), _host.Services.GetRequiredService<TimeProvider>());
        var service = ActivatorUtilities.CreateInstance<T>(_host.Services, store);
        Services.AddSingleton(service);
        return service;
    }

    public ConsoleContext ContextOf(EnvironmentEntry environment, EnvironmentEntry other, Role? role) => new(
        new Actor(ActorKind.Administrator, "1", "li", null, null) { Grants = role is { } held ? [new(environment.ProjectId.Value, held)] : [] },
        new(environment.ProjectId, environment.ProjectCode, environment.ProjectName, new(environment.Id, EnvironmentKind.Development), new(other.Id, EnvironmentKind.Production))
        {
            Zone = TimeZoneInfo.Utc,
        },
        new(environment.Id, EnvironmentKind.Development));

    public IRenderedComponent<T> Show<T>(ConsoleContext context, string address)
        where T : IComponent
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(context.Link(address));
        return Render<T>(parameters => parameters.AddCascadingValue(context));
    }

    private sealed class Gate(IDbContextFactory<ConsoleDb> inner) : IDbContextFactory<ConsoleDb>
    {
        public TaskCompletionSource? Open { get; set; }

        public ConsoleDb CreateDbContext() => inner.CreateDbContext();

        public async Task<ConsoleDb> CreateDbContextAsync(CancellationToken cancellationToken = default)
        {
            if (Open is { } open)
            {
                await open.Task;
            }

            return await inner.CreateDbContextAsync(cancellationToken);
        }
    }
}
