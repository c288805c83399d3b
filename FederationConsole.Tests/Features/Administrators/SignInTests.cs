using FederationConsole.Features.Administrators;
using FederationConsole.Features.Guessing;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.Administrators;

public sealed class SignInTests
{
    [Theory, BothDatabases]
    public async Task The_right_password_signs_in_and_leaves_a_line(DatabaseKind kind)
    {
        await using var admin = await AdminHost.StartAsync(kind);
        using var visit = new Visit(admin);

        Assert.Equal(SignInStep.SignedIn, await visit.Flow.PasswordAsync(" Owner@Example.COM ", AdminHost.OwnerPassword));

        Assert.True(visit.IsSignedIn);
        var line = (await admin.AuditAsync())[^1];
        Assert.Equal((SignInActions.Done, "192.0.2.1"), (line.Action, line.Address));
        admin.Host.Log.AssertNeverSays(AdminHost.OwnerPassword);
    }

    [Fact]
    public async Task The_cookie_is_for_http_and_this_site_alone()
    {
        await using var admin = await AdminHost.StartAsync();
        using var plain = new Visit(admin);
        using var secure = new Visit(admin);
        secure.Http.Request.Scheme = "https";

        await plain.Flow.PasswordAsync(AdminHost.OwnerEmail, AdminHost.OwnerPassword);
        await secure.Flow.PasswordAsync(AdminHost.OwnerEmail, AdminHost.OwnerPassword);

        var (cookie, overTls) = (plain.Http.Response.Headers.SetCookie.ToString(), secure.Http.Response.Headers.SetCookie.ToString());
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("secure", overTls, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Each_sign_in_gives_a_new_cookie()
    {
        await using var admin = await AdminHost.StartAsync();
        using var first = new Visit(admin);
        await first.Flow.PasswordAsync(AdminHost.OwnerEmail, AdminHost.OwnerPassword);
        using var second = new Visit(admin, first);

        await second.Flow.PasswordAsync(AdminHost.OwnerEmail, AdminHost.OwnerPassword);

        Assert.NotEqual(first.Cookies["console"], second.Cookies["console"]);
    }

    [Theory, BothDatabases]
    public async Task Unknown_wrong_and_disabled_are_answered_alike_and_the_typed_address_is_kept_nowhere(DatabaseKind kind)
    {
        await using var admin = await AdminHost.StartAsync(kind);
        var (id, password) = await admin.HasAsync("off@example.com", new Grant(null, Role.ReadOnly));
        Assert.True((await admin.Administrators.DisableAsync(Actor.Host, id)).Ok);
        using var visit = new Visit(admin);

        Assert.Equal(SignInStep.Refused, await visit.Flow.PasswordAsync(AdminHost.OwnerEmail, "wrong password"));
        Assert.Equal(SignInStep.Refused, await visit.Flow.PasswordAsync("off@example.com", password));
        Assert.Equal(SignInStep.Refused, await visit.Flow.PasswordAsync("hunter2-in-the-wrong-field", "wrong password"));
        Assert.Equal(SignInStep.Refused, await visit.Flow.PasswordAsync(null, null));

        Assert.False(visit.IsSignedIn);
        var lines = (await admin.AuditAsync()).FindAll(l => l.Action == SignInActions.Failed);
        Assert.Equal(4, lines.Count);
        Assert.Equal(["", ""], lines[^2..].Select(l => l.SubjectId));
        Assert.DoesNotContain(await admin.AuditAsync(), l => $"{l.ActorName}{l.ActorId}{l.SubjectId}{l.Changes}".Contains("hunter2", StringComparison.Ordinal));
        admin.Host.Log.AssertNeverSays("hunter2", "wrong password");
    }

    [Theory, BothDatabases]
    public async Task Five_wrong_passwords_lock_for_five_minutes_of_the_hosts_clock(DatabaseKind kind)
    {
        await using var admin = await AdminHost.StartAsync(kind);
        using var visit = new Visit(admin);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(SignInStep.Refused, await visit.Flow.PasswordAsync(AdminHost.OwnerEmail, "wrong password"));
        }

        Assert.Equal(SignInStep.Refused, await visit.Flow.PasswordAsync(AdminHost.OwnerEmail, AdminHost.OwnerPassword));
        admin.Host.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.Equal(SignInStep.Refused, await visit.Flow.PasswordAsync(AdminHost.OwnerEmail, AdminHost.OwnerPassword));
        admin.Host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(SignInStep.SignedIn, await visit.Flow.PasswordAsync(AdminHost.OwnerEmail, AdminHost.OwnerPassword));

        Assert.Single(await admin.ActionsAsync(), SignInActions.LockedOut);
    }

    [Fact]
    public async Task Wrong_passwords_sent_at_once_are_counted_one_by_one()
    {
        await using var admin = await AdminHost.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Task.Run(async () =>
        {
            using var visit = new Visit(admin, address: $"192.0.2.{i + 1}");
            await visit.Flow.PasswordAsync(AdminHost.OwnerEmail, "wrong password");
        })));

        using var after = new Visit(admin, address: "192.0.2.99");
        Assert.Equal(SignInStep.Refused, await after.Flow.PasswordAsync(AdminHost.OwnerEmail, AdminHost.OwnerPassword));
    }

    [Fact]
    public async Task One_address_may_try_so_often_and_another_is_not_hindered()
    {
        await using var admin = await AdminHost.StartAsync();
        using var guesser = new Visit(admin, address: "198.51.100.7");
        for (var i = 0; i < SignInFlow.TriesByAddress; i++)
        {
            Assert.Equal(SignInStep.Refused, await guesser.Flow.PasswordAsync($"guess{i}@example.com", "wrong password"));
        }

        Assert.Equal(SignInStep.TooMany, await guesser.Flow.PasswordAsync(AdminHost.OwnerEmail, AdminHost.OwnerPassword));
        using (var colleague = new Visit(admin, address: "198.51.100.8"))
        {
            Assert.Equal(SignInStep.SignedIn, await colleague.Flow.PasswordAsync(AdminHost.OwnerEmail, AdminHost.OwnerPassword));
        }

        admin.Host.Time.Advance(ExactLimits.GuessWindow);
        using var later = new Visit(admin, address: "198.51.100.7");
        Assert.Equal(SignInStep.SignedIn, await later.Flow.PasswordAsync(AdminHost.OwnerEmail, AdminHost.OwnerPassword));
    }

    [Fact]
    public async Task Signing_out_takes_the_cookie_and_leaves_a_line()
    {
        await using var admin = await AdminHost.StartAsync();
        using var visit = new Visit(admin);
        await visit.Flow.PasswordAsync(AdminHost.OwnerEmail, AdminHost.OwnerPassword);
        using var leaving = new Visit(admin, visit);
        leaving.Http.User = await Principals.OfAsync(leaving);

        await leaving.Flow.SignOutAsync();

        Assert.False(leaving.IsSignedIn);
        Assert.Equal(SignInActions.SignedOut, (await admin.ActionsAsync())[^1]);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/p/demo/development/users?q=a%20b#x", "/p/demo/development/users?q=a%20b#x")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("users", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("\\\\evil.example", "/")]
    [InlineData("/a\\..\\evil.example", "/")]
    [InlineData("https:", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/\n/evil.example", "/")]
    [InlineData("\u0001//evil.example", "/")]
    public void A_return_address_stays_on_this_host(string? asked, string goesTo) => Assert.Equal(goesTo, ReturnUrl.Local(asked));
}
