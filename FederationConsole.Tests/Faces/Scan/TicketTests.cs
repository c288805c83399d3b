using System.Net;
using System.Text;
using FederationConsole.Data;
using FederationConsole.Features.QrLogin;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Faces.Scan;

/// <summary>A ticket from the first look to its end, by the native app's calls and the long poll.</summary>
public sealed class TicketTests
{
    [Theory, BothDatabases]
    public async Task A_login_goes_through_its_states(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var token = (await scan.World.LoginAsync("o-1", """{"nickname":"李清华"}""")).AccessToken;
        var code = await scan.OpenAsync();
        Assert.Equal(101, (await scan.StateAsync(code)).ScanCode());

        var scanned = await scan.ScanAsync(code, token);
        Assert.Equal(1, scanned.ScanCode());
        Assert.Equal("商城", scanned.Data().GetProperty("app_name").GetString());
        Assert.Equal("127.0.0.1", scanned.Data().GetProperty("place").GetString());
        Assert.True(scanned.Data().TryGetProperty("device", out _));
        Assert.Equal(scan.World.Host.Time.GetUtcNow(), scanned.Data().GetProperty("at").GetDateTimeOffset(), TimeSpan.FromSeconds(1));
        var numbers = scanned.Data().GetProperty("numbers").EnumerateArray().Select(n => n.GetString()).ToList();
        Assert.Equal(3, numbers.Distinct().Count());

        var seen = await scan.StateAsync(code, 101);
        Assert.Equal(102, seen.ScanCode());
        Assert.Contains(seen.Data().GetProperty("number").GetString(), numbers);
        Assert.Equal("李***", seen.Data().GetProperty("name").GetString());
        Assert.False(seen.Data().TryGetProperty("auth_code", out _));
        // Scanning again shows the same.
        Assert.Equal(numbers, (await scan.ScanAsync(code, token)).Data().GetProperty("numbers").EnumerateArray().Select(n => n.GetString()));

        Assert.Equal(1, (await scan.ConfirmAsync(code, token, seen.Data().GetProperty("number").GetString())).ScanCode());
        var end = await scan.StateAsync(code, 102);
        Assert.Equal(1, end.ScanCode());
        Assert.Matches("^[A-Za-z0-9_-]{43}$", end.Data().GetProperty("auth_code").GetString());
        // Twice confirmed, and everything else, is over.
        Assert.Equal(40008, (await scan.ConfirmAsync(code, token, seen.Data().GetProperty("number").GetString())).ScanCode());
        Assert.Equal(40008, (await scan.CancelAsync(code, token)).ScanCode());
        Assert.Equal(40008, (await scan.ScanAsync(code, token)).ScanCode());
    }

    [Theory, BothDatabases]
    public async Task The_long_poll_answers_at_once_when_the_ticket_changes_and_after_25_seconds_when_not(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var token = (await scan.World.LoginAsync("o-1")).AccessToken;
        var code = await scan.OpenAsync();
        var held = scan.StateAsync(code, 101);
        await scan.WaitingAsync(1);
        Assert.False(held.IsCompleted);
        await scan.ScanAsync(code, token);
        Assert.Equal(102, (await held.WaitAsync(TimeSpan.FromSeconds(10))).ScanCode());

        held = scan.StateAsync(code, 102);
        await scan.WaitingAsync(1);
        scan.World.Host.Time.Advance(TimeSpan.FromSeconds(26));
        Assert.Equal(102, (await held.WaitAsync(TimeSpan.FromSeconds(10))).ScanCode());
        await scan.WaitingAsync(0);

        held = scan.StateAsync(code, 102);
        await scan.WaitingAsync(1);
        await scan.CancelAsync(code, token);
        Assert.Equal(103, (await held.WaitAsync(TimeSpan.FromSeconds(10))).ScanCode());
    }

    [Theory, BothDatabases]
    public async Task A_wrong_number_ends_the_ticket(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var token = (await scan.World.LoginAsync("o-1")).AccessToken;
        var code = await scan.OpenAsync();
        await scan.ScanAsync(code, token);
        var number = (await scan.NowAsync(code)).GetProperty("number").GetString()!;
        // None picked is asked for again; it costs nothing.
        Assert.Equal(40001, (await scan.ConfirmAsync(code, token, null)).ScanCode());
        Assert.Equal(102, (await scan.StateAsync(code)).ScanCode());

        Assert.Equal(40008, (await scan.ConfirmAsync(code, token, number == "10" ? "11" : "10")).ScanCode());
        Assert.Equal(103, (await scan.StateAsync(code)).ScanCode());
        Assert.Equal(40008, (await scan.ConfirmAsync(code, token, number)).ScanCode());
    }

