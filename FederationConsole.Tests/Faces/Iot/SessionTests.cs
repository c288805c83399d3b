using System.Net;
using FederationConsole.Data;
using FederationConsole.Features.Sessions;
using FederationConsole.Platform;
using FederationConsole.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Faces.Iot;

/// <summary>Tokens from outside: checked, refreshed, ended, and never good for a neighbour.</summary>
public sealed class SessionTests
{
    private static Task<Answer> ProfileAsync(World world, long user, string? token) => world.SendAsync(HttpMethod.Get, $"/v2/user/{user}", accessToken: token);

    private static Task<Answer> RefreshAsync(World world, string access, string refresh) => world.PostAsync("/v2/user/token/refresh", new { refresh_token = refresh }, access);

    [Theory, BothDatabases]
    public async Task A_token_is_missing_unknown_expired_or_anothers(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (mine, other) = (await world.LoginAsync("o-1"), await world.LoginAsync("o-2"));

        Assert.Equal(4031002, (await ProfileAsync(world, mine.UserId, null)).Code);
        Assert.Equal(4031003, (await ProfileAsync(world, mine.UserId, "nonsense")).Code);
        Assert.Equal(4031003, (await ProfileAsync(world, mine.UserId, mine.AccessToken[..^1] + (mine.AccessToken[^1] == 'A' ? 'B' : 'A'))).Code);
        Assert.Equal(4031003, (await ProfileAsync(world, mine.UserId, mine.RefreshToken)).Code);
        // Of the right length, and no base64url or not as it is written.
        Assert.Equal(4031003, (await ProfileAsync(world, mine.UserId, new string('*', 54))).Code);
        Assert.Equal(4031003, (await ProfileAsync(world, mine.UserId, mine.AccessToken[..^1] + "_")).Code);
        Assert.Equal(4031001, (await ProfileAsync(world, other.UserId, mine.AccessToken)).Code);
        Assert.Equal(4031001, (await ProfileAsync(world, 1, mine.AccessToken)).Code);
        Assert.Equal(0, (await ProfileAsync(world, mine.UserId, mine.AccessToken)).Code);

        world.Host.Time.Advance(TimeSpan.FromSeconds(7200));
        Assert.Equal(4031021, (await ProfileAsync(world, mine.UserId, mine.AccessToken)).Code);
    }

    [Theory, BothDatabases]
    public async Task A_refresh_rotates_both_tokens_also_after_the_access_token_expired(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var login = await world.LoginAsync("o-1");
        world.Host.Time.Advance(TimeSpan.FromHours(3));

        var fresh = await RefreshAsync(world, login.AccessToken, login.RefreshToken);

        Assert.Equal(["access_token", "refresh_token", "expire_in"], fresh.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(0, (await ProfileAsync(world, login.UserId, fresh.Json.GetProperty("access_token").GetString())).Code);
        Assert.Equal(4031003, (await ProfileAsync(world, login.UserId, login.AccessToken)).Code);
    }

    [Theory, BothDatabases]
    public async Task A_refresh_token_used_twice_ends_its_whole_family(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (login, bystander) = (await world.LoginAsync("o-1"), await world.LoginAsync("o-1"));
        var fresh = await RefreshAsync(world, login.AccessToken, login.RefreshToken);
        var (access, refresh) = (fresh.Json.GetProperty("access_token").GetString()!, fresh.Json.GetProperty("refresh_token").GetString()!);

        Assert.Equal(4031022, (await RefreshAsync(world, login.AccessToken, login.RefreshToken)).Code);

        Assert.Equal(4031003, (await ProfileAsync(world, login.UserId, access)).Code);
        Assert.Equal(4001010, (await RefreshAsync(world, access, refresh)).Code);
        Assert.Equal(0, (await ProfileAsync(world, login.UserId, bystander.AccessToken)).Code);
        var events = await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<OutboxEvent>().Where(e => e.Type == "session.refresh_token_reused").CountAsync());
        Assert.Equal(1, events);
    }

    [Theory, BothDatabases]
    public async Task One_refresh_token_used_twice_at_once_is_good_once(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var login = await world.LoginAsync("o-1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RefreshAsync(world, login.AccessToken, login.RefreshToken)));

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => Assert.Contains(a.Code, new[] { 4031022, 4001010 }));
    }

