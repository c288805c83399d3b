using FederationConsole.Features.Accounts;
using FederationConsole.Features.Users;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.Users;

public sealed class UserAccessTests
{
    private const string Phone = "13838383388";

    [Theory, BothDatabases]
    public async Task A_reset_password_works_the_old_one_and_its_sessions_do_not(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var member = await world.MemberAsync(Phone);

        var password = World.Value(await world.Get<UserAccess>().ResetPasswordAsync(world.As(Role.Operator), world.Development.Id, new(member.UserId))).Reveal();

        Assert.NotEqual(System.Net.HttpStatusCode.OK, (await world.SendAsync(HttpMethod.Get, $"/v2/user/{member.UserId}", accessToken: member.AccessToken)).Status);
        Assert.Equal(4001007, (await world.PasswordLoginAsync(Phone)).Code);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await world.PasswordLoginAsync(Phone, password)).Status);
        Assert.DoesNotContain(password, await world.EverythingAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(world.Host.Log.Lines, line => line.Contains(password, StringComparison.Ordinal));
        Assert.Contains(("user.updated", $$"""{"user_id":{{member.UserId}},"fields":["password"]}"""), await world.EventsAsync(new(member.UserId)));
    }

    [Theory, BothDatabases]
    public async Task A_password_is_not_given_to_who_has_nothing_to_go_with_it(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var third = new UserId((await world.LoginAsync("third")).UserId);
        Assert.Equal(FaultKind.NotAllowedNow, (await world.Get<UserAccess>().ResetPasswordAsync(world.As(Role.Operator), world.Development.Id, third)).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await world.Get<UserAccess>().ResetPasswordAsync(world.As(Role.ReadOnly), world.Development.Id, third)).Fault?.Kind);
    }

    [Theory, BothDatabases]
    public async Task Who_is_bound_by_hand_signs_in_as_that_user(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var user = await world.RegisteredAsync(Phone);
        var access = world.Get<UserAccess>();
        World.Done(await access.BindAsync(world.As(Role.Operator), world.Development.Id, user, new(10, null, " third ")));

        Assert.Equal(user.Value, (await world.LoginAsync("third")).UserId);
        Assert.Contains("user.identity_bound", await world.AuditAsync(user.ToString()));
        Assert.Contains(("user.identity_bound", $$"""{"user_id":{{user}},"source":10}"""), await world.EventsAsync(user));
        World.Done(await access.UnbindAsync(world.As(Role.Operator), world.Development.Id, user, 10));
        Assert.NotEqual(user.Value, (await world.LoginAsync("third")).UserId);
    }

    [Theory, BothDatabases]
    public async Task An_open_id_that_two_administrators_bind_at_once_has_one_user(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        UserId[] users = [await world.RegisteredAsync(Phone), await world.RegisteredAsync("13900000000")];

        var bound = await Task.WhenAll(users.Select(user => world.Get<UserAccess>().BindAsync(world.As(Role.Operator), world.Development.Id, user, new(4, "wx1", "open"))));

        Assert.Equal([FaultKind.BoundToAnother], bound.Where(b => !b.Ok).Select(b => b.Fault!.Kind));
        Assert.Equal(1, await world.ReadAsync(db => db.Set<Identity>().CountAsync(i => i.OpenId == "open")));
    }

    [Theory, BothDatabases]
    public async Task What_cannot_be_bound_or_parted_is_refused(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (access, admin, environment) = (world.Get<UserAccess>(), world.As(Role.Operator), world.Development.Id);
        var third = new UserId((await world.LoginAsync("third")).UserId);
        (IdentityInput Input, FaultKind Kind, string? Field)[] cases =
        [
            (new(99, null, "x"), FaultKind.UnknownSource, "Source"),
            (new(4, "wx1", " "), FaultKind.Missing, "OpenId"),
            (new(4, "", "x"), FaultKind.Missing, "Issuer"),
            (new(6, "wx1", "x"), FaultKind.Invalid, "Issuer"),
            (new(6, "", "a b"), FaultKind.Invalid, "OpenId"),
            (new(6, "", new string('x', 129)), FaultKind.Invalid, "OpenId"),
            (new(10, "", "another"), FaultKind.AlreadyBound, null),
        ];
        foreach (var (input, kind, field) in cases)
        {
            var fault = (await access.BindAsync(admin, environment, third, input)).Fault;
            Assert.Equal((kind, field), (fault?.Kind, fault?.Field));
        }

        Assert.Equal(FaultKind.LastWayIn, (await access.UnbindAsync(admin, environment, third, 10)).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await access.UnbindAsync(world.As(Role.ReadOnly), environment, third, 10)).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await access.BindAsync(world.As(Role.ReadOnly), environment, third, new(6, "", "x"))).Fault?.Kind);
        Assert.Equal(FaultKind.UnknownUser, (await access.BindAsync(admin, world.Production.Id, third, new(6, "", "x"))).Fault?.Kind);
    }
}
