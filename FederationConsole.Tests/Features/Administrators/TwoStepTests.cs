using FederationConsole.Features.Administrators;
using FederationConsole.Features.Guessing;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.Administrators;

public sealed class TwoStepTests
{
    private const string Base32Of12345678901234567890 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_RFC_6238_appendix_B(long seconds, string code) =>
        Assert.Equal(code, Totp.Code(Base32Of12345678901234567890, seconds / 30));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_clock_may_differ_by_one_step(int steps, bool taken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_000_000_000);
        var code = Totp.Code(Base32Of12345678901234567890, 1_000_000_000 / 30 + steps);
        Assert.Equal(taken, Totp.Match(Base32Of12345678901234567890, code, now, after: 0) is not null);
    }

    [Theory, BothDatabases]
    public async Task A_code_completes_the_sign_in_and_works_once(DatabaseKind kind)
    {
        await using var admin = await AdminHost.StartAsync(kind);
        var (id, password) = await admin.HasAsync("two@example.com", new Grant(null, Role.Manager));
        var (key, _) = await admin.HasTwoStepAsync(id);
        using var first = new Visit(admin);
        Assert.Equal(SignInStep.Code, await first.Flow.PasswordAsync("two@example.com", password));
        Assert.False(first.IsSignedIn);
        var code = admin.CodeNow(key);

        using var wrong = new Visit(admin, first);
        Assert.Equal(SignInStep.Refused, await wrong.Flow.CodeAsync(code == "000000" ? "000001" : "000000"));
        using var right = new Visit(admin, first);
        Assert.Equal(SignInStep.SignedIn, await right.Flow.CodeAsync(code[..3] + " " + code[3..]));
        Assert.True(right.IsSignedIn);
        using var replay = new Visit(admin, first);
        Assert.Equal(SignInStep.Refused, await replay.Flow.CodeAsync(code));
    }

    [Fact]
    public async Task Of_two_sign_ins_with_one_code_at_once_one_succeeds()
    {
        await using var admin = await AdminHost.StartAsync();
        var (id, password) = await admin.HasAsync("two@example.com", new Grant(null, Role.Manager));
        var (key, _) = await admin.HasTwoStepAsync(id);
        using var first = new Visit(admin);
        await first.Flow.PasswordAsync("two@example.com", password);
        var code = admin.CodeNow(key);

        var steps = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            using var visit = new Visit(admin, first);
            return await visit.Flow.CodeAsync(code);
        })));

        Assert.Single(steps, SignInStep.SignedIn);
    }

    [Theory, BothDatabases]
    public async Task A_recovery_code_works_once(DatabaseKind kind)
    {
        await using var admin = await AdminHost.StartAsync(kind);
        var (id, password) = await admin.HasAsync("two@example.com", new Grant(null, Role.Manager));
        var (_, codes) = await admin.HasTwoStepAsync(id);
        Assert.Equal(10, codes.Distinct().Count());
        using var first = new Visit(admin);
        await first.Flow.PasswordAsync("two@example.com", password);

        using var right = new Visit(admin, first);
        Assert.Equal(SignInStep.SignedIn, await right.Flow.RecoveryCodeAsync(codes[3].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)));
        using var again = new Visit(admin, first);
        Assert.Equal(SignInStep.Refused, await again.Flow.RecoveryCodeAsync(codes[3]));

        Assert.Equal(9, (await admin.Accounts.ReadAsync(await admin.ActorAsync(id))).Value!.RecoveryCodesLeft);
        Assert.Single(await admin.ActionsAsync(), "administrator.recovery_code_used");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wrong_second_steps_lock_like_wrong_passwords(bool recovery)
    {
        await using var admin = await AdminHost.StartAsync();
        var (id, password) = await admin.HasAsync("two@example.com", new Grant(null, Role.Manager));
        var (key, _) = await admin.HasTwoStepAsync(id);
        using var first = new Visit(admin);
        await first.Flow.PasswordAsync("two@example.com", password);
        for (var i = 0; i < 5; i++)
        {
            using var wrong = new Visit(admin, first);
            Assert.Equal(SignInStep.Refused, await (recovery ? wrong.Flow.RecoveryCodeAsync("AAAAA-BBBBB-CCCCC") : wrong.Flow.CodeAsync("12345")));
        }

        using var right = new Visit(admin, first);
        Assert.Equal(SignInStep.Refused, await right.Flow.CodeAsync(admin.CodeNow(key)));
    }

    [Fact]
    public async Task A_code_without_the_password_opens_nothing()
    {
        await using var admin = await AdminHost.StartAsync();
        var (id, password) = await admin.HasAsync("two@example.com", new Grant(null, Role.Manager));
        var (key, _) = await admin.HasTwoStepAsync(id);
        using (var nobody = new Visit(admin))
        {
            Assert.Equal(SignInStep.Expired, await nobody.Flow.CodeAsync(admin.CodeNow(key)));
        }

        using var first = new Visit(admin);
        await first.Flow.PasswordAsync("two@example.com", password);
        admin.Host.Time.Advance(TimeSpan.FromMinutes(11));
        using var late = new Visit(admin, first);
        Assert.Equal(SignInStep.Expired, await late.Flow.CodeAsync(admin.CodeNow(key)));
    }

    [Theory, BothDatabases]
    public async Task Where_the_policy_asks_for_it_the_next_sign_in_enrols_first(DatabaseKind kind)
    {
        await using var admin = await AdminHost.StartAsync(kind);
        var (id, password) = await admin.HasAsync("new@example.com", new Grant(null, Role.Manager));
        Assert.True((await admin.Settings.SetPolicyAsync(await admin.OwnerAsync(), twoStepRequired: true, null, version: 0)).Ok);
        using var first = new Visit(admin);

        Assert.Equal(SignInStep.Enrolment, await first.Flow.PasswordAsync("new@example.com", password));
        Assert.False(first.IsSignedIn);
        using (var shortcut = new Visit(admin, first))
        {
            Assert.Equal(SignInStep.Expired, await shortcut.Flow.CodeAsync("000000"));
        }

        var actor = await admin.ActorAsync(id);
        var setUp = (await admin.Accounts.BeginTwoStepAsync(actor)).Value!;
        Assert.Equal(FaultKind.Invalid, (await admin.Accounts.EnableTwoStepAsync(actor, "000000")).Fault?.Kind);
        Assert.True((await admin.Accounts.EnableTwoStepAsync(actor, admin.CodeNow(setUp.Key))).Ok);
        using var enrolled = new Visit(admin, first);
        Assert.Equal(SignInStep.SignedIn, await enrolled.Flow.EnrolledAsync(actor));
        Assert.True(enrolled.IsSignedIn);
        Assert.Equal(FaultKind.NotAllowedNow, (await admin.Accounts.DisableTwoStepAsync(actor, password)).Fault?.Kind);
    }

    [Fact]
    public async Task The_key_stays_the_same_until_proven_and_is_not_shown_again()
    {
        await using var admin = await AdminHost.StartAsync();
        var owner = await admin.OwnerAsync();
        var setUp = (await admin.Accounts.BeginTwoStepAsync(owner)).Value!;

        Assert.Equal(setUp.Key, (await admin.Accounts.BeginTwoStepAsync(owner)).Value!.Key);
        Assert.StartsWith("<svg", setUp.QrSvg, StringComparison.Ordinal);
        Assert.True((await admin.Accounts.EnableTwoStepAsync(owner, admin.CodeNow(setUp.Key))).Ok);
        Assert.Equal(FaultKind.NotAllowedNow, (await admin.Accounts.BeginTwoStepAsync(owner)).Fault?.Kind);
        Assert.DoesNotContain(await admin.AuditAsync(), l => l.Changes?.Contains(setUp.Key, StringComparison.Ordinal) == true);
        admin.Host.Log.AssertNeverSays(setUp.Key);
    }

    [Fact]
    public async Task Ones_own_changes_ask_for_the_password_and_limit_guessing()
    {
        await using var admin = await AdminHost.StartAsync();
        var owner = await admin.OwnerAsync();

        Assert.Equal("password", (await admin.Accounts.ChangePasswordAsync(owner, AdminHost.OwnerPassword, "short")).Fault?.Field);
        for (var i = 0; i < MyAccountService.PasswordTries; i++)
        {
            Assert.Equal(new Fault(FaultKind.Invalid, "current"), (await admin.Accounts.ChangePasswordAsync(owner, "wrong", "a new long password")).Fault);
        }

        Assert.Equal(FaultKind.TooMany, (await admin.Accounts.ChangePasswordAsync(owner, AdminHost.OwnerPassword, "a new long password")).Fault?.Kind);
        admin.Host.Time.Advance(ExactLimits.GuessWindow);
        Assert.True((await admin.Accounts.ChangePasswordAsync(owner, AdminHost.OwnerPassword, "a new long password")).Ok);
        using var visit = new Visit(admin);
        Assert.Equal(SignInStep.SignedIn, await visit.Flow.PasswordAsync(AdminHost.OwnerEmail, "a new long password"));
    }
}