    [Theory, BothDatabases]
    public async Task A_bad_refresh_is_refused_and_ends_nothing(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var (login, other) = (await world.LoginAsync("o-1"), await world.LoginAsync("o-2"));

        Assert.Equal(4031002, (await world.PostAsync("/v2/user/token/refresh", new { refresh_token = login.RefreshToken })).Code);
        Assert.Equal(4001002, (await world.PostAsync("/v2/user/token/refresh", new { }, login.AccessToken)).Code);
        Assert.Equal(4001010, (await RefreshAsync(world, login.AccessToken, "nonsense")).Code);
        Assert.Equal(4001010, (await RefreshAsync(world, login.AccessToken, login.AccessToken)).Code);
        Assert.Equal(4031003, (await RefreshAsync(world, other.AccessToken, login.RefreshToken)).Code);
        Assert.Equal(0, (await ProfileAsync(world, login.UserId, login.AccessToken)).Code);

        world.Host.Time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(4001010, (await RefreshAsync(world, login.AccessToken, login.RefreshToken)).Code);
    }

    [Theory, BothDatabases]
    public async Task Logging_out_ends_the_session_at_once(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var login = await world.LoginAsync("o-1");
        Assert.Equal(0, (await ProfileAsync(world, login.UserId, login.AccessToken)).Code);

        var answer = await world.PostAsync("/v2/user/logout", null, login.AccessToken);

        Assert.Equal("{}", answer.Text);
        Assert.Equal(4031003, (await ProfileAsync(world, login.UserId, login.AccessToken)).Code);
        Assert.Equal(4001010, (await RefreshAsync(world, login.AccessToken, login.RefreshToken)).Code);
        Assert.Equal(4031003, (await world.PostAsync("/v2/user/logout", null, login.AccessToken)).Code);
    }

    [Theory, BothDatabases]
    public async Task A_login_with_the_same_resource_takes_the_place_of_the_old(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var phone = await world.LoginAsync("o-1", resource: "phone");
        var tablet = await world.LoginAsync("o-1", resource: "tablet");
        var (none, noneAgain) = (await world.LoginAsync("o-1"), await world.LoginAsync("o-1"));

        var phoneAgain = await world.LoginAsync("o-1", resource: "phone");

        Assert.Equal(4031003, (await ProfileAsync(world, phone.UserId, phone.AccessToken)).Code);
        foreach (var login in new[] { tablet, none, noneAgain, phoneAgain })
        {
            Assert.Equal(0, (await ProfileAsync(world, login.UserId, login.AccessToken)).Code);
        }
    }

    [Theory, BothDatabases]
    public async Task Disabling_a_user_ends_their_sessions_and_refuses_the_next_login(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var login = await world.LoginAsync("o-1");
        Assert.Equal(0, (await ProfileAsync(world, login.UserId, login.AccessToken)).Code);

        World.Done(await world.Get<UserSessions>().DisableAsync(Actor.Host, world.Development.Id, UserId.Of(login.UserId)));

        Assert.Equal(4031003, (await ProfileAsync(world, login.UserId, login.AccessToken)).Code);
        var refused = await world.PostAsync("/v2/user_auth_third", new { source = 10, corp_id = world.Development.CorpId, open_id = "o-1", access_token = world.Party.SignIn("o-1") });
        Assert.Equal(4001030, refused.Code);

        World.Done(await world.Get<UserSessions>().EnableAsync(Actor.Host, world.Development.Id, UserId.Of(login.UserId)));
        await world.LoginAsync("o-1");
        Assert.Equal(4031003, (await ProfileAsync(world, login.UserId, login.AccessToken)).Code);
    }

    [Theory, BothDatabases]
    public async Task The_neighbour_environment_is_refused_by_every_endpoint(DatabaseKind database)
    {
        await using var world = await World.CreateAsync(database);
        var here = await world.LoginAsync("same");
        var there = await world.LoginAsync("same", environment: world.Production);

        Assert.NotEqual(here.UserId, there.UserId);
        Assert.Equal(4031001, (await ProfileAsync(world, there.UserId, here.AccessToken)).Code);
        Assert.Equal(4031003, (await RefreshAsync(world, there.AccessToken, here.RefreshToken)).Code);
        foreach (var path in new[] { "/v2/user/third/register_check", "/v2/user_auth_third" })
        {
            var foreignApp = await world.PostAsync(path, new
            {
                source = 10, corp_id = world.Development.CorpId, plugin_id = world.ProductionAppKey, open_id = "same", access_token = world.Party.SignIn("same"),
            });
            Assert.Equal(4041020, foreignApp.Code);
        }

        var sessions = world.Get<UserSessions>();
        Assert.Empty(World.Value(await sessions.ListAsync(Actor.Host, world.Development.Id, UserId.Of(there.UserId))));
        Assert.Equal(FaultKind.UnknownUser, (await sessions.DisableAsync(Actor.Host, world.Development.Id, UserId.Of(there.UserId))).Fault!.Kind);
        Assert.Equal(0, (await ProfileAsync(world, there.UserId, there.AccessToken)).Code);
    }
}
