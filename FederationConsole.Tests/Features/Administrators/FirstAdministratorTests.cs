using System.Text.RegularExpressions;
using FederationConsole.Features.Administrators;
using FederationConsole.Features.Guessing;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FederationConsole.Tests.Features.Administrators;

public sealed partial class FirstAdministratorTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Theory, BothDatabases]
    public async Task The_settings_make_the_first_administrator_an_owner(DatabaseKind kind)
    {
        await using var admin = await AdminHost.StartAsync(kind);

        var row = Assert.Single((await admin.Administrators.ListAsync(Actor.Host)).Value!);
        Assert.Equal((AdminHost.OwnerEmail, new Grant(null, Role.Owner)), (row.Email, Assert.Single(row.Grants)));
        Assert.DoesNotContain(AdminHost.OwnerPassword, admin.Notice.ToString(), StringComparison.Ordinal);
        Assert.Contains(admin.Host.Address.ToString(), admin.Notice.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_Development_one_is_made_and_its_password_is_printed_once_and_not_logged()
    {
        await using var admin = await AdminHost.StartAsync(DatabaseKind.Sqlite, "Development", Nothing);
        var password = MadeUp().Match(admin.Notice.ToString()).Value;
        using var visit = new Visit(admin);

        Assert.Equal(SignInStep.SignedIn, await visit.Flow.PasswordAsync(FirstAdministrator.DevelopmentEmail, password));
        admin.Host.Log.AssertNeverSays(password);

        var again = ActivatorUtilities.CreateInstance<FirstAdministrator>(admin.Host.Services);
        var before = admin.Notice.ToString().Length;
        await again.StartAsync(CancellationToken.None);
        await again.StartedAsync(CancellationToken.None);
        var second = admin.Notice.ToString()[before..];
        Assert.DoesNotContain(password, second, StringComparison.Ordinal);
        Assert.Contains("admin reset-password admin@example.com", second, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a@example.com", null, "Admin:Password")]
    [InlineData(null, "a long enough password", "Admin:Email")]
    [InlineData("not an address", "a long enough password", "Admin:Email")]
    [InlineData("a@example.com", "short-Pw1", "Admin:Password")]
    [InlineData("a@example.com", "aaaaaaaaaaaa", "Admin:Password")]
    public async Task A_wrong_setting_stops_the_start_and_is_named_but_not_told(string? email, string? password, string key)
    {
        var settings = new Dictionary<string, string>();
        if (email is not null)
        {
            settings["Admin:Email"] = email;
        }

        if (password is not null)
        {
            settings["Admin:Password"] = password;
        }

        var stopped = await Assert.ThrowsAsync<OptionsValidationException>(() => AdminHost.StartAsync(DatabaseKind.Sqlite, "Production", settings));
        Assert.Contains(key, stopped.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(password ?? "-", stopped.Message, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task Elsewhere_the_set_up_page_takes_the_printed_code_until_somebody_used_it(DatabaseKind kind)
    {
        await using var admin = await AdminHost.StartAsync(kind, "Production", Nothing);
        var code = MadeUp().Match(admin.Notice.ToString()).Value;
        using var visit = new Visit(admin);
        var setUp = visit.Service<SetUpService>();
        var caller = visit.Service<Caller>();
        Assert.True(await setUp.IsOpenAsync());

        Assert.Equal(new Fault(FaultKind.Invalid, "code"), (await setUp.CreateAsync("AAAAA", "me@example.com", "Me", "a long enough password", caller)).Fault);
        Assert.Equal("password", (await setUp.CreateAsync(code, "me@example.com", "Me", "short", caller)).Fault?.Field);
        Assert.True((await setUp.CreateAsync(" " + code.ToLowerInvariant(), "me@example.com", "Me", "a long enough password", caller)).Ok);

        Assert.False(await setUp.IsOpenAsync());
        Assert.Equal(FaultKind.NotAllowedNow, (await setUp.CreateAsync(code, "you@example.com", "You", "a long enough password", caller)).Fault?.Kind);
        Assert.Equal(SignInStep.SignedIn, await visit.Flow.PasswordAsync("me@example.com", "a long enough password"));
        admin.Host.Log.AssertNeverSays(code);
    }

    [Fact]
    public async Task Guessing_the_set_up_code_is_limited()
    {
        await using var admin = await AdminHost.StartAsync(DatabaseKind.Sqlite, "Production", Nothing);
        var code = MadeUp().Match(admin.Notice.ToString()).Value;
        using var visit = new Visit(admin);
        var (setUp, caller) = (visit.Service<SetUpService>(), visit.Service<Caller>());
        for (var i = 0; i < SetUpService.Tries; i++)
        {
            Assert.Equal("code", (await setUp.CreateAsync("AAAAA", "me@example.com", "Me", "a long enough password", caller)).Fault?.Field);
        }

        Assert.Equal(FaultKind.TooMany, (await setUp.CreateAsync(code, "me@example.com", "Me", "a long enough password", caller)).Fault?.Kind);
        admin.Host.Time.Advance(ExactLimits.GuessWindow);
        Assert.True((await setUp.CreateAsync(code, "me@example.com", "Me", "a long enough password", caller)).Ok);
    }

    [Theory, BothDatabases]
    public async Task The_command_line_resets_a_forgotten_password_and_a_lost_phone(DatabaseKind kind)
    {
        await using var admin = await AdminHost.StartAsync(kind);
        var id = (await admin.Administrators.FindAsync(Actor.Host, AdminHost.OwnerEmail)).Value;
        await admin.HasTwoStepAsync(id);
        var commands = admin.Host.Services.GetRequiredService<AdministratorCommands>();
        using var output = new StringWriter();

        Assert.Equal(0, await commands.RunAsync(output, "reset-password", "OWNER@example.com"));
        Assert.Equal(0, await commands.RunAsync(output, "reset-two-step", AdminHost.OwnerEmail));
        Assert.Equal(1, await commands.RunAsync(output, "reset-password", "nobody@example.com"));
        Assert.Equal(2, await commands.RunAsync(output, "format-disk", AdminHost.OwnerEmail));

        using var visit = new Visit(admin);
        Assert.Equal(SignInStep.Refused, await visit.Flow.PasswordAsync(AdminHost.OwnerEmail, AdminHost.OwnerPassword));
        Assert.Equal(SignInStep.SignedIn, await visit.Flow.PasswordAsync(AdminHost.OwnerEmail, MadeUp().Match(output.ToString()).Value));
    }

    [GeneratedRegex("[A-Z2-9]{5}(-[A-Z2-9]{5}){3}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MadeUp();
}
