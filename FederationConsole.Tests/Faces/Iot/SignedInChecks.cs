using FederationConsole.Tests.Support;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>What every endpoint of a signed-in user answers before it looks at the body.</summary>
internal static class SignedInChecks
{
    public static async Task TokenIsAskedFirstAsync(World world, HttpMethod method, Func<long, string> path, Login mine, object body)
    {
        Assert.Equal(4031002, (await world.SendAsync(method, path(mine.UserId), "{")).Code);
        Assert.Equal(4031003, (await world.SendAsync(method, path(mine.UserId), "{", "nonsense")).Code);
        Assert.Equal(4001001, (await world.SendAsync(method, path(mine.UserId), "{", mine.AccessToken)).Code);
        Assert.Equal(4001001, (await world.SendAsync(method, path(mine.UserId), "[]", mine.AccessToken)).Code);
        if (path(1) != path(2))
        {
            Assert.Equal(4031001, (await world.SendAsync(method, path(mine.UserId + 1), body, mine.AccessToken)).Code);
        }

        Assert.Equal(4041001, (await world.SendAsync(HttpMethod.Delete, path(mine.UserId), body, mine.AccessToken)).Code);
        var expired = await world.LoginAsync("expires");
        world.Host.Time.Advance(TimeSpan.FromSeconds(7201));
        Assert.Equal(4031021, (await world.SendAsync(method, path(expired.UserId), body, expired.AccessToken)).Code);
    }
}
