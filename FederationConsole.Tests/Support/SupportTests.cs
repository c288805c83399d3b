using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace FederationConsole.Tests.Support;

/// <summary>The ground itself: a helper that does not do what it says makes every test above it worthless.</summary>
public sealed class SupportTests
{
    [Fact]
    public async Task A_new_postgres_database_is_empty_and_apart_from_its_neighbour()
    {
        var (first, second) = (await PostgresCluster.NewDatabaseAsync(), await PostgresCluster.NewDatabaseAsync());
        await ScalarAsync(first, "CREATE TABLE mine (id int)");
        // What holds the cluster must outlive a collection.
        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.Equal(1L, await ScalarAsync(first, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
        Assert.Equal(0L, await ScalarAsync(second, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));

        await PostgresCluster.DropDatabaseAsync(first);
        var gone = await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(first, "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, gone.SqlState);
        await PostgresCluster.DropDatabaseAsync(second);
    }

    [Theory, BothDatabases]
    public async Task The_product_answers_in_this_process_with_the_tests_clock_and_log(DatabaseKind database)
    {
        await using var host = await TestHost.StartAsync(database);

        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync(new Uri("/healthz", UriKind.Relative))).StatusCode);
        Assert.Same(host.Time, host.Services.GetRequiredService<TimeProvider>());
        Assert.Contains(host.Log.Lines, line => line.Contains("/healthz", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_product_as_a_process_survives_being_killed_and_stops_when_told()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var product = await ProductProcess.StartAsync(database);

        product.Kill();
        await Assert.ThrowsAsync<HttpRequestException>(() => product.Http.GetAsync(new Uri("/healthz", UriKind.Relative)));

        await product.StartAgainAsync();
        Assert.Equal(HttpStatusCode.OK, (await product.Http.GetAsync(new Uri("/healthz", UriKind.Relative))).StatusCode);
        Assert.Equal(0, await product.StopAsync());
    }

    [Fact]
    public async Task A_product_that_cannot_start_says_why()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var impossible = new Dictionary<string, string> { ["Kestrel:Endpoints:Bad:Url"] = "nonsense://" };

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => ProductProcess.StartAsync(database, impossible));
        Assert.Contains("before it was ready", fault.Message, StringComparison.Ordinal);
        Assert.Contains("nonsense", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_found_wherever_the_log_carries_it()
    {
        using var log = new LogKeeper();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        var logger = factory.CreateLogger("test");
        using (logger.BeginScope(new Dictionary<string, object?> { ["scoped"] = "in-a-scope" }))
        {
#pragma warning disable CA1848, CA2254, CA1873 // What is tested is how any logger's values are kept.
            logger.LogInformation(new InvalidOperationException("in-an-exception"), "said {Field}", "in-a-field");
#pragma warning restore CA1848, CA2254, CA1873
        }

        log.AssertNeverSays("not-there");
        foreach (var secret in (string[])["in-a-scope", "in-an-exception", "in-a-field"])
        {
            var leak = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => log.AssertNeverSays(secret));
            Assert.DoesNotContain(secret, leak.Message, StringComparison.Ordinal);
        }
    }

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
#pragma warning disable CA2100 // The statements above.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
