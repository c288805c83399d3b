using System.Net;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FederationConsole.Tests.Platform;

public sealed class StartSequenceTests
{
    [Fact]
    public async Task While_a_step_is_at_work_the_host_says_alive_and_not_ready_and_serves_nothing_else()
    {
        var seen = new Seen();
        await using var host = await TestHost.StartAsync(new TestHostOptions
        {
            Adjust = builder => builder.Services.AddSingleton(seen).AddHostedService<Looker>(),
        });

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable], seen.Answers);
        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("/readyz")).StatusCode);
    }

    [Fact]
    public async Task A_step_that_fails_stops_the_start() =>
        Assert.Equal("no disk", (await Assert.ThrowsAsync<InvalidOperationException>(() => TestHost.StartAsync(new TestHostOptions
        {
            Adjust = builder => builder.Services.AddHostedService<Failing>(),
        }))).Message);

    [Fact]
    public async Task A_worker_that_dies_stops_the_host()
    {
        await using var host = await TestHost.StartAsync(new TestHostOptions { Adjust = builder => builder.Services.AddHostedService<Dying>() });
        var stopping = new TaskCompletionSource();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);

        await stopping.Task.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Contains(host.Log.Lines, line => line.Contains("Dying died", StringComparison.Ordinal));
    }

    private sealed class Seen
    {
        public List<HttpStatusCode> Answers { get; } = [];
    }

    /// <summary>A step that calls the host which it is a step of.</summary>
    private sealed class Looker(IServer server, Seen seen) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            using var http = new HttpClient { BaseAddress = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
            foreach (var path in (string[])["/healthz", "/readyz", "/v2/user/1", "/account/sign-in"])
            {
                seen.Answers.Add((await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken)).StatusCode);
            }
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Failing : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("no disk");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Dying(IHostApplicationLifetime lifetime) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var started = new TaskCompletionSource();
            await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
            await started.Task;
            throw new InvalidOperationException("the end");
        }
    }
}