    [Theory, BothDatabases]
    public async Task Of_two_users_at_once_one_owns_the_ticket(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var tokens = new[] { (await scan.World.LoginAsync("o-1")).AccessToken, (await scan.World.LoginAsync("o-2")).AccessToken };
        var code = await scan.OpenAsync();
        var scans = await Task.WhenAll(tokens.Select(t => scan.ScanAsync(code, t)));
        Assert.Equal([1, 40008], scans.Select(s => s.ScanCode()).Order());

        var number = (await scan.NowAsync(code)).GetProperty("number").GetString();
        var confirmations = await Task.WhenAll(tokens.Concat(tokens).Select(t => scan.ConfirmAsync(code, t, number)));
        Assert.Equal([1, 40008, 40008, 40008], confirmations.Select(c => c.ScanCode()).Order());
        Assert.Equal(1, (await scan.StateAsync(code)).ScanCode());
    }

    [Theory, BothDatabases]
    public async Task After_five_minutes_it_is_over_scanned_or_not(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var token = (await scan.World.LoginAsync("o-1")).AccessToken;
        var (waiting, scanned) = (await scan.OpenAsync(), await scan.OpenAsync());
        await scan.ScanAsync(scanned, token);
        var number = (await scan.NowAsync(scanned)).GetProperty("number").GetString();
        scan.World.Host.Time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal(101, (await scan.StateAsync(waiting)).ScanCode());

        var held = scan.StateAsync(waiting, 101);
        await scan.WaitingAsync(1);
        scan.World.Host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(104, (await held.WaitAsync(TimeSpan.FromSeconds(10))).ScanCode());
        Assert.Equal(104, (await scan.StateAsync(scanned)).ScanCode());
        Assert.Equal(40008, (await scan.ScanAsync(waiting, token)).ScanCode());
        Assert.Equal(40008, (await scan.ConfirmAsync(scanned, token, number)).ScanCode());
        Assert.Equal(104, (await scan.StateAsync(scanned)).ScanCode());
    }

    [Theory, BothDatabases]
    public async Task Nothing_is_confirmed_that_was_not_scanned_or_was_cancelled(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var token = (await scan.World.LoginAsync("o-1")).AccessToken;
        var code = await scan.OpenAsync();
        Assert.Equal(40008, (await scan.ConfirmAsync(code, token, "12")).ScanCode());
        Assert.Equal(40008, (await scan.CancelAsync(code, token)).ScanCode());
        Assert.Equal(101, (await scan.StateAsync(code)).ScanCode());
        await scan.ScanAsync(code, token);
        Assert.Equal(1, (await scan.CancelAsync(code, token)).ScanCode());
        Assert.Equal(40008, (await scan.ConfirmAsync(code, token, "12")).ScanCode());
        Assert.Equal(103, (await scan.StateAsync(code)).ScanCode());
    }

    [Theory, BothDatabases]
    public async Task A_wrong_secret_and_a_foreign_environment_are_answered_as_an_unknown_ticket(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var code = await scan.OpenAsync();
        var other = await scan.OpenAsync();
        var unknown = await scan.StateAsync(new("AAAAAAAAAAAAAAAAAAAAAA", code.Secret));
        Assert.Equal(40008, unknown.ScanCode());
        foreach (var wrong in new[] { code with { Secret = other.Secret }, code with { Secret = "" }, code with { Secret = new('x', 5000) }, code with { Ticket = "x" }, code with { Ticket = "" } })
        {
            Assert.Equal(unknown.Text, (await scan.StateAsync(wrong)).Text);
        }

        var neighbour = await scan.World.LoginAsync("o-1", environment: scan.World.Production);
        Assert.Equal(40008, (await scan.ScanAsync(code, neighbour.AccessToken)).ScanCode());
        Assert.Equal(101, (await scan.StateAsync(code)).ScanCode());
    }

