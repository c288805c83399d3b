using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FederationConsole.Tests.Support;
using FederationConsole.Tests.Support.Upstreams;

namespace FederationConsole.Tests.Features.SignIn;

/// <summary>What only processes show: a kill amid writes, two nodes on one database, and what a run's log holds.</summary>
public sealed class DurabilityTests
{
    private const string Corp = "cafe000000000001";

    /// <summary>A project file for this third party, imported at the start of each process.</summary>
    private static async Task<(string File, Dictionary<string, string> Settings)> SeedAsync(StandardThirdParty party)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("fc-seed-").FullName, "seed.json");
        await File.WriteAllTextAsync(file, $$"""
            {"projects":[{"code":"kill","name":"断电","environments":{"development":{"corpId":"{{Corp}}","sources":[
              {"source":10,"enabled":true,"url":"{{party.Url}}","token":"{{party.Token}}"}] } } }]}
            """);
        return (file, new() { ["Seed:Files:0"] = file });
    }

    private static async Task<JsonElement?> LoginAsync(ProductProcess product, StandardThirdParty party, string openId)
    {
        try
        {
            using var reply = await product.Http.PostAsJsonAsync(new Uri("/v2/user_auth_third", UriKind.Relative), new
            {
                source = 10, corp_id = Corp, open_id = openId, access_token = party.SignIn(openId),
            });
            return reply.StatusCode == HttpStatusCode.OK ? await reply.Content.ReadFromJsonAsync<JsonElement>() : null;
        }
        catch (HttpRequestException)
        {
            // Killed before it answered: nothing was promised.
            return null;
        }
    }

    private static async Task<HttpStatusCode> ProfileAsync(ProductProcess product, JsonElement login)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/v2/user/{login.GetProperty("user_id")}", UriKind.Relative));
        request.Headers.Add("Access-Token", login.GetProperty("access_token").GetString());
        using var reply = await product.Http.SendAsync(request);
        return reply.StatusCode;
    }

    [Fact]
    public async Task A_process_killed_amid_writes_loses_no_user_that_it_acknowledged()
    {
        await using var party = await StandardThirdParty.StartAsync();
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var product = await ProductProcess.StartAsync(database, (await SeedAsync(party)).Settings);
        var acknowledged = new ConcurrentBag<JsonElement>();
        for (var round = 0; round < 3; round++)
        {
            var before = acknowledged.Count;
            var enough = new TaskCompletionSource();
            var logins = Enumerable.Range(0, 16).Select(async lane =>
            {
                for (var i = 0; i < 2000; i++)
                {
                    if (await LoginAsync(product, party, $"r{round}-{lane}-{i}") is not { } login)
                    {
                        return;
                    }

                    acknowledged.Add(login);
                    if (acknowledged.Count > before + 150)
                    {
                        enough.TrySetResult();
                    }
                }
            }).ToList();
            await enough.Task;
            product.Kill();
            await Task.WhenAll(logins);
            await product.StartAgainAsync();
        }

        Assert.True(acknowledged.Count > 450);
        foreach (var login in acknowledged)
        {
            Assert.Equal(HttpStatusCode.OK, await ProfileAsync(product, login));
        }
    }

    [Fact]
    public async Task Two_nodes_start_together_and_a_session_ended_at_one_is_refused_at_the_other()
    {
        await using var party = await StandardThirdParty.StartAsync();
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.PostgreSql);
        var (_, settings) = await SeedAsync(party);
        var nodes = await Task.WhenAll(ProductProcess.StartAsync(database, settings), ProductProcess.StartAsync(database, settings));
        await using var first = nodes[0];
        await using var second = nodes[1];

        var login = (await LoginAsync(first, party, "o-1"))!.Value;
        Assert.Equal(HttpStatusCode.OK, await ProfileAsync(second, login));

        using var logout = new HttpRequestMessage(HttpMethod.Post, new Uri("/v2/user/logout", UriKind.Relative));
        logout.Headers.Add("Access-Token", login.GetProperty("access_token").GetString());
        using var ended = await first.Http.SendAsync(logout);
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, await ProfileAsync(first, login));

        // Within a second on the other node: asked again until it says no, and that moment is looked at.
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (await ProfileAsync(second, login) == HttpStatusCode.OK && since.Elapsed < TimeSpan.FromSeconds(10))
        {
            await Task.Yield();
        }

        Assert.True(since.Elapsed < TimeSpan.FromSeconds(1), $"{since.Elapsed} until the other node knew");
    }
}
