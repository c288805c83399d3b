using System.Security.Claims;
using FederationConsole.Features.Administrators;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace FederationConsole.Tests.Features.Administrators;

/// <summary>What a cookie is still worth after its administrator was changed.</summary>
public sealed class CurrentTests
{
    public static TheoryData<string> Changes => ["disabled", "roles", "password", "two steps"];

    [Theory, MemberData(nameof(Changes))]
    public async Task A_change_takes_the_roles_at_once_and_the_cookie_within_a_minute(string change)
    {
        await using var admin = await AdminHost.StartAsync();
        var (id, password) = await admin.HasAsync("who@example.com", new Grant(null, Role.Manager));
        using var visit = new Visit(admin);
        await visit.Flow.PasswordAsync("who@example.com", password);
        using var next = new Visit(admin, visit);
        var principal = await Principals.OfAsync(next);
        var directory = next.Service<AdministratorDirectory>();
        var actor = await directory.ActorAsync(principal, "request");
        Assert.Equal((Role.Manager, "192.0.2.1", "request"), (actor.Grants.Single().Role, actor.Address, actor.RequestId));
        Assert.True(await directory.IsCurrentAsync(principal));

        var done = change switch
        {
            "disabled" => await admin.Administrators.DisableAsync(Actor.Host, id),
            "roles" => await admin.Administrators.SetGrantsAsync(Actor.Host, id, [new(null, Role.Owner)], 0),
            "password" => await admin.Accounts.ChangePasswordAsync(actor, password, "a new long password"),
            _ => await admin.Administrators.ResetTwoStepAsync(Actor.Host, id),
        };

        Assert.True(done.Ok);
        Assert.False(await directory.IsCurrentAsync(principal));
        Assert.Empty((await directory.ActorAsync(principal)).Grants);
        admin.Host.Time.Advance(TimeSpan.FromSeconds(61));
        using var later = new Visit(admin, visit);
        Assert.False((await later.Http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Succeeded);
    }

    [Fact]
    public async Task The_session_that_made_the_change_goes_on()
    {
        await using var admin = await AdminHost.StartAsync();
        using var visit = new Visit(admin);
        await visit.Flow.PasswordAsync(AdminHost.OwnerEmail, AdminHost.OwnerPassword);
        using var changing = new Visit(admin, visit);
        changing.Http.User = await Principals.OfAsync(changing);
        var actor = await changing.Service<AdministratorDirectory>().ActorAsync(changing.Http.User);
        Assert.True((await admin.Accounts.ChangePasswordAsync(actor, AdminHost.OwnerPassword, "a new long password")).Ok);

        await changing.Flow.RenewAsync(long.Parse(actor.Id, System.Globalization.CultureInfo.InvariantCulture));

        admin.Host.Time.Advance(TimeSpan.FromSeconds(61));
        using var next = new Visit(admin, changing);
        Assert.True(await next.Service<AdministratorDirectory>().IsCurrentAsync(await Principals.OfAsync(next)));
    }

    [Fact]
    public async Task A_session_ends_eight_hours_after_its_last_use()
    {
        await using var admin = await AdminHost.StartAsync();
        using var visit = new Visit(admin);
        await visit.Flow.PasswordAsync(AdminHost.OwnerEmail, AdminHost.OwnerPassword);

        admin.Host.Time.Advance(TimeSpan.FromHours(8) - TimeSpan.FromSeconds(1));
        using var used = new Visit(admin, visit);
        Assert.True((await Principals.OfAsync(used)).Identity?.IsAuthenticated);
        admin.Host.Time.Advance(TimeSpan.FromSeconds(2));
        using var late = new Visit(admin, visit);
        Assert.Null((await Principals.OfAsync(late)).Identity);
    }

    [Fact]
    public async Task A_stranger_has_no_roles()
    {
        await using var admin = await AdminHost.StartAsync();
        using var visit = new Visit(admin);
        var directory = visit.Service<AdministratorDirectory>();
        foreach (var id in (string[])["", "1", "-1", "x", "99999999999999999999"])
        {
            var principal = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, id)], "test"));
            Assert.Empty((await directory.ActorAsync(principal)).Grants);
        }
    }
}