    [Theory, BothDatabases]
    public async Task The_database_holds_nothing_that_opens_a_ticket(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var token = (await scan.World.LoginAsync("o-1")).AccessToken;
        var code = await scan.OpenAsync();
        var authCode = await scan.LoginAsync(code, token);
        var row = Assert.Single(await scan.World.ReadAsync(db => db.Set<ScanTicket>().ToListAsync()));
        var text = JsonColumn.Text(row) + Encoding.Latin1.GetString([.. row.Hash, .. row.SecretHash, .. row.CodeHash]);
        // Apart from the framework's own lines at a raised level: seed 004 puts keys into addresses, and those name each address.
        var ours = scan.World.Host.Log.Lines.Where(line => !line.Contains(" Microsoft.AspNetCore.", StringComparison.Ordinal));
        Assert.DoesNotContain(ours, line => new[] { code.Ticket, code.Secret, authCode }.Any(s => line.Contains(s, StringComparison.Ordinal)));
        Assert.All(new[] { code.Ticket, code.Secret, authCode }, s => Assert.DoesNotContain(s, text, StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task Calls_need_the_token_of_a_person(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        var code = await scan.OpenAsync();
        foreach (var path in new[] { "scan", "confirm", "cancel" })
        {
            Assert.Equal(40005, (await scan.World.PostAsync("/api/connect/" + path, new { ticket = code.Ticket })).ScanCode());
            Assert.Equal(40005, (await scan.World.PostAsync("/api/connect/" + path, new { ticket = code.Ticket }, "nonsense")).ScanCode());
        }

        // What an app was given by a scan must not sign it in elsewhere.
        var token = (await scan.World.LoginAsync("o-1")).AccessToken;
        var appsToken = (await scan.RedeemAsync(await scan.LoginAsync(code, token))).Data().GetProperty("access_token").GetString()!;
        Assert.Equal(40009, (await scan.ScanAsync(await scan.OpenAsync(), appsToken)).ScanCode());
        scan.World.Host.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(40005, (await scan.ScanAsync(code, token)).ScanCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"ticket\":5}")]
    [InlineData("{\"ticket\":{}}")]
    [InlineData("{\"ticket\":\"\\ud800\"}")]
    [InlineData("{\"ticket\":\"\\u0000\"}")]
    [InlineData("{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]}")]
    [InlineData("\u00ff\u00fe")]
    public async Task Malformed_bodies_are_told_so(string body)
    {
        await using var scan = await ScanWorld.CreateAsync(DatabaseKind.Sqlite);
        var token = (await scan.World.LoginAsync("o-1")).AccessToken;
        Assert.Contains((await scan.World.SendAsync(HttpMethod.Post, "/api/connect/scan", body, token)).ScanCode(), new[] { 40001, 40008 });
        Assert.Equal(40001, (await scan.World.SendAsync(HttpMethod.Post, "/api/connect/get-access-token", body)).ScanCode());
        Assert.Equal(40001, (await scan.World.SendAsync(HttpMethod.Post, "/api/connect/get-user-info", body)).ScanCode());
    }

    [Fact]
    public async Task Large_bodies_long_values_wrong_paths_and_verbs_wear_the_envelope()
    {
        await using var scan = await ScanWorld.CreateAsync(DatabaseKind.Sqlite);
        var world = scan.World;
        Assert.Equal(40001, (await world.PostAsync("/api/connect/get-access-token", new { app_id = new string('x', 100_000) })).ScanCode());
        Assert.Equal(40001, (await world.PostAsync("/api/connect/get-access-token", new { app_id = new string('x', 1000), app_secret = "x", auth_code = "x" })).ScanCode());
        Assert.Equal(40001, (await world.SendAsync(HttpMethod.Get, "/api/connect/nothing")).ScanCode());
        Assert.Equal(40001, (await world.SendAsync(HttpMethod.Delete, "/api/connect/scan")).ScanCode());
        using var fields = new FormUrlEncodedContent(Enumerable.Range(0, 10_000).Select(i => KeyValuePair.Create($"f{i}", "")));
        using var reply = await world.Host.Http.PostAsync(new Uri("/api/connect/get-access-token", UriKind.Relative), fields);
        Assert.Contains("40001", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Theory, BothDatabases]
    public async Task Old_tickets_are_forgotten(DatabaseKind database)
    {
        await using var scan = await ScanWorld.CreateAsync(database);
        await scan.OpenAsync();
        scan.World.Host.Time.Advance(TimeSpan.FromDays(3));
        await scan.OpenAsync();
        await scan.World.Get<TicketCleaner>().CleanAsync(CancellationToken.None);
        Assert.Equal(1, await scan.World.ReadAsync(db => db.Set<ScanTicket>().CountAsync()));
    }
}

internal static class ScanWaiting
{
    /// <summary>Until so many tickets are watched.</summary>
    public static async Task WaitingAsync(this ScanWorld scan, int count)
    {
        var watch = scan.World.Get<TicketWatch>();
        for (var i = 0; i < 500 && watch.Count != count; i++)
        {
            await Task.Delay(20);
        }

        Assert.Equal(count, watch.Count);
    }
}
