using FederationConsole.Features.Administrators;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Identity;

namespace FederationConsole.Tests.Features.Administrators;

/// <summary>The contract of our user store, through Identity's own manager.</summary>
public sealed class UserStoreTests
{
    [Theory, BothDatabases]
    public async Task An_administrator_is_made_found_changed_and_removed(DatabaseKind kind)
    {
        await using var admin = await AdminHost.StartAsync(kind);
        using var visit = new Visit(admin);
        var users = visit.Service<UserManager<Administrator>>();
        var made = NewOne(visit, "Li@Example.com");

        Assert.True((await users.CreateAsync(made, "a long enough password")).Succeeded);

        Assert.Equal("li@example.com", (await users.FindByEmailAsync("LI@example.COM"))?.Email);
        var found = await users.FindByIdAsync(await users.GetUserIdAsync(made));
        Assert.NotNull(found);
        Assert.True(await users.CheckPasswordAsync(found, "a long enough password"));
        var stamp = found.SecurityStamp;
        Assert.True((await users.ChangePasswordAsync(found, "a long enough password", "another long password")).Succeeded);
        Assert.NotEqual(stamp, (await users.FindByEmailAsync("li@example.com"))?.SecurityStamp);
        Assert.True((await users.DeleteAsync(found)).Succeeded);
        Assert.Null(await users.FindByEmailAsync("li@example.com"));
        Assert.Equal(["administrator.created", "administrator.updated", "administrator.deleted"], (await admin.ActionsAsync()).TakeLast(3));
    }

    [Theory, BothDatabases]
    public async Task The_same_address_and_a_weak_password_are_refused(DatabaseKind kind)
    {
        await using var admin = await AdminHost.StartAsync(kind);
        using var visit = new Visit(admin);
        var users = visit.Service<UserManager<Administrator>>();

        Assert.False((await users.CreateAsync(NewOne(visit, "OWNER@example.com"), "a long enough password")).Succeeded);
        Assert.False((await users.CreateAsync(NewOne(visit, "li@example.com"), "ninechars")).Succeeded);
        Assert.Single((await admin.Administrators.ListAsync(Actor.Host)).Value!);
    }

    [Theory, BothDatabases]
    public async Task Who_saves_over_a_newer_version_is_told_and_nothing_is_lost(DatabaseKind kind)
    {
        await using var admin = await AdminHost.StartAsync(kind);
        using var visit = new Visit(admin);
        var users = visit.Service<UserManager<Administrator>>();
        var (mine, theirs) = ((await users.FindByEmailAsync(AdminHost.OwnerEmail))!, (await users.FindByEmailAsync(AdminHost.OwnerEmail))!);
        theirs.Name = "Theirs";
        Assert.True((await users.UpdateAsync(theirs)).Succeeded);
        mine.Name = "Mine";

        var late = await users.UpdateAsync(mine);

        Assert.Equal(nameof(IdentityErrorDescriber.ConcurrencyFailure), Assert.Single(late.Errors).Code);
        Assert.Equal("Theirs", (await users.FindByEmailAsync(AdminHost.OwnerEmail))?.Name);
    }

    [Theory, BothDatabases]
    public async Task The_authenticator_key_lies_sealed_and_recovery_codes_as_hashes(DatabaseKind kind)
    {
        await using var admin = await AdminHost.StartAsync(kind);
        using var visit = new Visit(admin);
        var users = visit.Service<UserManager<Administrator>>();
        var owner = (await users.FindByEmailAsync(AdminHost.OwnerEmail))!;

        Assert.True((await users.ResetAuthenticatorKeyAsync(owner)).Succeeded);
        var codes = (await users.GenerateNewTwoFactorRecoveryCodesAsync(owner, 3))!.ToList();

        var read = (await users.FindByEmailAsync(AdminHost.OwnerEmail))!;
        var key = await users.GetAuthenticatorKeyAsync(read);
        Assert.NotNull(key);
        Assert.DoesNotContain(key, read.AuthenticatorKey!.Value.Ciphertext, StringComparison.Ordinal);
        Assert.Equal(3, await users.CountRecoveryCodesAsync(read));
        Assert.True((await users.RedeemTwoFactorRecoveryCodeAsync(read, codes[0])).Succeeded);
        Assert.False((await users.RedeemTwoFactorRecoveryCodeAsync(read, codes[0])).Succeeded);
        Assert.Equal(2, await users.CountRecoveryCodesAsync(read));
    }

    private static Administrator NewOne(Visit visit, string email) =>
        new() { Id = visit.Service<Ids>().Next(), Email = email, Name = "Li", SecurityStamp = "", CreatedAt = DateTimeOffset.UnixEpoch };
}
