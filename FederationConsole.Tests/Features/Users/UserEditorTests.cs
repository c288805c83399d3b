using FederationConsole.Features.Accounts;
using FederationConsole.Features.Users;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Features.Users;

public sealed class UserEditorTests
{
    private static readonly UserInput Ming = new("ming", "13838383388", "", "Ming@Example.com", "小明", 1);

    [Theory, BothDatabases]
    public async Task A_user_is_made_with_a_password_and_signs_in(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var id = World.Value(await world.Get<UserEditor>().CreateAsync(world.As(Role.Operator), world.Development.Id, Ming, People.Password));

        var user = await world.UserAsync(id);
        Assert.Equal(("ming", "+8613838383388", "+86", "ming@example.com", "小明", 1, 0), (user.AccountName, user.Phone, user.PhoneZone, user.Email, user.Nickname, user.Gender, user.Origin));
        Assert.Equal([("user.created", $$"""{"user_id":{{id}},"source":0}""")], await world.EventsAsync(id));
        Assert.Equal(["user.created"], await world.AuditAsync(id.ToString()));
        var login = await world.PasswordLoginAsync("13838383388");
        Assert.Equal(id.Value, login.Json.GetProperty("user_id").GetInt64());
    }

    [Theory, BothDatabases]
    public async Task What_is_wrong_or_taken_is_said_of_its_field_and_nothing_is_made(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (editor, admin, environment) = (world.Get<UserEditor>(), world.As(Role.Operator), world.Development.Id);
        World.Value(await editor.CreateAsync(admin, environment, Ming, null));
        (UserInput Input, string? Password, FaultKind Kind, string Field)[] cases =
        [
            (new(Nickname: "nobody"), null, FaultKind.Missing, "Phone"),
            (new(Phone: "123"), null, FaultKind.Invalid, "Phone"),
            (new(Phone: "13900000000", PhoneZone: "86"), null, FaultKind.Invalid, "PhoneZone"),
            (new(Email: "no mail"), null, FaultKind.Invalid, "Email"),
            (new("13900000000"), null, FaultKind.Invalid, "AccountName"),
            (new("li", Gender: 3), null, FaultKind.Invalid, "Gender"),
            (new("li", Nickname: new string('x', 65)), null, FaultKind.Invalid, "Nickname"),
            (new("li"), "weak", FaultKind.WeakPassword, "Password"),
            (new("li", Phone: "13838383388"), null, FaultKind.PhoneTaken, "Phone"),
            (new("li", Email: "MING@example.com"), null, FaultKind.EmailTaken, "Email"),
            (new("ming"), null, FaultKind.Taken, "AccountName"),
        ];
        foreach (var (input, password, kind, field) in cases)
        {
            var fault = (await editor.CreateAsync(admin, environment, input, password)).Fault;
            Assert.Equal((kind, field), (fault?.Kind, fault?.Field));
        }

        Assert.Equal(1, await world.CountAsync());
    }

    [Theory, BothDatabases]
    public async Task A_save_tells_receivers_what_changed_and_never_to_what(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (editor, admin) = (world.Get<UserEditor>(), world.As(Role.Operator));
        var id = World.Value(await editor.CreateAsync(admin, world.Development.Id, Ming, null));

        World.Done(await editor.SaveAsync(admin, world.Development.Id, id, new("ming", "13900000000", "", "li@example.com", "李雷", 1), 0));
        World.Done(await editor.SaveAsync(admin, world.Development.Id, id, new("ming", "13900000000", "", "li@example.com", "李雷", 1), 1));

        Assert.Equal(
            [("user.phone_changed", $$"""{"user_id":{{id}}}"""), ("user.email_changed", $$"""{"user_id":{{id}}}"""), ("user.updated", $$"""{"user_id":{{id}},"fields":["nickname"]}""")],
            (await world.EventsAsync(id)).Skip(1));
        Assert.Equal(["user.created", "user.updated"], await world.AuditAsync(id.ToString()));
        Assert.Equal(1, (await world.UserAsync(id)).Version);
    }

    [Theory, BothDatabases]
    public async Task Of_two_administrators_who_save_at_once_one_is_told_to_look_again(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (editor, admin) = (world.Get<UserEditor>(), world.As(Role.Operator));
        var id = World.Value(await editor.CreateAsync(admin, world.Development.Id, Ming, null));

        var saves = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => editor.SaveAsync(admin, world.Development.Id, id, Ming with { Nickname = $"name {i}" }, 0)));

        Assert.Equal([FaultKind.Changed], saves.Where(s => !s.Ok).Select(s => s.Fault!.Kind));
        Assert.Equal($"name {(saves[0].Ok ? 0 : 1)}", (await world.UserAsync(id)).Nickname);
    }

    [Theory, BothDatabases]
    public async Task The_last_name_of_who_has_no_identity_stays_and_that_of_a_third_party_user_may_go(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (editor, admin, environment) = (world.Get<UserEditor>(), world.As(Role.Operator), world.Development.Id);
        var own = World.Value(await editor.CreateAsync(admin, environment, new("ming"), null));
        Assert.Equal(FaultKind.LastWayIn, (await editor.SaveAsync(admin, environment, own, new(Nickname: "小明"), 0)).Fault?.Kind);

        var third = new UserId((await world.LoginAsync("third")).UserId);
        var version = (await world.UserAsync(third)).Version;
        World.Done(await editor.SaveAsync(admin, environment, third, new("third"), version));
        World.Done(await editor.SaveAsync(admin, environment, third, new(), version + 1));
    }

    [Theory, BothDatabases]
    public async Task Neither_a_lower_role_nor_the_neighbour_environment_gets_in(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var editor = world.Get<UserEditor>();
        var id = World.Value(await editor.CreateAsync(world.As(Role.Operator), world.Development.Id, Ming, null));
        Assert.Equal(FaultKind.Forbidden, (await editor.CreateAsync(world.As(Role.ReadOnly), world.Development.Id, new("li"), null)).Fault?.Kind);
        Assert.Equal(FaultKind.Forbidden, (await editor.SaveAsync(world.As(Role.ReadOnly), world.Development.Id, id, Ming, 0)).Fault?.Kind);
        Assert.Equal(FaultKind.UnknownUser, (await editor.SaveAsync(world.As(Role.Owner), world.Production.Id, id, Ming, 0)).Fault?.Kind);
        // A phone is taken in its own environment alone.
        Assert.True((await editor.CreateAsync(world.As(Role.Operator), world.Production.Id, Ming, null)).Ok);
    }
}
