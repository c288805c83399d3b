using System.Net;
using FederationConsole.Features.Guessing;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.SignIn;

public sealed class GuessingTests
{
    [Theory, BothDatabases]
    public async Task An_address_that_guesses_is_told_when_to_come_back_and_a_restart_would_remember(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(new TestHostOptions { Database = database, Settings = new Dictionary<string, string> { ["Guessing:FailuresPerMinute"] = "20" } });
        var login = await world.LoginAsync("o-1");
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(4031003, (await world.SendAsync(HttpMethod.Get, "/v2/user/5", accessToken: "guess")).Code);
        }

        var refused = await world.SendAsync(HttpMethod.Get, $"/v2/user/{login.UserId}", accessToken: login.AccessToken);
        Assert.Equal((HttpStatusCode.TooManyRequests, 4291001), (refused.Status, refused.Code));
        Assert.InRange(refused.Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);

        // What the other nodes and a restart know is what the database has.
        await world.Get<GuessGuard>().ExchangeAsync();
        Assert.Equal(4291001, (await world.SendAsync(HttpMethod.Get, "/v2/user/5")).Code);

        world.Host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, (await world.SendAsync(HttpMethod.Get, $"/v2/user/{login.UserId}", accessToken: login.AccessToken)).Code);
    }

    [Fact]
    public async Task What_is_merely_wrong_is_no_guess()
    {
        await using var world = await World.CreateAsync(new TestHostOptions { Settings = new Dictionary<string, string> { ["Guessing:FailuresPerMinute"] = "10" } });
        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(4001002, (await world.PostAsync("/v2/user_auth_third", new { source = 10 })).Code);
        }
    }
}
