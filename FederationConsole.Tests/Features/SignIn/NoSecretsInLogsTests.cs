using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.SignIn;

/// <summary>A run's whole log, at every level, holds none of the secrets that the run used.</summary>
public sealed class NoSecretsInLogsTests
{
    [Theory, BothDatabases]
    public async Task No_secret_token_or_phone_of_a_run_is_in_its_log(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var thirdPartyToken = world.Party.SignIn("log-open-id", """{"phone":"13912345678","nickname":"某人"}""");
        object body = new { source = 10, corp_id = world.Development.CorpId, open_id = "log-open-id", access_token = thirdPartyToken };
        await world.PostAsync("/v2/user/third/register_check", body);
        var login = await world.LoginAsync("log-open-id", """{"phone":"13912345678"}""");
        await world.SendAsync(HttpMethod.Get, $"/v2/user/{login.UserId}", accessToken: login.AccessToken);
        var fresh = await world.PostAsync("/v2/user/token/refresh", new { refresh_token = login.RefreshToken }, login.AccessToken);
        await world.PostAsync("/v2/user/token/refresh", new { refresh_token = login.RefreshToken }, login.AccessToken);
        world.Party.Misbehave = http => { http.Abort(); return Task.CompletedTask; };
        await world.PostAsync("/v2/user_auth_third", body);
        string[] used =
        [
            .. world.Secrets, thirdPartyToken, Uri.EscapeDataString(thirdPartyToken), login.AccessToken, login.RefreshToken, login.Authorize,
            fresh.Json.GetProperty("access_token").GetString()!, fresh.Json.GetProperty("refresh_token").GetString()!, "13912345678",
        ];

        var lines = world.Host.Log.Lines;

        Assert.Contains(lines, l => l.Contains("Outbound call failed", StringComparison.Ordinal));
        Assert.All(used, secret => Assert.DoesNotContain(lines, l => l.Contains(secret, StringComparison.Ordinal)));
    }
}
