using FederationConsole.Features.Accounts;
using FederationConsole.Features.Sessions;
using FederationConsole.Features.Users;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Features.Users;

public sealed class UserEraserTests
{
    private const string Phone = "13838383388";
    private static readonly string[] Personal = ["open-of-ming", "小明的昵称", Phone, "ming@example.com", "ming.account", "Ming-Phone/1.0"];

    [Theory, BothDatabases]
    public async Task Nothing_personal_is_left_in_any_table_and_the_audit_line_stands(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var id = await KnownAsync(world);
        // Wrong passwords and a check that brought no user leave traces too.
        Assert.NotEqual(0, (await world.PasswordLoginAsync(Phone, "Wrong46525dff")).Code);
        await world.Get<FederationConsole.Data.Store>().WriteAsync(world.Development.Scope, db =>
        {
            db.Add(new FederationConsole.Features.Messages.InboxMessage { Id = db.NextId(), Channel = FederationConsole.Features.Messages.MessageChannel.Sms, Target = "+86" + Phone, Text = "123456", At = db.Now });
            db.Add(new FederationConsole.Features.Verifications.OneTimeCode { Id = db.NextId(), Target = "ming@example.com", Salt = [1], Hash = [2], ExpiresAt = db.Now });
            db.Add(new FederationConsole.Features.Guessing.LimitCount { Key = $"codes:{world.Development.Id}:+86{Phone}", Until = db.Now.AddDays(1) });
            return Task.FromResult(Outcome.Done);
        });
        var registered = World.Value(await world.RegisterAsync(await world.MeetingAsync(), new(MeetingWorld.Guest, [new("FullName", "小明的昵称"), new("Mobile", Phone), new("Email", "ming@example.com"), new("Company", "ming.account")], [new(MeetingWorld.Free, 1)])
        {
            Purchaser = new("小明的昵称", null, Phone, null),
        }));
        Assert.Equal(id, registered.Attendee.UserId);
        Assert.Equal(registered.Order.Number, Assert.Single(World.Value(await world.Get<FederationConsole.Features.Registrations.UserRegistrations>().ListAsync(world.As(Role.ReadOnly), world.Development.Id, id))).Number);
        Assert.All(Personal[..5], text => Assert.Contains(text, world.EverythingAsync().Result, StringComparison.Ordinal));

        World.Done(await world.Get<UserEraser>().EraseAsync(world.As(Role.Owner), world.Development.Id, id));

        var left = await world.EverythingAsync();
        Assert.All(Personal, text => Assert.DoesNotContain(text, left, StringComparison.Ordinal));
        // What was sold still adds up.
        Assert.Equal("erased", World.Value(await world.Get<FederationConsole.Features.Registrations.OrderService>().FindAsync(world.Development, registered.Order.Number)).Attendee.Name);
        Assert.Equal("user.erased", (await world.AuditAsync(id.ToString()))[^1]);
        Assert.Equal(("user.erased", $$"""{"user_id":{{id}}}"""), (await world.EventsAsync(id))[^1]);
    }

    [Theory, BothDatabases]
    public async Task Tokens_stop_at_once_and_the_same_person_comes_back_as_somebody_new(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var login = await world.LoginAsync("open-of-ming");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await world.SendAsync(HttpMethod.Get, $"/v2/user/{login.UserId}", accessToken: login.AccessToken)).Status);

        World.Done(await world.Get<UserEraser>().EraseAsync(world.As(Role.Owner), world.Development.Id, new(login.UserId)));

        Assert.NotEqual(System.Net.HttpStatusCode.OK, (await world.SendAsync(HttpMethod.Get, $"/v2/user/{login.UserId}", accessToken: login.AccessToken)).Status);
        Assert.NotEqual(login.UserId, (await world.LoginAsync("open-of-ming")).UserId);
    }

    [Theory, BothDatabases]
    public async Task Only_an_owner_of_this_project_in_this_environment_erases(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (eraser, id) = (world.Get<UserEraser>(), await KnownAsync(world));
        Assert.Equal(FaultKind.Forbidden, (await eraser.EraseAsync(world.As(Role.Manager), world.Development.Id, id)).Fault?.Kind);
        Assert.Equal(FaultKind.UnknownUser, (await eraser.EraseAsync(world.As(Role.Owner), world.Production.Id, id)).Fault?.Kind);
        Assert.Equal(1, await world.CountAsync());
        Assert.Single(World.Value(await world.Get<UserSessions>().ListAsync(world.As(Role.ReadOnly), world.Development.Id, id)));
    }

    [Theory, BothDatabases]
    public async Task Disabling_and_enabling_are_told_to_receivers(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var id = await world.RegisteredAsync(Phone);
        World.Done(await world.Get<UserSessions>().DisableAsync(world.As(Role.Operator), world.Development.Id, id));
        World.Done(await world.Get<UserSessions>().EnableAsync(world.As(Role.Operator), world.Development.Id, id));
        Assert.Equal(["user.disabled", "user.enabled"], (await world.EventsAsync(id)).Select(e => e.Type));
    }

    [Theory, BothDatabases]
    public async Task Who_was_merged_away_is_erased_with_the_one_who_goes_on_and_not_alone(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (id, gone) = (await KnownAsync(world), await world.RegisteredAsync("13900000000"));
        World.Done(await world.Get<FederationConsole.Data.Store>().WriteAsync(world.Development.Scope, async db =>
        {
            var user = await db.Set<User>().SingleAsync(u => u.Id == gone);
            (user.MergedInto, user.DisabledAt) = (id, db.Now);
            db.Audit(Actor.Host, "user.merged", "user", gone.ToString());
            return Outcome.Done;
        }));

        Assert.Equal(FaultKind.NotAllowedNow, (await world.Get<UserEraser>().EraseAsync(world.As(Role.Owner), world.Development.Id, gone)).Fault?.Kind);
        World.Done(await world.Get<UserEraser>().EraseAsync(world.As(Role.Owner), world.Development.Id, id));
        Assert.Equal(0, await world.CountAsync());
        Assert.Equal("user.erased", (await world.AuditAsync(gone.ToString()))[^1]);
    }

    private static async Task<UserId> KnownAsync(World world)
    {
        var login = await world.LoginAsync("open-of-ming", """{"nickname":"小明的昵称"}""");
        var id = new UserId(login.UserId);
        var version = (await world.UserAsync(id)).Version;
        World.Done(await world.Get<UserEditor>().SaveAsync(world.As(Role.Operator), world.Development.Id, id, new("ming.account", Phone, "", "ming@example.com", "小明的昵称"), version));
        await world.Get<FederationConsole.Features.Traces.SignInTraces>().FlushAsync();
        return id;
    }
}
