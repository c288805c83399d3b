using System.Net;
using System.Text.Json;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Faces.VendorAccount;

/// <summary><c>GET /account/v1/users</c>, for app servers.</summary>
public sealed class UsersTests
{
    private const string Phone = "13838383388";

    [Theory, BothDatabases]
    public async Task One_person_is_found_by_each_of_the_three(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var user = await world.EnterAsync(OfVendor(world, "v-1") with { Nickname = "小明", AvatarUrl = "https://a.example/1.png", Gender = 1 });
        await GiveAsync(world, user, "ming@example.com");
        var token = await world.AppTokenAsync(world.AppKey);

        foreach (var query in new[] { "phone=" + Phone, "phone=%2B86" + Phone, $"phone={Phone}&phone_zone=%2B86", "email=Ming@Example.com", "open_id=v-1" })
        {
            var reply = await world.AskAsync("/account/v1/users?" + query, token);
            Assert.True(reply.Status == HttpStatusCode.OK, reply.Text);
            Assert.StartsWith("""{"result_code":"0","message":"成功","users":[{"user_id":""", reply.Text, StringComparison.Ordinal);
            var found = Assert.Single(reply.Json.GetProperty("users").EnumerateArray());
            Assert.Equal(
                ["user_id", "open_ids", "phone", "phone_zone", "email", "nickname", "avatar", "gender", "created_at", "disabled"], found.EnumerateObject().Select(p => p.Name));
            Assert.Equal((user.Value, Phone, "+86", "ming@example.com"), (found.GetProperty("user_id").GetInt64(), Text(found, "phone"), Text(found, "phone_zone"), Text(found, "email")));
            Assert.Equal(("小明", "https://a.example/1.png", 1, false), (Text(found, "nickname"), Text(found, "avatar"), found.GetProperty("gender").GetInt32(), found.GetProperty("disabled").GetBoolean()));
            Assert.Equal(["v-1"], found.GetProperty("open_ids").EnumerateArray().Select(id => id.GetString()));
        }
    }

    [Theory, BothDatabases]
    public async Task Nobody_of_another_environment_app_or_source_is_found(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        await GiveAsync(world, await world.EnterAsync(OfVendor(world, "v-1")), null);
        await world.LoginAsync("standards");
        var development = await world.AppTokenAsync(world.AppKey);
        var production = await world.AppTokenAsync(world.ProductionAppKey);

        foreach (var (query, token) in new[] { ("phone=" + Phone, production), ("open_id=v-1", production), ("open_id=standards", development), ("email=nobody@example.com", development) })
        {
            Assert.Equal("""{"result_code":"0","message":"成功","users":[]}""", (await world.AskAsync("/account/v1/users?" + query, token)).Text);
        }

        // Another app's vendor numbers its people by itself.
        var neighbour = World.Value(await world.Get<AppService>().CreateAsync(Actor.Host, world.Development.ProjectId, "second", "第二个"));
        World.Done(await world.Get<AppService>().EnableServiceAsync(Actor.Host, world.Development.ProjectId, neighbour.Id));
        var theirs = await world.AppTokenAsync(world.Get<ProjectCatalog>().App(neighbour.Id, world.Development.Id)!.AppKey);
        Assert.Empty((await world.AskAsync("/account/v1/users?open_id=v-1", theirs)).Json.GetProperty("users").EnumerateArray());
        var byPhone = Assert.Single((await world.AskAsync("/account/v1/users?phone=" + Phone, theirs)).Json.GetProperty("users").EnumerateArray());
        Assert.Empty(byPhone.GetProperty("open_ids").EnumerateArray());
    }

    [Theory, BothDatabases]
    public async Task Who_was_merged_away_leads_to_the_one_who_goes_on_with_all_their_open_ids(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var stays = await world.EnterAsync(OfVendor(world, "v-1"));
        var goes = await world.EnterAsync(OfVendor(world, "v-2"));
        World.Done(await world.Get<Store>().WriteAsync<Outcome>(world.Development.Scope, async db =>
        {
            (await db.FindAsync<User>(goes))!.MergedInto = stays;
            db.Audit(Actor.Host, "user.merged", "user", goes.ToString());
            return Outcome.Done;
        }));

        var found = Assert.Single((await world.AskAsync("/account/v1/users?open_id=v-2", await world.AppTokenAsync(world.AppKey))).Json.GetProperty("users").EnumerateArray());

        Assert.Equal(stays.Value, found.GetProperty("user_id").GetInt64());
        Assert.Equal(["v-1", "v-2"], found.GetProperty("open_ids").EnumerateArray().Select(id => id.GetString()));
    }

    [Fact]
    public async Task Exactly_one_criterion_and_a_right_one()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var token = await world.AppTokenAsync(world.AppKey);
        foreach (var (query, says) in new[]
        {
            ("", "只能给一个"), ("?phone=", "只能给一个"), ($"?phone={Phone}&email=a@example.com", "只能给一个"), ("?nickname=x", "只能给一个"),
            ("?phone=12", "phone"), ("?phone=" + Phone + "&phone_zone=x", "phone"), ("?email=x", "email"), ("?open_id=" + new string('x', 129), "open_id"), ("?open_id=a%00b", "open_id"),
        })
        {
            var reply = await world.AskAsync("/account/v1/users" + query, token);
            Assert.True(reply.Status == HttpStatusCode.OK && Text(reply.Json, "result_code") == "110000" && Text(reply.Json, "message").Contains(says, StringComparison.Ordinal), $"{query}: {reply.Text}");
        }
    }

    [Fact]
    public async Task Only_a_living_token_of_an_app_is_let_in()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var token = await world.AppTokenAsync(world.AppKey);
        var person = await world.LoginAsync("ming");

        await RefusedAsync(null, "100005", "Bearer");
        foreach (var wrong in new[] { "", "x", token + "A", person.AccessToken })
        {
            await RefusedAsync(wrong, "100005", wrong.Length == 0 ? "Bearer" : "Bearer error=\"invalid_token\"");
        }

        world.Host.Time.Advance(TimeSpan.FromSeconds(7200));
        await RefusedAsync(token, "100001", "Bearer error=\"invalid_token\"");

        async Task RefusedAsync(string? bearer, string code, string challenge)
        {
            var reply = await world.AskAsync("/account/v1/users?open_id=x", bearer);
            Assert.Equal((HttpStatusCode.Unauthorized, code), (reply.Status, Text(reply.Json, "result_code")));
            Assert.Equal(challenge, reply.Response.Headers.WwwAuthenticate.ToString());
            Assert.Equal(["result_code", "message"], reply.Json.EnumerateObject().Select(p => p.Name));
        }
    }

    /// <summary>The phone, and an e-mail if there is one.</summary>
    private static async Task GiveAsync(World world, UserId id, string? email) => World.Done(await world.Get<Store>().WriteAsync<Outcome>(world.Development.Scope, async db =>
    {
        var user = (await db.FindAsync<User>(id))!;
        (user.Phone, user.PhoneZone, user.Email) = ("+86" + Phone, "+86", email);
        db.Audit(Actor.Host, "user.updated", "user", id.ToString());
        return Outcome.Done;
    }));

    private static VerifiedIdentity OfVendor(World world, string openId) =>
        new(User.VendorOrigin, world.Get<ProjectCatalog>().App(world.AppKey)!.Id.ToString(), openId);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
