using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Faces.Scan;

/// <summary><c>/hubs/scan</c> over a real socket.</summary>
public sealed class ScanHubTests
{
    [Theory, BothDatabases]
    public async Task A_page_is_told_each_state_as_it_comes(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var token = (await scan.World.LoginAsync("o-1", """{"nickname":"李清华"}""")).AccessToken;
        var code = await scan.OpenAsync();
        await using var hub = await HubClient.ConnectAsync(scan.World.Host.Address);
        await hub.WatchAsync(code);
        Assert.Equal("""{"code":101}""", (await hub.StateAsync()).GetRawText());

        await scan.ScanAsync(code, token);
        var scanned = await hub.StateAsync();
        Assert.Equal(102, scanned.GetProperty("code").GetInt32());
        Assert.Equal("李***", scanned.GetProperty("name").GetString());
        await scan.ConfirmAsync(code, token, scanned.GetProperty("number").GetString());
        var confirmed = await hub.StateAsync();
        Assert.Equal(1, confirmed.GetProperty("code").GetInt32());
        var authCode = confirmed.GetProperty("auth_code").GetString()!;
        Assert.Equal($"{ScanWorld.Redirect}?auth_code={authCode}", confirmed.GetProperty("redirect").GetString());
        Assert.Equal(1, (await scan.RedeemAsync(authCode)).ScanCode());
    }

    [Theory, BothDatabases]
    public async Task Cancelled_and_expired_reach_the_page_and_it_may_go_on_with_a_new_code(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var token = (await scan.World.LoginAsync("o-1")).AccessToken;
        var (first, second) = (await scan.OpenAsync(), await scan.OpenAsync());
        await using var hub = await HubClient.ConnectAsync(scan.World.Host.Address);
        await hub.WatchAsync(first);
        await hub.StateAsync();
        await scan.ScanAsync(first, token);
        await hub.StateAsync();
        await scan.CancelAsync(first, token);
        Assert.Equal(103, (await hub.StateAsync()).GetProperty("code").GetInt32());

        await hub.WatchAsync(second);
        Assert.Equal(101, (await hub.StateAsync()).GetProperty("code").GetInt32());
        scan.World.Host.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(104, (await hub.StateAsync()).GetProperty("code").GetInt32());
    }

    [Theory, BothDatabases]
    public async Task A_wrong_secret_is_answered_as_an_unknown_ticket(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var code = await scan.OpenAsync();
        await using var hub = await HubClient.ConnectAsync(scan.World.Host.Address);
        await hub.WatchAsync(code with { Secret = (await scan.OpenAsync()).Secret });
        var wrong = (await hub.CompletionAsync()).GetProperty("error").GetString()!;
        await hub.WatchAsync(code with { Ticket = "AAAAAAAAAAAAAAAAAAAAAA" });
        Assert.Equal(wrong, (await hub.CompletionAsync()).GetProperty("error").GetString());
        Assert.Contains("40008", wrong, StringComparison.Ordinal);
        await scan.WaitingAsync(0);
    }

    [Fact]
    public async Task A_page_that_leaves_is_forgotten()
    {
        await using var scan = await ScanWorld.CreateAsync(DatabaseKind.Sqlite);
        var code = await scan.OpenAsync();
        await using (var hub = await HubClient.ConnectAsync(scan.World.Host.Address))
        {
            await hub.WatchAsync(code);
            await hub.StateAsync();
            await scan.WaitingAsync(1);
        }

        await scan.WaitingAsync(0);
    }
}
