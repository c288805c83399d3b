using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.Accounts;

public sealed class UserPasswordsTests
{
    [Theory]
    [InlineData("Abcdefg1", true)]
    [InlineData("abcdefg1", true)]
    [InlineData("密码密码密码密码1", true)]
    [InlineData("abcdefgh", false)]
    [InlineData("12345678", false)]
    [InlineData("Abcdef1", false)]
    public void A_password_has_eight_characters_of_two_kinds(string password, bool good) =>
        Assert.Equal(good ? null : FaultKind.WeakPassword, UserPasswords.Check("password", password, new())?.Kind);

    [Fact]
    public void The_policy_may_ask_for_more_and_the_fault_says_what()
    {
        var fault = UserPasswords.Check("password", "Abcdefg1", new() { PasswordMinLength = 12, PasswordClasses = 3 });

        Assert.Equal((FaultKind.WeakPassword, "password"), (fault!.Kind, fault.Field));
        Assert.Contains("12", fault.Detail, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task A_password_that_was_set_matches_and_no_other_does(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (passwords, scope) = (world.Get<UserPasswords>(), world.Development.Scope);
        var user = UserId.Of((await world.LoginAsync("li")).UserId);
        Assert.Equal(FaultKind.PasswordWrong, (await passwords.MatchAsync(scope, user, "Abcdefg1", default)).Fault?.Kind);

        foreach (var word in new[] { "Abcdefg1", "Hijklmn2" })
        {
            var hashed = World.Value(await passwords.HashAsync("password", word, new(), default));
            World.Done(await world.Get<Store>().WriteAsync<Outcome>(scope, async db =>
            {
                await UserPasswords.SetAsync(db, user, hashed);
                db.Audit(Actor.Host, "user.password_set", "user", user.ToString());
                return Outcome.Done;
            }));
        }

        Assert.True((await passwords.MatchAsync(scope, user, "Hijklmn2", default)).Ok);
        Assert.Equal(FaultKind.PasswordWrong, (await passwords.MatchAsync(scope, user, "Abcdefg1", default)).Fault?.Kind);
        Assert.Equal(FaultKind.PasswordWrong, (await passwords.MatchAsync(scope, null, "Hijklmn2", default)).Fault?.Kind);
        Assert.Equal(FaultKind.PasswordWrong, (await passwords.MatchAsync(world.Production.Scope, user, "Hijklmn2", default)).Fault?.Kind);
    }

    [Fact]
    public async Task Too_many_at_once_are_told_to_come_back()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        using var giveUp = new CancellationTokenSource();
        var tries = Enumerable.Range(0, 300).Select(_ => world.Get<UserPasswords>().HashAsync("password", "Abcdefg1", new(), giveUp.Token)).ToList();

        var answered = await Task.WhenAll(tries.Where(t => t.IsCompleted));
        await giveUp.CancelAsync();

        var refused = answered.Where(a => a.Fault is not null).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, a => Assert.Equal((FaultKind.TooMany, true), (a.Fault!.Kind, a.Fault.RetryAfter > TimeSpan.Zero)));
    }
}
