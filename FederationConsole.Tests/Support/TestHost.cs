using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FederationConsole.Tests.Support;

/// <summary>What a test wants otherwise than the product's defaults.</summary>
internal sealed record TestHostOptions
{
    public DatabaseKind Database { get; init; } = DatabaseKind.Sqlite;

    public string Environment { get; init; } = "Development";

    /// <summary>Configuration by key (<c>Outbound:AllowPrivateNetworks</c>), above all other sources.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Keeps the real clock, for a test whose subject is real waiting (timeouts against a hanging third party).</summary>
    public bool RealTime { get; init; }

    /// <summary>Runs on the builder before the product registers its services: what is there already, it keeps.</summary>
    public Action<WebApplicationBuilder>? Adjust { get; init; }
}

/// <summary>
/// The product in this process: its own composition on a real Kestrel at a free port of 127.0.0.1, over a database of its
/// own, with a clock that the test moves and a log that it can read.
/// </summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestDatabase _database;

    private TestHost(WebApplication app, TestDatabase database, ManualTime time, LogKeeper log)
    {
        (_app, _database, Time, Log) = (app, database, time, log);
        Address = new Uri(app.Urls.Single());
        Http = NewClient();
    }

    public Uri Address { get; }

    /// <summary>Follows no redirect and keeps no cookie: the test sees what was answered.</summary>
    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>The product's clock, unless <see cref="TestHostOptions.RealTime"/>.</summary>
    public ManualTime Time { get; }

    public LogKeeper Log { get; }

    public static Task<TestHost> StartAsync(DatabaseKind database) => StartAsync(new TestHostOptions { Database = database });

    public static async Task<TestHost> StartAsync(TestHostOptions? options = null)
    {
        options ??= new();
        var database = await TestDatabase.CreateAsync(options.Database);
        // From now on and not from a fixed day: a browser judges cookies by the real clock.
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        var log = new LogKeeper();
        WebApplication? app = null;
        try
        {
            app = Composition.Build(Arguments(options, database), builder =>
            {
                // Its own filter beats the configured levels: a secret that only a raised level shows is a leak as well.
                builder.Logging.ClearProviders().AddProvider(log).AddFilter<LogKeeper>(null, LogLevel.Debug);
                if (!options.RealTime)
                {
                    // Before the product, which takes a clock that is there already.
                    builder.Services.AddSingleton<TimeProvider>(time);
                }

                options.Adjust?.Invoke(builder);
            });
            await app.StartAsync();
            return new(app, database, time, log);
        }
        catch
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }

            await database.DisposeAsync();
            throw;
        }
    }

    public HttpClient NewClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = Address };

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    // The entry assembly of a test run is the runner's, so the product is told its own name; command line beats every other source.
    private static string[] Arguments(TestHostOptions options, TestDatabase database) =>
    [
        "--applicationName", "FederationConsole",
        "--contentRoot", Repository.Top,
        "--environment", options.Environment,
        "--urls", "http://127.0.0.1:0",
        .. database.Settings.Concat(options.Settings).SelectMany(setting => new[] { $"--{setting.Key}", setting.Value }),
    ];
}
