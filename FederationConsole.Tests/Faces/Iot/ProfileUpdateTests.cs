using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>PUT /v2/user/{user_id}.</summary>
public sealed class ProfileUpdateTests
{
    private static Task<Answer> PutAsync(World world, Login who, object body) => world.SendAsync(HttpMethod.Put, $"/v2/user/{who.UserId}", body, who.AccessToken);

    [Theory, BothDatabases]
    public async Task What_is_sent_changes_and_the_rest_stays(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var li = await world.LoginAsync("li", """{"nickname":"李清华"}""");

        Assert.Equal("{}", (await PutAsync(world, li, new { gender = 2, avatar = "https://a.b/c.png", user_id = 7, phone = "13838383388", nonsense = new[] { 1 } })).Text);
        Assert.Equal("{}", (await PutAsync(world, li, new { nickname = "清华" })).Text);
        Assert.Equal("{}", (await PutAsync(world, li, new { nickname = "清华" })).Text);

        var profile = (await world.SendAsync(HttpMethod.Get, $"/v2/user/{li.UserId}", accessToken: li.AccessToken)).Json;
        Assert.Equal(("清华", 2, "https://a.b/c.png"), (profile.GetProperty("nickname").GetString(), profile.GetProperty("gender").GetInt32(), profile.GetProperty("avatar").GetString()));
        Assert.False(profile.TryGetProperty("phone", out _));
        // What changes nothing is no event.
        Assert.Equal(2, (await world.EventsAsync(li.UserId)).Count(e => e == "user.updated"));

        Assert.Equal("{}", (await PutAsync(world, li, new { gender = -1 })).Text);
        profile = (await world.SendAsync(HttpMethod.Get, $"/v2/user/{li.UserId}", accessToken: li.AccessToken)).Json;
        Assert.Equal(-1, profile.GetProperty("gender").GetInt32());
    }

    [Theory, BothDatabases]
    public async Task What_is_not_allowed_names_its_field(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var li = await world.LoginAsync("li");
        (string Field, object Body)[] table =
        [
            ("nickname", new { nickname = "" }), ("nickname", new { nickname = new string('n', 65) }), ("nickname", new { nickname = 5 }),
            ("avatar", new { avatar = "javascript:alert(1)" }), ("gender", new { gender = 3 }), ("gender", new { gender = "1" }),
            ("attributes", new { attributes = new { badge_no = "7" } }), ("attributes", new { attributes = "none" }),
        ];
        foreach (var (field, body) in table)
        {
            var answer = await PutAsync(world, li, body);
            Assert.Equal(4001001, answer.Code);
            Assert.Contains(field, answer.Message, StringComparison.Ordinal);
        }

        await SignedInChecks.TokenIsAskedFirstAsync(world, HttpMethod.Put, id => $"/v2/user/{id}", li, new { gender = 1 });
    }
}
