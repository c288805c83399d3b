using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Faces.Scan;

/// <summary>What changes between the scan and the end of a login, and what is tried after it (RFC 10027, RFC 9700).</summary>
public sealed class ScanAttackTests
{
    [Theory, BothDatabases]
    public async Task What_is_confirmed_cannot_be_confirmed_or_cancelled_again(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var token = (await scan.World.LoginAsync("o-1")).AccessToken;
        var code = await scan.OpenAsync();
        await scan.ScanAsync(code, token);
        var number = (await scan.NowAsync(code)).GetProperty("number").GetString();
        await scan.ConfirmAsync(code, token, number);
        Assert.Equal(40008, (await scan.ConfirmAsync(code, token, number)).ScanCode());
        Assert.Equal(40008, (await scan.ConfirmAsync(code, token, "00")).ScanCode());
        Assert.Equal(40008, (await scan.CancelAsync(code, token)).ScanCode());
        Assert.Equal(40008, (await scan.ScanAsync(code, token)).ScanCode());
        Assert.Equal(1, (await scan.RedeemAsync((await scan.NowAsync(code)).GetProperty("auth_code").GetString()!)).ScanCode());
    }

    [Theory, BothDatabases]
    public async Task Whoever_is_disabled_after_the_scan_cannot_confirm_it(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var login = await scan.World.LoginAsync("o-1");
        var code = await scan.OpenAsync();
        await scan.ScanAsync(code, login.AccessToken);
        var number = (await scan.NowAsync(code)).GetProperty("number").GetString();
        World.Done(await scan.World.Get<UserSessions>().DisableAsync(Actor.Host, scan.World.Development.Id, UserId.Of(login.UserId)));
        Assert.Equal(40005, (await scan.ConfirmAsync(code, login.AccessToken, number)).ScanCode());
        Assert.Equal(102, (await scan.StateAsync(code)).ScanCode());
    }

    [Theory, BothDatabases]
    public async Task A_retired_secret_redeems_nothing_and_its_successor_does(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var code = await scan.LoginAsync(await scan.OpenAsync(), (await scan.World.LoginAsync("o-1")).AccessToken);
        var (apps, project) = (scan.World.Get<AppService>(), scan.World.Development.ProjectId);
        var credential = World.Value(await apps.ListAsync(Actor.Host, project)).SelectMany(a => a.Credentials).Single(c => c.AppKey == scan.World.AppKey);
        var next = World.Value(await apps.AddSecretAsync(Actor.Host, project, credential.Id));
        World.Done(await apps.RetireSecretAsync(Actor.Host, project, credential.Id, credential.Secrets.Single().Id));
        Assert.Equal(40003, (await scan.RedeemAsync(code)).ScanCode());
        Assert.Equal(1, (await scan.RedeemAsync(code, secret: next)).ScanCode());
    }

    /// <summary>The page gets what it shows from a stranger: one letter of a name, and a browser out of our own list.</summary>
    [Theory, BothDatabases]
    public async Task What_people_and_browsers_call_themselves_is_no_markup(DatabaseKind database)
    {
        const string Name = "<script>alert(1)</script>";
        await using var scan = await ScanWorld.CreateAsync(database);
        var token = (await scan.World.LoginAsync("o-1", $$"""{"nickname":"{{Name}}"}""")).AccessToken;
        var phone = new PhoneBrowser(scan) { Cookie = $"scan-{scan.World.Development.Id}={token}" };
        var code = await scan.OpenAsync();
        var ask = await phone.GetAsync(code);
        Assert.Empty(ask.Html.QuerySelectorAll("script, img"));
        Assert.Equal("<***", ask.Html.QuerySelector("dd")!.TextContent);
        Assert.Equal("<***", (await scan.NowAsync(code)).GetProperty("name").GetString());
    }
}
